package io.github.camelb2.client.call;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.PartPage;

/**
 * Lists the parts that an unfinished large file has, one page at a time.
 *
 * @param fileId the version
 * @param startPartNumber the first part
 * @param maxPartCount 1 to 1,000 a page; 100 when null
 * @see <a href="https://www.backblaze.com/apidocs/b2-list-parts">Backblaze: b2_list_parts</a>
 */
public record ListParts(
        String fileId,
        @Nullable Integer startPartNumber,
        @Nullable Integer maxPartCount) implements B2Call<PartPage> {
    public ListParts {
        Checks.given("b2_list_parts", "fileId", fileId);
        Checks.range("b2_list_parts", "startPartNumber", startPartNumber, 1, 10_000);
        Checks.range("b2_list_parts", "maxPartCount", maxPartCount, 1, 1_000);
    }

    /** With the members that B2 requires. */
    public static ListParts of(String fileId) {
        return new ListParts(fileId, null, null);
    }

    public ListParts withStartPartNumber(Integer value) {
        return new ListParts(fileId, value, maxPartCount);
    }

    public ListParts withMaxPartCount(Integer value) {
        return new ListParts(fileId, startPartNumber, value);
    }

    @Override
    public String name() {
        return "b2_list_parts";
    }

    @Override
    public Class<PartPage> responseType() {
        return PartPage.class;
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
        return "large file " + fileId;
    }
}
