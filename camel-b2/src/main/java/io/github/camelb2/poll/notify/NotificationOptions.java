// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.api.Address;
import io.github.camelb2.poll.scan.Refused;

/** Refuses a {@code notificationSecret} or {@code notificationUrl} that B2 would not take. The secret is not shown. */
public final class NotificationOptions {
    private static final Pattern SECRETS = Pattern.compile("[A-Za-z0-9]{32}(\\s*,\\s*[A-Za-z0-9]{32})?");

    private NotificationOptions() {}

    /** @throws IllegalArgumentException if one of them cannot work */
    public static void check(B2Configuration options) {
        String secret = options.getNotificationSecret();
        if (secret == null || !SECRETS.matcher(secret.trim()).matches()) {
            throw new IllegalArgumentException("Option notificationSecret is "
                    + (secret == null ? "missing" : "not 32 letters and digits")
                    + ": with notifications=true or deliver=event set it to the secret that B2 signs the notifications with;"
                    + " while one replaces another, to both, the new one first, with a comma between them");
        }
        if (options.getNotificationUrl() != null) {
            url(options.getNotificationUrl());
        }
    }

    private static void url(String text) {
        try {
            URI url = new URI(text);
            if (Address.hasUser(text)) {
                throw Refused.option(
                        "notificationUrl",
                        Address.shown(text),
                        "take the user and the password away: B2 signs what it sends with notificationSecret");
            }
            if ("https".equals(url.getScheme())
                    && url.getHost() != null
                    && !url.getRawPath().isEmpty()) {
                return;
            }
            if ("http".equals(url.getScheme()) && isLoopback(url.getHost())) {
                return;
            }
        } catch (URISyntaxException e) {
            throw Refused.option("notificationUrl", Address.shown(text), "it is no URL (" + e.getReason() + ")");
        }
        throw Refused.option(
                "notificationUrl",
                Address.shown(text),
                "write the https address with a path at which B2 reaches this route");
    }

    /** A local B2 service may send without TLS. */
    private static boolean isLoopback(@Nullable String host) {
        return "127.0.0.1".equals(host) || "localhost".equals(host) || "[::1]".equals(host);
    }
}
