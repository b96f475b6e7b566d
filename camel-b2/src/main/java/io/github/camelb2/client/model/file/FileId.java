// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import io.github.camelb2.client.model.json.Copies;

/**
 * Names one file version: what b2_delete_file_version and b2_cancel_large_file answer.
 *
 * @param fileId its id
 * @param fileName its name
 */
public record FileId(String fileId, String fileName) {
    public FileId {
        fileId = Copies.orEmpty(fileId);
        fileName = Copies.orEmpty(fileName);
    }
}
