package io.github.camelb2.operation;

import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.model.FileVersion;

/** Describes one version of a file by its id, or the newest version by its name. */
final class GetFileInfoOperation implements Operation<DownloadFile, FileVersion> {
    @Override
    public Class<DownloadFile> requestType() {
        return DownloadFile.class;
    }

    @Override
    public DownloadFile bind(Params params, OperationScope scope) {
        return FileRequests.of(params);
    }

    @Override
    public FileVersion run(DownloadFile request, OperationScope scope) {
        String id = request.fileId();
        return id == null ? head(request, scope) : scope.call(GetFileInfo.of(id));
    }

    @Override
    public void reply(FileVersion result, Reply reply) {
        reply.found(result);
    }

    /** What a download of that file would answer. */
    static FileVersion head(DownloadFile request, OperationScope scope) {
        return scope.client().head(request, scope.settings()).orElseThrow(() -> absent(request));
    }

    private static B2NotFoundException absent(DownloadFile request) {
        return new B2NotFoundException(new ErrorDetails(
                request.name(),
                request.subject(),
                404,
                "not_found",
                "there is no such file, or it is hidden",
                "check bucket and name; an older version can be had by its file id",
                null));
    }
}
