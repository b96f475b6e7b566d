package io.github.camelb2.client.call;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.FileLockState;
import io.github.camelb2.client.model.FileNames;
import io.github.camelb2.client.model.LegalHold;

/**
 * Puts a version under legal hold, or ends it.
 *
 * @param fileName the file
 * @param fileId the version
 * @param legalHold on or off
 * @see <a href="https://www.backblaze.com/apidocs/b2-update-file-legal-hold">Backblaze: b2_update_file_legal_hold</a>
 */
public record UpdateFileLegalHold(String fileName, String fileId, LegalHold legalHold)
        implements B2Call<FileLockState> {
    public UpdateFileLegalHold {
        FileNames.check(Checks.given("b2_update_file_legal_hold", "fileName", fileName));
        Checks.given("b2_update_file_legal_hold", "fileId", fileId);
        Checks.given("b2_update_file_legal_hold", "legalHold", legalHold);
    }

    /** With the members that B2 requires. */
    public static UpdateFileLegalHold of(String fileName, String fileId, LegalHold legalHold) {
        return new UpdateFileLegalHold(fileName, fileId, legalHold);
    }

    @Override
    public String name() {
        return "b2_update_file_legal_hold";
    }

    @Override
    public Class<FileLockState> responseType() {
        return FileLockState.class;
    }

    @Override
    public Capability capability() {
        return Capability.WRITE_FILE_LEGAL_HOLDS;
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
