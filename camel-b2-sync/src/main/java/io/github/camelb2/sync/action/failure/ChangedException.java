// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.failure;

import java.io.IOException;

/** The source or the destination is not what it was when the path was planned, so nothing is done; the next run decides. */
public class ChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    public ChangedException(String message) {
        super(message);
    }

    public ChangedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Whether a failure comes from one. */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ChangedException) {
                return true;
            }
        }
        return false;
    }
}
