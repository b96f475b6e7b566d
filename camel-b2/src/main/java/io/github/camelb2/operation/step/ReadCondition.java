// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.step;

import java.time.Instant;
import java.util.Optional;

import io.github.camelb2.client.model.file.FileVersion;

/**
 * When the content of a file is worth reading again.
 *
 * @param modifiedSince only what was uploaded after that time
 * @param sha1Differs only what has another SHA-1 than these 40 hex digits
 */
public record ReadCondition(Optional<Instant> modifiedSince, Optional<String> sha1Differs) {
    /**
     * Whether the reader has that content already. As with HTTP, the content goes before its time: where the SHA-1 of the
     * file is known and was asked about, it alone decides.
     */
    public boolean isUnchanged(FileVersion version) {
        Optional<String> sha1 = version.knownSha1();
        return sha1Differs.isPresent() && sha1.isPresent()
                ? sha1.get().equalsIgnoreCase(sha1Differs.get())
                : modifiedSince
                        .filter(time -> version.uploadTimestamp() <= time.toEpochMilli())
                        .isPresent();
    }
}
