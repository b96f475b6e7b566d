package io.github.camelb2.client.call;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.ByteRange;
import io.github.camelb2.client.model.Encryption;
import io.github.camelb2.client.model.Part;

/**
 * Copies a version, or a range of it, into a part of a large file.
 *
 * @param sourceFileId the version to copy
 * @param largeFileId the large file
 * @param partNumber 1 to 10,000; a part of that number is replaced
 * @param range only these bytes
 * @param sourceServerSideEncryption the key of the source, if it has one of the customer
 * @param destinationServerSideEncryption how the copy is encrypted
 * @see <a href="https://www.backblaze.com/apidocs/b2-copy-part">Backblaze: b2_copy_part</a>
 */
public record CopyPart(
        String sourceFileId,
        String largeFileId,
        int partNumber,
        @Nullable ByteRange range,
        @Nullable Encryption sourceServerSideEncryption,
        @Nullable Encryption destinationServerSideEncryption)
        implements SlowCall<Part> {
    public CopyPart {
        Checks.given("b2_copy_part", "sourceFileId", sourceFileId);
        Checks.given("b2_copy_part", "largeFileId", largeFileId);
        Checks.range("b2_copy_part", "partNumber", partNumber, 1, 10_000);
    }

    /** With the members that B2 requires. */
    public static CopyPart of(String sourceFileId, String largeFileId, int partNumber) {
        return new CopyPart(sourceFileId, largeFileId, partNumber, null, null, null);
    }

    public CopyPart withRange(ByteRange value) {
        return new CopyPart(
                sourceFileId,
                largeFileId,
                partNumber,
                value,
                sourceServerSideEncryption,
                destinationServerSideEncryption);
    }

    public CopyPart withSourceServerSideEncryption(Encryption value) {
        return new CopyPart(sourceFileId, largeFileId, partNumber, range, value, destinationServerSideEncryption);
    }

    public CopyPart withDestinationServerSideEncryption(Encryption value) {
        return new CopyPart(sourceFileId, largeFileId, partNumber, range, sourceServerSideEncryption, value);
    }

    @Override
    public String name() {
        return "b2_copy_part";
    }

    @Override
    public Class<Part> responseType() {
        return Part.class;
    }

    @Override
    public Capability capability() {
        return Capability.WRITE_FILES;
    }

    @Override
    public Repeat repeat() {
        return Repeat.SAFE;
    }

    @Override
    public TransactionClass transactionClass() {
        return TransactionClass.C;
    }

    @Override
    public String subject() {
        return "part " + partNumber + " of " + largeFileId + " from " + sourceFileId;
    }
}
