// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;

import org.apache.camel.CamelContext;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.api.Address;
import io.github.camelb2.poll.scan.Refused;

/**
 * The paths at which the consumers of a context receive notifications: each has its own.
 *
 * <p>Without {@code notificationUrl} it is {@code /b2/} and the bucket; for further consumers of the bucket a digest of
 * their prefix follows. Thread-safe.
 */
final class NotificationPaths {
    private static final Map<CamelContext, Set<String>> TAKEN = Collections.synchronizedMap(new WeakHashMap<>());

    private NotificationPaths() {}

    /**
     * Takes a path, to be given back with {@link #release}.
     *
     * @throws IllegalArgumentException if another consumer has the path of {@code notificationUrl}
     */
    static String take(CamelContext context, B2Configuration options) {
        Set<String> taken = TAKEN.computeIfAbsent(context, it -> Collections.synchronizedSet(new HashSet<>()));
        String url = options.getNotificationUrl();
        if (url != null) {
            String path = URI.create(url).getRawPath();
            if (!taken.add(path)) {
                throw Refused.option(
                        "notificationUrl",
                        Address.shown(url),
                        "another consumer of this context receives its notifications at " + path
                                + "; write another path");
            }
            return path;
        }
        String path = "/b2/" + options.getBucketName();
        if (taken.add(path)) {
            return path;
        }
        path += "/" + RuleNames.digest(Objects.requireNonNullElse(options.getPrefix(), ""), "");
        String unique = path;
        for (int number = 2; !taken.add(unique); number++) {
            unique = path + "-" + number;
        }
        return unique;
    }

    static void release(CamelContext context, String path) {
        Set<String> taken = TAKEN.get(context);
        if (taken != null) {
            taken.remove(path);
        }
    }
}
