// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import java.io.Serial;

/** A repository is bound to another key than that of a login, and refuses to overwrite it; nothing was changed. */
public final class RefusedLoginException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Says where the repository is, whose login it keeps, and what to do. */
    public RefusedLoginException(String message) {
        super(message);
    }
}
