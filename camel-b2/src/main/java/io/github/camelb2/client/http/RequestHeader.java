// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.util.List;

import org.apache.hc.core5.http.message.BasicHeader;

/** A header of a request. HttpClient logs headers as texts: those that hold a secret do not show it. */
final class RequestHeader extends BasicHeader {
    private static final long serialVersionUID = 1L;

    private static final List<String> SECRET = List.of(
            "authorization",
            "x-bz-server-side-encryption-customer-key",
            "x-bz-server-side-encryption-customer-key-md5");

    RequestHeader(String name, String value) {
        super(name, value, isSecret(name));
    }

    private static boolean isSecret(String name) {
        for (String secret : SECRET) {
            if (secret.equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return isSensitive() ? getName() + ": ***" : super.toString();
    }
}
