package io.github.camelb2.client.transfer.resume;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.Encryption;
import io.github.camelb2.client.model.EncryptionMode;
import io.github.camelb2.client.model.FileInfo;
import io.github.camelb2.client.model.FileRetention;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.client.model.Guarded;
import io.github.camelb2.client.model.LegalHold;
import io.github.camelb2.client.model.ServerSideEncryption;
import io.github.camelb2.client.transfer.local.LocalFailure;
import io.github.camelb2.client.transfer.local.Sha1;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.plan.PartPlan;
import io.github.camelb2.client.transfer.plan.Slice;

/** Whether an unfinished large file is of the same upload: what was said of it, and what is in it. */
final class UnfinishedMatch {
    private static final int BUFFER = 64 << 10;

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
        return mode.map(EncryptionMode::name).orElse("none").equals(wanted.mode());
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
     * Whether the parts that are stored are what the source has there, read from the source. Where the file asserts a
     * SHA-1 of the whole that is not known of the source, all of it is read: the assertion stays with the finished file
     * and would make every download of it fail if it were wrong.
     *
     * @param stored the SHA-1 of each part that is stored
     */
    static boolean hasContentOf(UploadSource source, FileVersion file, PartPlan plan, Map<Integer, String> stored) {
        Optional<String> asserted =
                assertedSha1(file).filter(it -> source.sha1().isEmpty());
        Sha1 whole = new Sha1();
        for (Slice slice : plan.parts()) {
            String expected = stored.get(slice.number());
            if (expected == null && asserted.isEmpty()) {
                continue;
            }
            String sha1 = read(source, slice, asserted.isPresent() ? whole : null);
            if (expected != null && !expected.equals(sha1)) {
                return false;
            }
        }
        return asserted.isEmpty() || asserted.get().equals(whole.hex());
    }

    private static String read(UploadSource source, Slice slice, @Nullable Sha1 whole) {
        Sha1 part = new Sha1();
        byte[] buffer = new byte[BUFFER];
        try (InputStream content = source.open(slice.offset(), slice.length())) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                part.update(buffer, 0, count);
                if (whole != null) {
                    whole.update(buffer, 0, count);
                }
            }
        } catch (IOException e) {
            throw LocalFailure.reading(source, e);
        }
        return part.hex();
    }
}
