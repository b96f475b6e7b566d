package io.github.camelb2.operation;

import io.github.camelb2.B2Operations;

/** Finds what runs an operation. */
final class Operations {
    private Operations() {}

    // Exhaustive: a new constant does not compile without its case.
    static Operation<?, ?> of(B2Operations operation) {
        return switch (operation) {
            case authorizeAccount -> new AuthorizeAccountOperation();
            case listBuckets -> new ListBucketsOperation();
            case getBucket -> new GetBucketOperation();
            case createBucket -> new CreateBucketOperation();
            case deleteBucket -> new DeleteBucketOperation();
            case uploadFile -> new UploadFileOperation();
            case downloadFile -> new DownloadFileOperation();
            case getFileInfo -> new GetFileInfoOperation();
            case fileExists -> new FileExistsOperation();
            case listFileNames -> new ListFileNamesOperation();
            case listFileVersions -> new ListFileVersionsOperation();
            case copyFile -> new CopyFileOperation();
            case hideFile -> new HideFileOperation();
            case deleteFileVersion -> new DeleteFileVersionOperation();
            case listUnfinishedLargeFiles -> new ListUnfinishedLargeFilesOperation();
            case cancelLargeFile -> new CancelLargeFileOperation();
        };
    }
}
