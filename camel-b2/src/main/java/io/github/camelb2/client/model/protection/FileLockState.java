// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.protection;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.json.Copies;

/**
 * The lock of a file version after it was changed.
 *
 * @param fileId its id
 * @param fileName its name
 * @param fileRetention what b2_update_file_retention set, null for the other call
 * @param legalHold what b2_update_file_legal_hold set, null for the other call
 */
public record FileLockState(
        String fileId,
        String fileName,
        @Nullable FileRetention fileRetention,
        @Nullable LegalHold legalHold) {
    public FileLockState {
        fileId = Copies.orEmpty(fileId);
        fileName = Copies.orEmpty(fileName);
    }
}
