package io.github.camelb2.client.call;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.FileLockState;
import io.github.camelb2.client.model.FileNames;
import io.github.camelb2.client.model.FileRetention;

/**
 * Locks a version until some time, or unlocks it.
 *
 * @param fileName the file
 * @param fileId the version
 * @param fileRetention until when; {@link FileRetention#NONE} unlocks
 * @param bypassGovernance true allows to shorten governance retention
 * @see <a href="https://www.backblaze.com/apidocs/b2-update-file-retention">Backblaze: b2_update_file_retention</a>
 */
public record UpdateFileRetention(
        String fileName,
        String fileId,
        FileRetention fileRetention,
        @Nullable Boolean bypassGovernance) implements B2Call<FileLockState> {
    public UpdateFileRetention {
        FileNames.check(Checks.given("b2_update_file_retention", "fileName", fileName));
        Checks.given("b2_update_file_retention", "fileId", fileId);
        Checks.given("b2_update_file_retention", "fileRetention", fileRetention);
    }

    /** With the members that B2 requires. */
    public static UpdateFileRetention of(String fileName, String fileId, FileRetention fileRetention) {
        return new UpdateFileRetention(fileName, fileId, fileRetention, null);
    }

    public UpdateFileRetention withBypassGovernance(Boolean value) {
        return new UpdateFileRetention(fileName, fileId, fileRetention, value);
    }

    @Override
    public String name() {
        return "b2_update_file_retention";
    }

    @Override
    public Class<FileLockState> responseType() {
        return FileLockState.class;
    }

    @Override
    public Capability capability() {
        return Capability.WRITE_FILE_RETENTIONS;
    }

    @Override
    public Repeat repeat() {
        return Repeat.SAFE;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.A;
    }

    @Override
    public String subject() {
        return FileNames.quote(fileName) + " " + fileId;
    }
}
