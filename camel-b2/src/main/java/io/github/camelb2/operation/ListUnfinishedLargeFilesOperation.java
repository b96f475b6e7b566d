package io.github.camelb2.operation;

import java.util.Iterator;

import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.model.FileVersion;

/** Lists the large files of a bucket that were started and neither finished nor cancelled. */
final class ListUnfinishedLargeFilesOperation implements Operation<ListUnfinishedLargeFiles, Iterator<FileVersion>> {
    @Override
    public Class<ListUnfinishedLargeFiles> requestType() {
        return ListUnfinishedLargeFiles.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID;
    }

    @Override
    public ListUnfinishedLargeFiles bind(Params params, OperationScope scope) {
        return new ListUnfinishedLargeFiles(
                params.bucketId(),
                params.find(Inputs.PREFIX).orElse(null),
                params.find(Inputs.START_FILE_ID).orElse(null),
                params.find(Inputs.MAX_FILE_COUNT).orElse(null));
    }

    @Override
    public Iterator<FileVersion> run(ListUnfinishedLargeFiles request, OperationScope scope) {
        return scope.client().listUnfinishedLargeFiles(request, scope.settings());
    }
}
