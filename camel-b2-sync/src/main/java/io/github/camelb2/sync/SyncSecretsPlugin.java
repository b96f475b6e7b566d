package io.github.camelb2.sync;

import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.support.LifecycleStrategySupport;

import io.github.camelb2.RouteSecrets;
import io.github.camelb2.SecretOptions;

/** Has a context hide the secrets of {@code b2-sync:} URIs before its routes are made, which may be before it has the component. */
public final class SyncSecretsPlugin implements ContextServicePlugin {
    /** What such URIs begin with, and those of the Kamelets that pass their options on. */
    static final List<String> URIS = List.of("b2-sync:", "kamelet:b2-sync-");

    @Override
    public void load(CamelContext context) {
        SecretOptions secrets = B2SyncComponent.secretOptions();
        secrets.hideIn(context);
        // Now the context is still being built, and has no model to hold routes.
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextInitialized(CamelContext initialized) {
                RouteSecrets.of(initialized).hide(URIS, secrets);
            }

            /** A second one for another account has a name of its own, with which its URIs begin. */
            @Override
            public void onComponentAdd(String name, Component component) {
                if (component instanceof B2SyncComponent && !URIS.contains(name + ":")) {
                    RouteSecrets.of(context).hide(List.of(name + ":"), secrets);
                }
            }
        });
    }
}
