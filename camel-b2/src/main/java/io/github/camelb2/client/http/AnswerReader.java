// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.IOException;
import java.io.InputStream;

/** Reads the body of a successful answer. */
@FunctionalInterface
public interface AnswerReader<T> {
    /**
     * Reads what it says; what is behind that, and the stream itself, is left to the caller.
     *
     * @throws IOException if it broke off, or is not what it should be
     */
    T read(InputStream body) throws IOException;
}
