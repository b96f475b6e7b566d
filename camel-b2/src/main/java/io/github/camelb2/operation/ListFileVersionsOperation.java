package io.github.camelb2.operation;

import java.util.Iterator;

import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.model.FileVersion;

/** Lists all versions of the files of a bucket, page by page as they are read. */
final class ListFileVersionsOperation implements Operation<ListFileVersions, Iterator<FileVersion>> {
    @Override
    public Class<ListFileVersions> requestType() {
        return ListFileVersions.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID;
    }

    @Override
    public ListFileVersions bind(Params params, OperationScope scope) {
        return new ListFileVersions(
                params.bucketId(),
                params.find(Inputs.START_FILE_NAME).orElse(null),
                params.find(Inputs.START_FILE_ID).orElse(null),
                params.find(Inputs.MAX_FILE_COUNT).orElse(ListFileNamesOperation.PAGE),
                params.find(Inputs.PREFIX).orElse(null),
                params.find(Inputs.DELIMITER).orElse(null));
    }

    @Override
    public Iterator<FileVersion> run(ListFileVersions request, OperationScope scope) {
        return scope.client().listFileVersions(request, scope.settings());
    }
}
