// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.model.protection.EncryptionMode;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.Guarded;
import io.github.camelb2.client.model.protection.LegalHold;

/**
 * What a version that takes the place of another has beside its content: what the step says, and else what the other has.
 *
 * @param contentType null to keep it
 * @param fileInfo entries to set, or, where they are empty, to take away; the others are kept
 * @param fileRetention null to keep it
 * @param legalHold null to keep it
 * @param customerKey opens what is encrypted with a key of the customer, and encrypts what takes its place
 */
public record KeptAttributes(
        @Nullable String contentType,
        Map<String, String> fileInfo,
        @Nullable FileRetention fileRetention,
        @Nullable LegalHold legalHold,
        @Nullable Encryption customerKey) {
    /** The entry of the file information that says which version one was made of; see Succession. */
    public static final String MADE_OF = "camel_made_of";

    public KeptAttributes {
        fileInfo = Map.copyOf(fileInfo);
    }

    /** Its type. */
    public String contentType(FileVersion before) {
        return contentType == null ? before.contentType() : contentType;
    }

    /** The entries, of which that of the SHA-1 of the whole is the content's own. */
    public Map<String, String> fileInfo(FileVersion before) {
        Map<String, String> info = new LinkedHashMap<>(before.fileInfo());
        info.keySet().removeIf(MADE_OF::equalsIgnoreCase);
        fileInfo.forEach((key, value) -> {
            if (!FileInfo.LARGE_FILE_SHA1.equalsIgnoreCase(key)) {
                info.keySet().removeIf(key::equalsIgnoreCase);
                if (!value.isEmpty()) {
                    info.put(key, value);
                }
            }
        });
        return info;
    }

    /**
     * The lock, unless its time is over; null for none.
     *
     * @throws IllegalArgumentException if the key may not read it, so that it would get lost
     */
    @Nullable
    public FileRetention fileRetention(FileVersion before, Instant now) {
        if (fileRetention != null) {
            return fileRetention.mode() == null ? null : fileRetention;
        }
        FileRetention known = readable(
                        before.fileRetention(), "readFileRetentions", B2Constants.FILE_RETENTION_MODE + "=none")
                .orElse(null);
        Long until = known == null ? null : known.retainUntilTimestamp();
        return until == null || until <= now.toEpochMilli() ? null : known;
    }

    /**
     * The legal hold; null for none.
     *
     * @throws IllegalArgumentException if the key may not read it, so that it would get lost
     */
    @Nullable
    public LegalHold legalHold(FileVersion before) {
        LegalHold held = legalHold != null
                ? legalHold
                : readable(before.legalHold(), "readFileLegalHolds", B2Constants.LEGAL_HOLD + "=off")
                        .orElse(null);
        return LegalHold.ON.equals(held) ? held : null;
    }

    private static <T> Optional<T> readable(@Nullable Guarded<T> value, String capability, String header) {
        if (value != null && !value.isClientAuthorizedToRead()) {
            throw new IllegalArgumentException("The file may be locked, and the key may not read it, so that the new"
                    + " version would not be: use a key with the capability " + capability
                    + ", or set the header " + header + " where it is not");
        }
        return value == null ? Optional.empty() : value.find();
    }

    /** What reads the content; null if it needs no key. */
    @Nullable
    public Encryption toRead(FileVersion before) {
        if (!before.isEncrypted(EncryptionMode.SSE_C)) {
            return null;
        }
        if (customerKey == null) {
            throw new IllegalArgumentException(
                    "The file is encrypted with a key of the customer (SSE-C): set the header "
                            + B2Constants.CUSTOMER_KEY + " or the options serverSideEncryption=SSE-C and customerKey");
        }
        return customerKey;
    }

    /** How the new version is encrypted: as the one before; null to leave it to the bucket. */
    @Nullable
    public Encryption toStore(FileVersion before) {
        Encryption key = toRead(before);
        return key == null && before.isEncrypted(EncryptionMode.SSE_B2) ? Encryption.sseB2() : key;
    }
}
