package io.github.camelb2.client.call;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.FilePage;

/**
 * Lists all versions, hide markers and unfinished large files, one page at a time.
 *
 * @param bucketId the bucket
 * @param startFileName the first name
 * @param startFileId the first version of that name; needs startFileName
 * @param maxFileCount 1 to 10,000 a page, billed for every 1,000 asked for; 100 when null
 * @param prefix only names that begin with it
 * @param delimiter collapses the names behind it to folders
 * @see <a href="https://www.backblaze.com/apidocs/b2-list-file-versions">Backblaze: b2_list_file_versions</a>
 */
public record ListFileVersions(
        String bucketId,
        @Nullable String startFileName,
        @Nullable String startFileId,
        @Nullable Integer maxFileCount,
        @Nullable String prefix,
        @Nullable String delimiter)
        implements B2Call<FilePage> {
    public ListFileVersions {
        Checks.given("b2_list_file_versions", "bucketId", bucketId);
        Checks.range("b2_list_file_versions", "maxFileCount", maxFileCount, 1, 10_000);
    }

    /** With the members that B2 requires. */
    public static ListFileVersions of(String bucketId) {
        return new ListFileVersions(bucketId, null, null, null, null, null);
    }

    public ListFileVersions withStartFileName(String value) {
        return new ListFileVersions(bucketId, value, startFileId, maxFileCount, prefix, delimiter);
    }

    public ListFileVersions withStartFileId(String value) {
        return new ListFileVersions(bucketId, startFileName, value, maxFileCount, prefix, delimiter);
    }

    public ListFileVersions withMaxFileCount(Integer value) {
        return new ListFileVersions(bucketId, startFileName, startFileId, value, prefix, delimiter);
    }

    public ListFileVersions withPrefix(String value) {
        return new ListFileVersions(bucketId, startFileName, startFileId, maxFileCount, value, delimiter);
    }

    public ListFileVersions withDelimiter(String value) {
        return new ListFileVersions(bucketId, startFileName, startFileId, maxFileCount, prefix, value);
    }

    @Override
    public String name() {
        return "b2_list_file_versions";
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
