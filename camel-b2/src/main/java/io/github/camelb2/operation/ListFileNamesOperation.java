package io.github.camelb2.operation;

import java.util.Iterator;

import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.model.FileVersion;

/** Lists the newest versions of the files of a bucket, page by page as they are read. */
final class ListFileNamesOperation implements Operation<ListFileNames, Iterator<FileVersion>> {
    /** The most entries that are billed as one call. */
    static final int PAGE = 1000;

    @Override
    public Class<ListFileNames> requestType() {
        return ListFileNames.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID;
    }

    @Override
    public ListFileNames bind(Params params, OperationScope scope) {
        return new ListFileNames(
                params.bucketId(),
                params.find(Inputs.START_FILE_NAME).orElse(null),
                params.find(Inputs.MAX_FILE_COUNT).orElse(PAGE),
                params.find(Inputs.PREFIX).orElse(null),
                params.find(Inputs.DELIMITER).orElse(null));
    }

    @Override
    public Iterator<FileVersion> run(ListFileNames request, OperationScope scope) {
        return scope.client().listFileNames(request, scope.settings());
    }
}
