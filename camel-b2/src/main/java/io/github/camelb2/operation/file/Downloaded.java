// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.RemoteContent;
import io.github.camelb2.client.model.file.FileVersion;

/**
 * A version that was downloaded, or can be.
 *
 * @param version its description
 * @param content where its bytes are in B2; null when they are in a local file, or not wanted
 * @param localFile where its bytes are here; null when they are in B2, or not wanted
 * @param length how many bytes of it are wanted
 */
record Downloaded(
        FileVersion version,
        @Nullable RemoteContent content,
        @Nullable Path localFile,
        long length) {
    /** One whose content its reader has already. */
    static Downloaded unchanged(FileVersion version) {
        return new Downloaded(version, null, null, 0);
    }

    boolean isUnchanged() {
        return content == null && localFile == null;
    }
}
