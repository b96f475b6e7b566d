// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.failure;

import java.util.Locale;

import io.github.camelb2.sync.plan.actions.ShownText;

/** An action of a path plan failed; the actions after it were not begun. */
public class SyncActionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String path;

    public SyncActionException(String path, String line, Exception cause) {
        super(ShownText.of(String.format(Locale.ROOT, "%s: %s", line, reason(cause))), cause);
        this.path = path;
    }

    /** The relative path. */
    public String path() {
        return path;
    }

    private static String reason(Exception cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
