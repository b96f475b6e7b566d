// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

/** Which kind of request failed: the same answer means different things to each. */
public enum Phase {
    /** A JSON call. */
    API,
    /** b2_upload_file or b2_upload_part: a failure costs the upload URL. */
    UPLOAD,
    /** GET or HEAD of a file's content. */
    DOWNLOAD
}
