package io.github.camelb2.client.call;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Repeat;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.model.FilePage;

/**
 * Lists large files that were started and not finished, one page at a time, the oldest first.
 *
 * @param bucketId the bucket
 * @param namePrefix only names that begin with it
 * @param startFileId the first one
 * @param maxFileCount 1 to 100 a page; 100 when null
 * @see <a href="https://www.backblaze.com/apidocs/b2-list-unfinished-large-files">Backblaze: b2_list_unfinished_large_files</a>
 */
public record ListUnfinishedLargeFiles(
        String bucketId,
        @Nullable String namePrefix,
        @Nullable String startFileId,
        @Nullable Integer maxFileCount) implements B2Call<FilePage> {
    public ListUnfinishedLargeFiles {
        Checks.given("b2_list_unfinished_large_files", "bucketId", bucketId);
        Checks.range("b2_list_unfinished_large_files", "maxFileCount", maxFileCount, 1, 100);
    }

    /** With the members that B2 requires. */
    public static ListUnfinishedLargeFiles of(String bucketId) {
        return new ListUnfinishedLargeFiles(bucketId, null, null, null);
    }

    public ListUnfinishedLargeFiles withNamePrefix(String value) {
        return new ListUnfinishedLargeFiles(bucketId, value, startFileId, maxFileCount);
    }

    public ListUnfinishedLargeFiles withStartFileId(String value) {
        return new ListUnfinishedLargeFiles(bucketId, namePrefix, value, maxFileCount);
    }

    public ListUnfinishedLargeFiles withMaxFileCount(Integer value) {
        return new ListUnfinishedLargeFiles(bucketId, namePrefix, startFileId, value);
    }

    @Override
    public String name() {
        return "b2_list_unfinished_large_files";
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
        return Checks.inBucket(namePrefix, bucketId);
    }
}
