// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import org.jspecify.annotations.Nullable;

/** The network, or an answer that could not be understood, failed until the time for retrying ran out: try again. */
public final class B2TransportException extends B2Exception {
    private static final long serialVersionUID = 1L;

    public B2TransportException(ErrorDetails details) {
        this(details, null);
    }

    public B2TransportException(ErrorDetails details, @Nullable Throwable cause) {
        super(details, cause);
    }

    @Override
    B2Exception again(ErrorDetails more, @Nullable Throwable cause) {
        return new B2TransportException(more, cause);
    }
}
