// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import org.jspecify.annotations.Nullable;

/** This machine's side failed: a source that changed or could not be read, a disk that is full or cannot be written. */
public final class B2LocalContentException extends B2Exception {
    private static final long serialVersionUID = 1L;

    public B2LocalContentException(ErrorDetails details) {
        this(details, null);
    }

    public B2LocalContentException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    B2Exception again(ErrorDetails more, @Nullable Throwable cause) {
        return new B2LocalContentException(more, cause);
    }
}
