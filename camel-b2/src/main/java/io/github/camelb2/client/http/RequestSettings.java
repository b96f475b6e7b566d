// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.util.Timeout;

/**
 * The settings of requests, made once for each combination of timeouts: copies of the client's own, without which its
 * proxy would be lost. Thread-safe.
 */
final class RequestSettings {
    /** Timeouts are options, of which there are few. */
    private static final int MOST = 100;

    private final Map<Wanted, RequestConfig> made = new ConcurrentHashMap<>();

    /** What a request has settings for; the client may change its own, and is asked each time. */
    private record Wanted(RequestConfig own, Duration connect, Duration answer, boolean expectContinue) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Wanted that
                    && own == that.own
                    && expectContinue == that.expectContinue
                    && connect.equals(that.connect)
                    && answer.equals(that.answer);
        }

        @Override
        public int hashCode() {
            return connect.hashCode() * 31 + answer.hashCode() + (expectContinue ? 1 : 0);
        }
    }

    RequestConfig of(RequestConfig own, Duration connect, Duration answer, boolean expectContinue) {
        Wanted wanted = new Wanted(own, connect, answer, expectContinue);
        RequestConfig known = made.get(wanted);
        if (known != null) {
            return known;
        }
        if (made.size() >= MOST) {
            made.clear();
        }
        RequestConfig config = RequestConfig.copy(own)
                .setConnectTimeout(Timeout.of(connect))
                .setConnectionRequestTimeout(Timeout.of(connect))
                .setResponseTimeout(Timeout.of(answer))
                .setExpectContinueEnabled(expectContinue)
                // B2 speaks TLS from the first byte, or a realm without it is what the user wants.
                .setProtocolUpgradeEnabled(false)
                .build();
        made.put(wanted, config);
        return config;
    }
}
