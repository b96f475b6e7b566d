// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Duration;

/**
 * What to do after a failed try.
 *
 * @param action what
 * @param pause how long to wait before it; zero for at once
 */
public record Decision(Action action, Duration pause) {
    static final Decision GIVE_UP = new Decision(Action.GIVE_UP, Duration.ZERO);

    /** What can be done after a failed try. */
    public enum Action {
        /** The same once more. */
        REPEAT,
        /** Once more with another upload URL; the one that failed must not be used any more. */
        ANOTHER_URL,
        /** Get a new account token, then once more. */
        LOG_IN_AGAIN,
        /** Find out whether an earlier try did the work; if not, once more. */
        LOOK_UP,
        /** Find out whether an earlier try did the work; if not, the failure stands. */
        LOOK_UP_ONLY,
        /** The failure stands. */
        GIVE_UP
    }
}
