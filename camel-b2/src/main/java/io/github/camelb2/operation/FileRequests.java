package io.github.camelb2.operation;

import io.github.camelb2.client.call.DownloadFile;

/** Names the file that a message is about. */
final class FileRequests {
    private FileRequests() {}

    /** By file id if there is one, else by bucket and name; with the customer's key. */
    static DownloadFile of(Params params) {
        DownloadFile request = params.findFileId()
                .map(DownloadFile::byId)
                .orElseGet(() -> DownloadFile.byName(params.bucketName(), params.fileName()));
        return params.customerKey().map(request::withServerSideEncryption).orElse(request);
    }
}
