// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import org.jspecify.annotations.Nullable;

/** B2 asked to slow down, or was too busy, until the time for retrying ran out: try later, with fewer workers. */
public final class B2ThrottledException extends B2Exception {
    private static final long serialVersionUID = 1L;

    public B2ThrottledException(ErrorDetails details) {
        this(details, null);
    }

    public B2ThrottledException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    B2Exception again(ErrorDetails more, @Nullable Throwable cause) {
        return new B2ThrottledException(more, cause);
    }
}
