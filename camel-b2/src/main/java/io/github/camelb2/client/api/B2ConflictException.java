// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import org.jspecify.annotations.Nullable;

/** Somebody else changed it first, or something of that name exists already: read it again and decide. */
public final class B2ConflictException extends B2Exception {
    private static final long serialVersionUID = 1L;

    public B2ConflictException(ErrorDetails details) {
        this(details, null);
    }

    public B2ConflictException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    B2Exception again(ErrorDetails more, @Nullable Throwable cause) {
        return new B2ConflictException(more, cause);
    }
}
