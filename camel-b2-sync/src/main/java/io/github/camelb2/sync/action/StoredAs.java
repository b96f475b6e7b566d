// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import io.github.camelb2.client.call.UploadFile;

/**
 * What a sync stores with a file of this machine besides its content: type, cache control, file information, retention,
 * legal hold. Asked once for each upload, by several threads at a time; what it throws fails that file.
 */
@FunctionalInterface
public interface StoredAs {
    /** Nothing more than the time of the file. */
    StoredAs PLAIN = (path, upload) -> upload;

    /**
     * Adds to an upload.
     *
     * @param path   of the file, relative to the source
     * @param upload what would be stored; the answer has its bucket, name and encryption, whatever is said
     */
    UploadFile describe(String path, UploadFile upload);

    /** This one, and then another one. */
    default StoredAs and(StoredAs other) {
        return (path, upload) -> other.describe(path, describe(path, upload));
    }
}
