// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.observe;

import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;

import io.github.camelb2.RouteSecrets;
import io.github.camelb2.sync.B2SyncComponent;

/** Has every context hide the secrets of {@code b2-sync:} URIs. */
public final class SyncSecretsPlugin implements ContextServicePlugin {
    /** What such URIs begin with, and those of the Kamelets that pass their options on. */
    public static final List<String> URIS = List.of("b2-sync:", "kamelet:b2-sync-");

    @Override
    public void load(CamelContext context) {
        RouteSecrets.watch(context, URIS, B2SyncComponent.secretOptions(), B2SyncComponent.class);
    }
}
