// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import org.jspecify.annotations.Nullable;

/** The bucket, file, version or key does not exist or is hidden: name another one, or create it. */
public final class B2NotFoundException extends B2Exception {
    private static final long serialVersionUID = 1L;

    public B2NotFoundException(ErrorDetails details) {
        this(details, null);
    }

    public B2NotFoundException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    B2Exception again(ErrorDetails more, @Nullable Throwable cause) {
        return new B2NotFoundException(more, cause);
    }
}
