package io.github.camelb2.client.call;

import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.FileId;
import io.github.camelb2.client.model.FileNames;

/**
 * Deletes one version for ever; deleting a hide marker shows the name again.
 *
 * @param fileName the file
 * @param fileId the version
 * @param bypassGovernance true deletes it although governance retention locks it
 * @see <a href="https://www.backblaze.com/apidocs/b2-delete-file-version">Backblaze: b2_delete_file_version</a>
 */
public record DeleteFileVersion(
        String fileName, String fileId, @Nullable Boolean bypassGovernance) implements Recoverable<FileId> {
    public DeleteFileVersion {
        FileNames.check(Checks.given("b2_delete_file_version", "fileName", fileName));
        Checks.given("b2_delete_file_version", "fileId", fileId);
    }

    /** With the members that B2 requires. */
    public static DeleteFileVersion of(String fileName, String fileId) {
        return new DeleteFileVersion(fileName, fileId, null);
    }

    public DeleteFileVersion withBypassGovernance(Boolean value) {
        return new DeleteFileVersion(fileName, fileId, value);
    }

    @Override
    public String name() {
        return "b2_delete_file_version";
    }

    @Override
    public Class<FileId> responseType() {
        return FileId.class;
    }

    @Override
    public Capability capability() {
        return Capability.DELETE_FILES;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.A;
    }

    @Override
    public String subject() {
        return FileNames.quote(fileName) + " " + fileId;
    }

    /** A version that is gone after a lost answer was deleted by us. */
    @Override
    public Optional<FileId> lookUp(B2Exception failure, Instant firstTry, Calls calls) {
        return failure.code().equals("file_not_present") ? Optional.of(new FileId(fileId, fileName)) : Optional.empty();
    }
}
