// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.copy;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.transfer.local.UploadSource;

/** A piece of a file that is put together: content of this machine, or of a file that B2 has. */
public sealed interface Piece {
    /** Content that is uploaded; a stream that can be read once is spooled to disk. */
    static Piece local(UploadSource source) {
        return new Local(source);
    }

    /** All of a file version. */
    static Piece remote(String fileId) {
        return new Remote(fileId, null, null);
    }

    /** A range of a file version. */
    static Piece remote(String fileId, ByteRange range) {
        return new Remote(fileId, range, null);
    }

    /** Content of this machine. */
    record Local(UploadSource source) implements Piece {
        public Local {
            Objects.requireNonNull(source, "source");
        }
    }

    /**
     * Content that B2 has.
     *
     * @param fileId the version
     * @param range only these bytes, null for all
     * @param encryption its customer key, null if it has none
     */
    record Remote(
            String fileId,
            @Nullable ByteRange range,
            @Nullable Encryption encryption) implements Piece {
        public Remote {
            Objects.requireNonNull(fileId, "fileId");
        }

        public Remote withEncryption(Encryption value) {
            return new Remote(fileId, range, value);
        }
    }
}
