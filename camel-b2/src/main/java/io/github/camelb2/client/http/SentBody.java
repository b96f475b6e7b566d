// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

/** The body of a request, which knows what became of it. */
interface SentBody {
    /** Whether it may have come to the service as a whole. */
    boolean mayBeSent();

    /** How many bytes of a file were handed to the connection. */
    long sent();
}
