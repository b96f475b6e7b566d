// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import org.jspecify.annotations.Nullable;

/** The key is unknown, expired, or lacks a capability, or its bucket or prefix restriction forbids the call: use another key. */
public final class B2UnauthorizedException extends B2Exception {
    private static final long serialVersionUID = 1L;

    public B2UnauthorizedException(ErrorDetails details) {
        this(details, null);
    }

    public B2UnauthorizedException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    B2Exception again(ErrorDetails more, @Nullable Throwable cause) {
        return new B2UnauthorizedException(more, cause);
    }
}
