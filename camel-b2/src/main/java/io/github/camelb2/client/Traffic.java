// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

/**
 * How many bytes of files went over the connections of a client, in tries that failed too; headers and JSON do not count.
 *
 * @param sent to B2, which is free; the 40 digits of a SHA-1 that follows the content count
 * @param received from B2, which is billed
 */
public record Traffic(long sent, long received) {
    /** What went by since an earlier reading. */
    public Traffic since(Traffic earlier) {
        return new Traffic(sent - earlier.sent, received - earlier.received);
    }
}
