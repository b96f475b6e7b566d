// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.IOException;

/** The content of an upload could not be read: tells this machine's trouble from the network's. */
final class SourceException extends IOException {
    private static final long serialVersionUID = 1L;

    SourceException(String message, IOException cause) {
        super(message, cause);
    }

    SourceException(String message) {
        super(message);
    }
}
