package io.github.camelb2.client.call;

import java.time.Instant;
import java.util.Optional;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.FileId;

/**
 * Gives up a large file and deletes its parts.
 *
 * @param fileId the version
 * @see <a href="https://www.backblaze.com/apidocs/b2-cancel-large-file">Backblaze: b2_cancel_large_file</a>
 */
public record CancelLargeFile(String fileId) implements Recoverable<FileId> {
    public CancelLargeFile {
        Checks.given("b2_cancel_large_file", "fileId", fileId);
    }

    /** With the members that B2 requires. */
    public static CancelLargeFile of(String fileId) {
        return new CancelLargeFile(fileId);
    }

    @Override
    public String name() {
        return "b2_cancel_large_file";
    }

    @Override
    public Class<FileId> responseType() {
        return FileId.class;
    }

    @Override
    public Capability capability() {
        return Capability.WRITE_FILES;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.A;
    }

    @Override
    public String subject() {
        return "large file " + fileId;
    }

    /** A large file that is gone after a lost answer was cancelled by us. */
    @Override
    public Optional<FileId> lookUp(B2Exception failure, Instant firstTry, Calls calls) {
        return isGone(failure) ? Optional.of(new FileId(fileId, "")) : Optional.empty();
    }

    /** Whether B2 refused because the large file was finished or cancelled before. */
    public static boolean isGone(B2Exception failure) {
        return failure.details().message().contains("No active upload");
    }
}
