package io.github.camelb2.operation;

import io.github.camelb2.client.call.DownloadFile;

/** Answers whether a file can be downloaded: it exists and is not hidden. */
final class FileExistsOperation implements Operation<DownloadFile, Boolean> {
    @Override
    public Class<DownloadFile> requestType() {
        return DownloadFile.class;
    }

    @Override
    public DownloadFile bind(Params params, OperationScope scope) {
        return FileRequests.of(params);
    }

    @Override
    public Boolean run(DownloadFile request, OperationScope scope) {
        return scope.client().head(request, scope.settings()).isPresent();
    }
}
