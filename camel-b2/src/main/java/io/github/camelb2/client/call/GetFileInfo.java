package io.github.camelb2.client.call;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.FileVersion;

/**
 * Answers one version, also a hide marker or an unfinished large file.
 *
 * @param fileId the version
 * @see <a href="https://www.backblaze.com/apidocs/b2-get-file-info">Backblaze: b2_get_file_info</a>
 */
public record GetFileInfo(String fileId) implements B2Call<FileVersion> {
    public GetFileInfo {
        Checks.given("b2_get_file_info", "fileId", fileId);
    }

    /** With the members that B2 requires. */
    public static GetFileInfo of(String fileId) {
        return new GetFileInfo(fileId);
    }

    @Override
    public String name() {
        return "b2_get_file_info";
    }

    @Override
    public Class<FileVersion> responseType() {
        return FileVersion.class;
    }

    @Override
    public Capability capability() {
        return Capability.READ_FILES;
    }

    @Override
    public Repeat repeat() {
        return Repeat.SAFE;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.B;
    }

    @Override
    public String subject() {
        return "file id " + fileId;
    }
}
