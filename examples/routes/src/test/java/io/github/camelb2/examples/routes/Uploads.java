// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import org.apache.camel.impl.DefaultCamelContext;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;

/** What the tests of the manual upload with: a user's own code in their place. */
final class Uploads {
    private Uploads() {}

    static void upload(String url, String keyId, String key, String bucket) {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            B2Configuration configuration =
                    context.getComponent("b2", B2Component.class).getConfiguration();
            configuration.setRealm(url);
            configuration.setApplicationKeyId(keyId);
            configuration.setApplicationKey(key);
            context.start();
            context.createProducerTemplate()
                    .sendBodyAndHeaders("b2:" + bucket, "content", Map.of("CamelB2FileName", "a.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
