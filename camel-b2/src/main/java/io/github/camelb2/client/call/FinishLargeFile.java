package io.github.camelb2.client.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.Copies;
import io.github.camelb2.client.model.FileVersion;

/**
 * Makes a file of the parts of a large file.
 *
 * @param fileId the version
 * @param partSha1Array the SHA-1 of every part, by part number
 * @see <a href="https://www.backblaze.com/apidocs/b2-finish-large-file">Backblaze: b2_finish_large_file</a>
 */
public record FinishLargeFile(String fileId, List<String> partSha1Array)
        implements SlowCall<FileVersion>, Recoverable<FileVersion> {
    public FinishLargeFile {
        Checks.given("b2_finish_large_file", "fileId", fileId);
        partSha1Array = Copies.list(partSha1Array);
        Checks.notEmpty("b2_finish_large_file", "partSha1Array", partSha1Array);
    }

    /** With the members that B2 requires. */
    public static FinishLargeFile of(String fileId, List<String> partSha1Array) {
        return new FinishLargeFile(fileId, partSha1Array);
    }

    @Override
    public String name() {
        return "b2_finish_large_file";
    }

    @Override
    public Class<FileVersion> responseType() {
        return FileVersion.class;
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

    /** A large file that has become an upload was finished by us. */
    @Override
    public Optional<FileVersion> lookUp(B2Exception failure, Instant firstTry, Calls calls) {
        return Optional.of(calls.call(GetFileInfo.of(fileId))).filter(FileVersion::hasContent);
    }
}
