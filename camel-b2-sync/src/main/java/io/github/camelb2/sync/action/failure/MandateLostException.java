// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.failure;

import java.io.IOException;
import java.util.Optional;

/** Whoever carries out a plan may not do so any more; nobody is to blame, and the plan is given to somebody again. */
public class MandateLostException extends IOException {
    private static final long serialVersionUID = 1L;

    public MandateLostException(String message) {
        super(message);
    }

    /** The one that a failure comes from, if it does. */
    public static Optional<MandateLostException> causeOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MandateLostException lost) {
                return Optional.of(lost);
            }
        }
        return Optional.empty();
    }
}
