package io.github.camelb2.operation;

import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.model.FileVersion;

/** Hides a file: its versions stay, but its name is not listed or downloaded any more. */
final class HideFileOperation implements CallOperation<HideFile, FileVersion> {
    @Override
    public Class<HideFile> requestType() {
        return HideFile.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID;
    }

    @Override
    public HideFile bind(Params params, OperationScope scope) {
        return HideFile.of(params.bucketId(), params.fileName());
    }

    @Override
    public void reply(FileVersion result, Reply reply) {
        reply.produced(reply.params().bucketNameOrEmpty(), result);
    }
}
