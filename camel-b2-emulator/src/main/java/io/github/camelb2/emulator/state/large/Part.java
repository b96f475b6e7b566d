// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.large;

import io.github.camelb2.emulator.store.Content;

/**
 * A part of an unfinished large file.
 *
 * @param number 1 to 10,000
 * @param content its bytes
 * @param sha1 40 hex digits
 * @param md5 32 hex digits
 * @param timestamp when it was stored, in milliseconds since 1970
 */
public record Part(int number, Content content, String sha1, String md5, long timestamp) {

    /** The same part with its bytes elsewhere. */
    public Part withContent(Content other) {
        return new Part(number, other, sha1, md5, timestamp);
    }
}
