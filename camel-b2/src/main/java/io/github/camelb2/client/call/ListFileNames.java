package io.github.camelb2.client.call;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.FilePage;

/**
 * Lists the newest version of each name that is not hidden, one page at a time.
 *
 * @param bucketId the bucket
 * @param startFileName the first name
 * @param maxFileCount 1 to 10,000 a page, billed for every 1,000 asked for; 100 when null
 * @param prefix only names that begin with it
 * @param delimiter collapses the names behind it to folders
 * @see <a href="https://www.backblaze.com/apidocs/b2-list-file-names">Backblaze: b2_list_file_names</a>
 */
public record ListFileNames(
        String bucketId,
        @Nullable String startFileName,
        @Nullable Integer maxFileCount,
        @Nullable String prefix,
        @Nullable String delimiter)
        implements B2Call<FilePage> {
    public ListFileNames {
        Checks.given("b2_list_file_names", "bucketId", bucketId);
        Checks.range("b2_list_file_names", "maxFileCount", maxFileCount, 1, 10_000);
    }

    /** With the members that B2 requires. */
    public static ListFileNames of(String bucketId) {
        return new ListFileNames(bucketId, null, null, null, null);
    }

    public ListFileNames withStartFileName(String value) {
        return new ListFileNames(bucketId, value, maxFileCount, prefix, delimiter);
    }

    public ListFileNames withMaxFileCount(Integer value) {
        return new ListFileNames(bucketId, startFileName, value, prefix, delimiter);
    }

    public ListFileNames withPrefix(String value) {
        return new ListFileNames(bucketId, startFileName, maxFileCount, value, delimiter);
    }

    public ListFileNames withDelimiter(String value) {
        return new ListFileNames(bucketId, startFileName, maxFileCount, prefix, value);
    }

    @Override
    public String name() {
        return "b2_list_file_names";
    }

    @Override
    public Class<FilePage> responseType() {
        return FilePage.class;
    }

    @Override
    public Capability capability() {
        return Capability.LIST_FILES;
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
        return Checks.inBucket(prefix, bucketId);
    }
}
