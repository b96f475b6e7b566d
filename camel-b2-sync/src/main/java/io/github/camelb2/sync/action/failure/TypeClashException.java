// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.failure;

import java.io.IOException;

/** A file is wanted where a directory is, or the reverse: it can be stored once what is in the way was removed. */
public class TypeClashException extends IOException {
    private static final long serialVersionUID = 1L;

    public TypeClashException(String message) {
        super(message);
    }

    /** Whether a failure comes from one. */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TypeClashException) {
                return true;
            }
        }
        return false;
    }
}
