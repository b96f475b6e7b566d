// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.resume;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.model.protection.EncryptionMode;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.Guarded;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.model.protection.ServerSideEncryption;
import io.github.camelb2.client.transfer.local.ContentDigests;
import io.github.camelb2.client.transfer.local.FirstReading;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.plan.PartPlan;

/** Whether an unfinished large file is of the same upload: what was said of it, and what is in it. */
final class UnfinishedMatch {
    private UnfinishedMatch() {}

    /**
     * Whether it was started with what this upload would start with. The asserted SHA-1 of the whole may be there or
     * not (b2sdk always computes it, this client does not), but if both are known they agree.
     */
    static boolean fits(UploadFile upload, Optional<String> sha1, FileVersion file) {
        Optional<String> asserted = assertedSha1(file);
        return file.unfinished()
                && file.fileName().equals(upload.fileName())
                && withoutSha1(file.fileInfo()).equals(withoutSha1(upload.fileInfo()))
                && (sha1.isEmpty() || asserted.isEmpty() || sha1.equals(asserted))
                && hasContentType(upload, file)
                && hasEncryption(upload.serverSideEncryption(), file.serverSideEncryption())
                && hasLegalHold(upload.legalHold(), file.legalHold())
                && hasRetention(upload.fileRetention(), file.fileRetention())
                && hasTimestamp(upload.customUploadTimestamp(), file);
    }

    private static Map<String, String> withoutSha1(Map<String, String> info) {
        Map<String, String> rest = new HashMap<>(info);
        rest.remove(FileInfo.LARGE_FILE_SHA1);
        return rest;
    }

    private static Optional<String> assertedSha1(FileVersion file) {
        return Optional.ofNullable(file.fileInfo().get(FileInfo.LARGE_FILE_SHA1));
    }

    private static boolean hasContentType(UploadFile upload, FileVersion file) {
        return upload.contentType().equals(UploadFile.AUTO_CONTENT_TYPE)
                || upload.contentType().equals(file.contentType());
    }

    /** Without a wish, B2 uses the default of the bucket, which is never a customer key. */
    private static boolean hasEncryption(@Nullable Encryption wanted, @Nullable ServerSideEncryption has) {
        Optional<EncryptionMode> mode = has == null ? Optional.empty() : has.findMode();
        if (wanted == null) {
            return mode.filter(EncryptionMode.SSE_C::equals).isEmpty();
        }
        return mode.map(EncryptionMode::name).orElse("").equals(wanted.mode());
    }

    private static boolean hasLegalHold(@Nullable LegalHold wanted, @Nullable Guarded<LegalHold> has) {
        LegalHold value = has == null ? null : has.value();
        return Objects.requireNonNullElse(wanted, LegalHold.OFF)
                .equals(Objects.requireNonNullElse(value, LegalHold.OFF));
    }

    /** Without a wish, B2 uses the default of the bucket. */
    private static boolean hasRetention(@Nullable FileRetention wanted, @Nullable Guarded<FileRetention> has) {
        FileRetention value = has == null ? null : has.value();
        return wanted == null || wanted.equals(Objects.requireNonNullElse(value, FileRetention.NONE));
    }

    private static boolean hasTimestamp(@Nullable Long wanted, FileVersion file) {
        return wanted == null || wanted == file.uploadTimestamp();
    }

    /**
     * Checks that the parts that are stored are what the source has there, and answers the SHA-1s that were read for
     * it; empty if they are not. Where the file asserts a SHA-1 of the whole, all of it is read: the assertion stays
     * with the finished file and would make every download of it fail if it were wrong.
     *
     * @param reading of the source
     * @param stored the SHA-1 of each part that is stored
     */
    static Optional<ContentDigests> read(
            UploadSource source, FirstReading reading, FileVersion file, PartPlan plan, Map<Integer, String> stored) {
        Optional<String> asserted = assertedSha1(file);
        // What is far away is not fetched once more for what it says itself.
        boolean believed =
                asserted.isEmpty() || (!source.isLocal() && source.sha1().isPresent());
        ContentDigests read = !believed
                ? reading.ofAll(plan.parts())
                : reading.ofSome(plan.parts().stream()
                        .filter(part -> stored.containsKey(part.number()))
                        .toList());
        boolean same = stored.entrySet().stream()
                .allMatch(part -> part.getValue().equals(read.parts().get(part.getKey())));
        return same && (believed || asserted.get().equals(read.whole())) ? Optional.of(read) : Optional.empty();
    }
}
