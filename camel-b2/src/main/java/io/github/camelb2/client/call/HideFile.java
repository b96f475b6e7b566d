package io.github.camelb2.client.call;

import java.time.Instant;
import java.util.Optional;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.FileNames;
import io.github.camelb2.client.model.FileVersion;

/**
 * Hides a name: its versions stay, and are no longer found by name.
 *
 * @param bucketId the bucket
 * @param fileName the file
 * @see <a href="https://www.backblaze.com/apidocs/b2-hide-file">Backblaze: b2_hide_file</a>
 */
public record HideFile(String bucketId, String fileName) implements Recoverable<FileVersion> {
    public HideFile {
        Checks.given("b2_hide_file", "bucketId", bucketId);
        FileNames.check(Checks.given("b2_hide_file", "fileName", fileName));
    }

    /** With the members that B2 requires. */
    public static HideFile of(String bucketId, String fileName) {
        return new HideFile(bucketId, fileName);
    }

    @Override
    public String name() {
        return "b2_hide_file";
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
        return Checks.inBucket(fileName, bucketId);
    }

    /** A name that is already hidden after a lost answer was hidden by us: the marker is its newest version. */
    @Override
    public Optional<FileVersion> lookUp(B2Exception failure, Instant firstTry, Calls calls) {
        if (!failure.code().equals("already_hidden") && !failure.code().equals("no_such_file")) {
            return Optional.empty();
        }
        return Outcomes.newest(bucketId, fileName, calls).filter(FileVersion::hides);
    }
}
