// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.header;

import java.time.Duration;

import io.github.camelb2.B2Constants;

/** For how long a link or authorization is good. */
public final class LinkLifetime {
    private static final Duration DEFAULT = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(7);

    private LinkLifetime() {}

    /**
     * The time that the message asks for in ms, in the seconds that B2 counts; what is left of one is rounded up.
     *
     * @throws IllegalArgumentException if it is not from 1 ms to 7 days
     */
    public static long seconds(Params params) {
        long millis = params.find(Inputs.LINK_EXPIRATION).orElse(DEFAULT.toMillis());
        if (millis < 1 || millis > LONGEST.toMillis()) {
            throw new IllegalArgumentException("header " + B2Constants.DOWNLOAD_LINK_EXPIRATION_TIME + " = " + millis
                    + ": set a time in ms, at most 7 days (" + LONGEST.toMillis() + ")");
        }
        return (millis + 999) / 1000;
    }
}
