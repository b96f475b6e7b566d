// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import org.jspecify.annotations.Nullable;

/** Bytes arrived with another SHA-1 than they were sent with: nothing was stored or delivered as good. */
public final class B2ChecksumException extends B2Exception {
    private static final long serialVersionUID = 1L;

    public B2ChecksumException(ErrorDetails details) {
        this(details, null);
    }

    public B2ChecksumException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    B2Exception again(ErrorDetails more, @Nullable Throwable cause) {
        return new B2ChecksumException(more, cause);
    }
}
