// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import org.jspecify.annotations.Nullable;

/** A cap of the account is reached: raise it in the Backblaze account; the client never retries it. */
public final class B2CapExceededException extends B2Exception {
    private static final long serialVersionUID = 1L;

    public B2CapExceededException(ErrorDetails details) {
        this(details, null);
    }

    public B2CapExceededException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    B2Exception again(ErrorDetails more, @Nullable Throwable cause) {
        return new B2CapExceededException(more, cause);
    }
}
