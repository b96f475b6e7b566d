package io.github.camelb2.operation;

import io.github.camelb2.B2Operations;

/** Finds what runs an operation. */
final class Operations {
    private Operations() {}

    // Exhaustive: a new constant does not compile without its case.
    static Operation<?, ?> of(B2Operations operation) {
        return switch (operation) {
            case authorizeAccount -> new AuthorizeAccountOperation();
            case getAccountInfo -> new GetAccountInfoOperation();
            case clearAccountInfo -> new ClearAccountInfoOperation();
            case listBuckets -> new ListBucketsOperation();
            case getBucket -> new GetBucketOperation();
            case createBucket -> new CreateBucketOperation();
            case updateBucket -> new UpdateBucketOperation();
            case deleteBucket -> new DeleteBucketOperation();
            case getBucketNotificationRules -> new GetBucketNotificationRulesOperation();
            case setBucketNotificationRules -> new SetBucketNotificationRulesOperation();
            case uploadFile -> new UploadFileOperation();
            case downloadFile -> new DownloadFileOperation();
            case getFileInfo -> new GetFileInfoOperation();
            case fileExists -> new FileExistsOperation();
            case listFileNames -> new ListFileNamesOperation();
            case listFileVersions -> new ListFileVersionsOperation();
            case copyFile -> new CopyFileOperation();
            case concatenateFiles -> new ConcatenateFilesOperation();
            case hideFile -> new HideFileOperation();
            case unhideFile -> new UnhideFileOperation();
            case deleteFileVersion -> new DeleteFileVersionOperation();
            case deleteAllFileVersions -> new DeleteAllFileVersionsOperation();
            case deleteFiles -> new DeleteFilesOperation();
            case updateFileRetention -> new UpdateFileRetentionOperation();
            case updateFileLegalHold -> new UpdateFileLegalHoldOperation();
            case listUnfinishedLargeFiles -> new ListUnfinishedLargeFilesOperation();
            case listParts -> new ListPartsOperation();
            case cancelLargeFile -> new CancelLargeFileOperation();
            case cancelUnfinishedLargeFiles -> new CancelUnfinishedLargeFilesOperation();
            case getDownloadAuthorization -> new GetDownloadAuthorizationOperation();
            case createDownloadLink -> new CreateDownloadLinkOperation();
            case createKey -> new CreateKeyOperation();
            case listKeys -> new ListKeysOperation();
            case getKey -> new GetKeyOperation();
            case deleteKey -> new DeleteKeyOperation();
        };
    }
}
