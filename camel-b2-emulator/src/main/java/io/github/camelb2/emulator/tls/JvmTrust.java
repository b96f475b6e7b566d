// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.tls;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * Makes this JVM trust the emulator, and nobody else, until it is closed: clients that are made in between and are not told whom to trust. One at a
 * time in a JVM.
 */
public final class JvmTrust implements AutoCloseable {

    private final Map<String, @Nullable String> before = new HashMap<>();
    private final SSLContext defaultBefore;

    private JvmTrust(SSLContext defaultBefore) {
        this.defaultBefore = defaultBefore;
    }

    /** From now on. */
    public static JvmTrust in(Tls tls) {
        try {
            JvmTrust trust = new JvmTrust(SSLContext.getDefault());
            trust.set("javax.net.ssl.trustStore", tls.trustStore().toString());
            trust.set("javax.net.ssl.trustStorePassword", Tls.TRUST_STORE_PASSWORD);
            trust.set("javax.net.ssl.trustStoreType", "PKCS12");
            // Clients that were made of the default context read no properties any more.
            SSLContext.setDefault(tls.clientContext());
            return trust;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no TLS", e);
        }
    }

    private void set(String property, String value) {
        before.put(property, System.getProperty(property));
        System.setProperty(property, value);
    }

    /** As it was. */
    @Override
    public void close() {
        before.forEach((property, value) -> {
            if (value == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, value);
            }
        });
        SSLContext.setDefault(defaultBefore);
    }
}
