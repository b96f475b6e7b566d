// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.failure;

import java.io.IOException;

/** A removal is not made, because what it was planned for has changed; nothing failed. */
public class LeftAloneException extends IOException {
    private static final long serialVersionUID = 1L;

    public LeftAloneException(String message) {
        super(message);
    }
}
