// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.model.protection.EncryptionMode;

/**
 * How a consumer reads and moves files that B2 keeps encrypted. Immutable and thread-safe.
 *
 * @param customerKey the key of files with a key of the customer; null if the consumer has none
 */
public record Encryptions(@Nullable Encryption customerKey) {
    public static Encryptions of(B2Configuration options) {
        String key = options.getCustomerKey();
        return new Encryptions(key == null ? null : Encryption.sseC(key));
    }

    /** What a download of that version has to say; null if nothing. */
    @Nullable
    public Encryption toRead(FileVersion version) {
        return version.isEncrypted(EncryptionMode.SSE_C) ? customerKey : null;
    }

    /** The copy, encrypted as the version is: a move must not store in the clear what was not. */
    CopyFile kept(CopyFile copy, FileVersion version) {
        Encryption key = toRead(version);
        if (key != null) {
            return copy.withSourceServerSideEncryption(key).withDestinationServerSideEncryption(key);
        }
        return version.isEncrypted(EncryptionMode.SSE_B2)
                ? copy.withDestinationServerSideEncryption(Encryption.sseB2())
                : copy;
    }
}
