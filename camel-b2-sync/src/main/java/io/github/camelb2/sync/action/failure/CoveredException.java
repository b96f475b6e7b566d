// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.failure;

/** What was stored lies on a version that somebody stored meanwhile, and stays there. */
public class CoveredException extends ChangedException {
    private static final long serialVersionUID = 1L;

    public CoveredException(String message) {
        super(message);
    }

    /** Whether a failure comes from one. */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CoveredException) {
                return true;
            }
        }
        return false;
    }
}
