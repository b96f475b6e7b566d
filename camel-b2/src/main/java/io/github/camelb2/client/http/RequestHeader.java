// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.util.Locale;
import java.util.Set;

import org.apache.hc.core5.http.message.BasicHeader;

/** A header of a request. HttpClient logs headers as texts: those that hold a secret do not show it. */
final class RequestHeader extends BasicHeader {
    private static final long serialVersionUID = 1L;

    private static final Set<String> SECRET = Set.of(
            "authorization",
            "x-bz-server-side-encryption-customer-key",
            "x-bz-server-side-encryption-customer-key-md5");

    RequestHeader(String name, String value) {
        super(name, value, SECRET.contains(name.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return isSensitive() ? getName() + ": ***" : super.toString();
    }
}
