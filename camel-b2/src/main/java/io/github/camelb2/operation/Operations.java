// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.BucketCalls.DeleteBucket;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.call.BucketCalls.UpdateBucket;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.GetDownloadAuthorization;
import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.FileCalls.UpdateFileLegalHold;
import io.github.camelb2.client.call.FileCalls.UpdateFileRetention;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.call.KeyCalls.DeleteKey;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.call.LargeFileCalls.CancelLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.call.NotificationCalls.GetBucketNotificationRules;
import io.github.camelb2.client.call.NotificationCalls.SetBucketNotificationRules;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.operation.delete.CancelUnfinishedLargeFilesOperation;
import io.github.camelb2.operation.delete.CleanUpOperation;
import io.github.camelb2.operation.delete.DeleteAllFileVersionsOperation;
import io.github.camelb2.operation.delete.DeleteFilesOperation;
import io.github.camelb2.operation.file.AppendFileOperation;
import io.github.camelb2.operation.file.ConcatenateFilesOperation;
import io.github.camelb2.operation.file.CopyFileOperation;
import io.github.camelb2.operation.file.CreateDownloadLinkOperation;
import io.github.camelb2.operation.file.DownloadFileOperation;
import io.github.camelb2.operation.file.FileListings;
import io.github.camelb2.operation.file.FileRequests;
import io.github.camelb2.operation.file.LimitedListing;
import io.github.camelb2.operation.file.UnhideFileOperation;
import io.github.camelb2.operation.file.UpdateFileInfoOperation;
import io.github.camelb2.operation.file.UploadFileOperation;
import io.github.camelb2.operation.header.FileAttributes;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.replication.ReplicationStatusOperation;
import io.github.camelb2.operation.replication.SetupReplicationOperation;
import io.github.camelb2.operation.request.NoRequest;
import io.github.camelb2.operation.request.PutNotificationRuleRequest;
import io.github.camelb2.operation.request.RemoveNotificationRuleRequest;
import io.github.camelb2.operation.rule.RuleChange;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.operation.step.Row;

import static io.github.camelb2.operation.step.BucketNeed.ID;
import static io.github.camelb2.operation.step.BucketNeed.ID_OF_EXISTING;

/** The table of operations: a row for each that only builds a call and shapes its answer, a class for the others. */
public final class Operations {
    private Operations() {}

