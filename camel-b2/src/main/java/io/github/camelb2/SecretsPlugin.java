// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;

/** Has every context hide the secrets of {@code b2:} URIs. */
public final class SecretsPlugin implements ContextServicePlugin {
    /** What such URIs begin with, and those of the Kamelets that pass their options on. */
    static final List<String> URIS = List.of("b2:", "kamelet:b2-");

    @Override
    public void load(CamelContext context) {
        RouteSecrets.watch(context, URIS, B2Component.secretOptions(), B2Component.class);
    }
}
