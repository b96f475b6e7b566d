// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

/**
 * Where bytes are sent to: an upload URL of a bucket or of a large file. {@link #toString()} hides the token.
 *
 * @param url the address, used as it is
 * @param token the token that goes with it, a secret
 */
record UploadTarget(String url, String token) {
    @Override
    public String toString() {
        return "UploadTarget[url=" + url + ", token=***]";
    }
}