    // Exhaustive: a new constant does not compile without its row. Long, because it is a table.
    static Operation<?, ?> of(B2Operations operation) {
        return switch (operation) {
            // Logs in anew, whether or not the token at hand is still good.
            case authorizeAccount -> Row.bare((none, scope) -> scope.client().authorize(scope.settings()));
            case getAccountInfo -> Row.bare((none, scope) -> scope.client().accountInfo(scope.settings()));
            case clearAccountInfo -> Row.bare(Operations::forgetLogin).answers((none, reply) -> {});

            case listBuckets -> new ListBucketsOperation();
            case getBucket ->
                Row.of(
                                ListBuckets.class,
                                (params, scope) -> ListBuckets.of().withBucketName(params.bucketName()),
                                BucketRequests::only)
                        .answers((bucket, reply) -> reply.found(bucket));
            case bucketExists ->
                Row.of(
                        ListBuckets.class,
                        (params, scope) -> ListBuckets.of().withBucketName(params.bucketName()),
                        (request, scope) -> !scope.call(request).buckets().isEmpty());
            case createBucket ->
                Row.call(CreateBucket.class, (params, scope) -> BucketRequests.creation(params))
                        .answers((bucket, reply) -> reply.produced(bucket));
            case updateBucket ->
                Row.call(UpdateBucket.class, (params, scope) -> BucketRequests.change(params))
                        .needs(ID_OF_EXISTING)
                        .answers((bucket, reply) -> reply.produced(bucket));
            case deleteBucket ->
                Row.call(DeleteBucket.class, (params, scope) -> DeleteBucket.of(params.bucketId()))
                        .needs(ID_OF_EXISTING)
                        .answers((bucket, reply) -> reply.produced(bucket));
            case getBucketNotificationRules ->
                Row.of(
                                GetBucketNotificationRules.class,
                                (params, scope) -> GetBucketNotificationRules.of(params.bucketId()),
                                (request, scope) -> scope.call(request).eventNotificationRules())
                        .needs(ID);
            case setBucketNotificationRules ->
                Row.of(
                                SetBucketNotificationRules.class,
                                (params, scope) -> SetBucketNotificationRules.of(
                                        params.bucketId(),
                                        params.bodyList(NotificationRule.class, "an empty list deletes all rules")),
                                (request, scope) -> new RuleChange(scope, request.bucketId())
                                        .replaceAll(request.eventNotificationRules()))
                        .needs(ID);

            case putBucketNotificationRule ->
                Row.of(
                                PutNotificationRuleRequest.class,
                                (params, scope) -> new PutNotificationRuleRequest(
                                        params.bucketId(),
                                        params.body(
                                                NotificationRule.class,
                                                "setBucketNotificationRules sets all rules of the bucket at once")),
                                (request, scope) -> new RuleChange(scope, request.bucketId()).put(request.rule()))
                        .needs(ID_OF_EXISTING);
            case removeBucketNotificationRule ->
                Row.of(
                                RemoveNotificationRuleRequest.class,
                                (params, scope) -> new RemoveNotificationRuleRequest(
                                        params.bucketId(), params.require(Inputs.NOTIFICATION_RULE_NAME)),
                                (request, scope) ->
                                        new RuleChange(scope, request.bucketId()).remove(request.ruleName()))
                        .needs(ID_OF_EXISTING);
            case setupReplication -> new SetupReplicationOperation();
            case getReplicationStatus -> new ReplicationStatusOperation();

            case uploadFile -> new UploadFileOperation();
            case downloadFile -> new DownloadFileOperation();
            case getFileInfo ->
                Row.of(DownloadFile.class, (params, scope) -> FileRequests.of(params), FileRequests::info)
                        .answers((version, reply) -> reply.found(version));
            case fileExists ->
                Row.of(DownloadFile.class, (params, scope) -> FileRequests.of(params), FileRequests::exists);
            case listFileNames ->
                Row.of(ListFileNames.class, (params, scope) -> FileRequests.names(params), FileListings::names)
                        .needs(ID);
            case listFileVersions ->
                Row.of(ListFileVersions.class, (params, scope) -> FileRequests.versions(params), FileListings::versions)
                        .needs(ID);
            case copyFile -> new CopyFileOperation();
            case concatenateFiles -> new ConcatenateFilesOperation();
            case appendFile -> new AppendFileOperation();
            case updateFileInfo -> new UpdateFileInfoOperation();
            case hideFile ->
                Row.call(HideFile.class, (params, scope) -> HideFile.of(params.bucketId(), params.nameToChange()))
                        .needs(ID)
                        .answers((version, reply) ->
                                reply.produced(reply.params().bucketNameOrEmpty(), version));
            case unhideFile -> new UnhideFileOperation();
            case deleteFileVersion ->
                Row.call(
                                DeleteFileVersion.class,
                                (params, scope) -> new DeleteFileVersion(
                                        params.fileName(),
                                        params.fileId(),
                                        params.find(Inputs.BYPASS_GOVERNANCE).orElse(null)))
                        .answers((version, reply) -> reply.deleted(version));
            case deleteAllFileVersions -> new DeleteAllFileVersionsOperation();
            case deleteFiles -> new DeleteFilesOperation();
            case updateFileRetention ->
                Row.call(
                        UpdateFileRetention.class,
                        (params, scope) -> new UpdateFileRetention(
                                params.fileName(),
                                params.fileId(),
                                FileAttributes.newRetention(params),
                                params.find(Inputs.BYPASS_GOVERNANCE).orElse(null)));
            case updateFileLegalHold ->
                Row.call(
                        UpdateFileLegalHold.class,
                        (params, scope) -> UpdateFileLegalHold.of(
                                params.fileName(), params.fileId(), new LegalHold(params.require(Inputs.LEGAL_HOLD))));

            case listUnfinishedLargeFiles ->
                Row.of(
                                ListUnfinishedLargeFiles.class,
                                (params, scope) -> FileRequests.unfinished(params),
                                FileListings::unfinished)
                        .needs(ID);
            case listParts ->
                Row.of(
                        ListParts.class,
                        (params, scope) -> ListParts.of(params.fileId()),
                        (request, scope) ->
                                LimitedListing.of(scope.client().listParts(request, scope.settings()), scope));
            case cancelLargeFile ->
                Row.call(CancelLargeFile.class, (params, scope) -> CancelLargeFile.of(params.fileId()));
            case cancelUnfinishedLargeFiles -> new CancelUnfinishedLargeFilesOperation();
            case cleanUp -> new CleanUpOperation();

            case getDownloadAuthorization ->
                Row.call(GetDownloadAuthorization.class, (params, scope) -> FileRequests.authorization(params))
                        .needs(ID)
                        .answers((token, reply) -> {
                            reply.header(B2Constants.DOWNLOAD_AUTHORIZATION, token.authorizationToken());
                            reply.body(token);
                        });
            case createDownloadLink -> new CreateDownloadLinkOperation();
            case createKey ->
                Row.call(CreateKey.class, KeyRequests::creation).answers((key, reply) -> reply.produced(key));
            case listKeys ->
                Row.of(
                        ListKeys.class,
                        (params, scope) -> ListKeys.of()
                                .withMaxKeyCount(
                                        params.find(Inputs.MAX_FILE_COUNT).orElse(FileRequests.PAGE)),
                        (request, scope) ->
                                LimitedListing.of(scope.client().listKeys(request, scope.settings()), scope));
            case getKey ->
                Row.of(ListKeys.class, (params, scope) -> KeyRequests.one(params), KeyRequests::only)
                        .answers((key, reply) -> reply.found(key));
            case deleteKey ->
                Row.call(DeleteKey.class, (params, scope) -> DeleteKey.of(params.require(Inputs.KEY_ID)))
                        .answers((key, reply) -> reply.produced(key));
        };
    }

    private static NoRequest forgetLogin(NoRequest none, OperationScope scope) {
        scope.client().clearAccountInfo();
        return none;
    }
}
