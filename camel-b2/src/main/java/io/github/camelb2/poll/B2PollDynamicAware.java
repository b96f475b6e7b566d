// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.spi.annotations.PollDynamic;
import org.apache.camel.support.component.PollDynamicAwareSupport;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets {@code poll} and {@code pollEnrich} with an expression in {@code fileName} use one endpoint for all names: the
 * expression stays in the URI, and the consumer evaluates it for each message.
 */
@PollDynamic("b2")
public class B2PollDynamicAware extends PollDynamicAwareSupport {
    private static final String FILE_NAME = "fileName";

    @Override
    public boolean isLenientProperties() {
        return false;
    }

    @Override
    public DynamicAwareEntry prepare(Exchange exchange, String uri, String originalUri) throws Exception {
        return new DynamicAwareEntry(uri, originalUri, endpointProperties(exchange, uri), null);
    }

    @Override
    public @Nullable String resolveStaticUri(Exchange exchange, DynamicAwareEntry entry) throws Exception {
        Object expression = query(entry.getOriginalUri()).get(FILE_NAME);
        if (expression == null || !entry.getProperties().containsKey(FILE_NAME)) {
            return null;
        }
        Map<String, Object> parameters = new LinkedHashMap<>(entry.getProperties());
        parameters.put(FILE_NAME, expression);
        return asEndpointUri(exchange, entry.getUri(), parameters);
    }

    private static Map<String, Object> query(@Nullable String uri) throws Exception {
        String query = uri == null ? null : URISupport.extractQuery(uri);
        return query == null ? Map.of() : URISupport.parseQuery(query);
    }
}
