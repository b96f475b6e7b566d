// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the endpoint of the option {@code completedUri} of each file that is stored, before its messages leave the spool: a
 * process that dies in between tells it once more. Thread-safe.
 */
final class Completions {
    private static final Logger LOG = LoggerFactory.getLogger(Completions.class);

    private final CamelContext context;
    private final @Nullable String uri;
    private @Nullable ProducerTemplate template;

    Completions(CamelContext context, @Nullable String uri) {
        this.context = context;
        this.uri = uri;
    }

    /** Answers whether that endpoint, if there is one, has taken it. */
    boolean tell(StoredBatch file) {
        String target = uri;
        if (target == null) {
            return true;
        }
        Exchange told = template().send(target, exchange -> {
            exchange.getMessage().setBody(file.version());
            file.describe(exchange.getMessage());
        });
        if (told.getException() != null) {
            LOG.warn(
                    "{} failed when it was told that {} is stored",
                    target,
                    file.version().fileName(),
                    told.getException());
        }
        return told.getException() == null;
    }

    private synchronized ProducerTemplate template() {
        ProducerTemplate known = template;
        if (known == null) {
            known = context.createProducerTemplate();
            template = known;
        }
        return known;
    }

    synchronized void close() {
        ProducerTemplate known = template;
        template = null;
        if (known != null) {
            known.stop();
        }
    }
}
