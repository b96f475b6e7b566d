// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;

import io.github.camelb2.client.api.Address;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.Delivery;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.retry.Attempt;
import io.github.camelb2.client.retry.CallContext;

/**
 * One HTTP request. {@link #toString()} shows neither headers nor address, which hold secrets.
 *
 * @param context what it is for
 * @param url the whole address, percent-encoded; sent as it is
 * @param headers what is sent beside {@code Content-Length} and {@code User-Agent}; {@code Authorization} included; not
 *     changed any more
 * @param current the try that it belongs to: its number, timeout and listener
 */
public record HttpCall(CallContext context, String url, Map<String, String> headers, Attempt.Try current) {
    public HttpCall {
        headers = Collections.unmodifiableMap(headers);
    }

    /**
     * The address; one of B2's answers that is none, or less safe than where the login came from, is final.
     *
     * @param tlsOnly whether it must be an https address
     */
    URI address(boolean tlsOnly) {
        return allowed(parsed(), tlsOnly);
    }

    /** The same address, parsed before. */
    URI allowed(URI address, boolean tlsOnly) {
        if (tlsOnly && "http".equalsIgnoreCase(address.getScheme())) {
            throw invalid("the service was logged in to by https and gave an http URL for this: nothing was sent to it,"
                    + " because the token would be readable on its way");
        }
        return address;
    }

    /** The address, wherever it leads. */
    URI parsed() {
        URI address;
        try {
            address = new URI(url);
        } catch (URISyntaxException e) {
            // The parser's message quotes the address, which may hold a token.
            throw invalid("the service gave an invalid URL");
        }
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw invalid("the URL is neither https nor http");
        }
        if (!Address.hasHost(address)) {
            throw invalid("the URL names no host");
        }
        return address;
    }

    private B2TransportException invalid(String why) {
        return new B2TransportException(ErrorDetails.local(context.call(), context.subject(), why)
                .withDelivery(Delivery.IMPOSSIBLE)
                .withAdvice("check the realm: the service, or a proxy before it, gave this URL"));
    }

    @Override
    public String toString() {
        return "HttpCall[" + context.call() + " " + context.subject() + "]";
    }
}
