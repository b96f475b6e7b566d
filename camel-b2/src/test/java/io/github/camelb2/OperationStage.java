// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.call.NotificationCalls.GetBucketNotificationRules;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.emulator.B2Emulator;

import static org.awaitility.Awaitility.await;

/**
 * A bucket that holds something for every operation to work on, and for every operation a message with all that it
 * needs. Tests of bad input start from that message and spoil one thing.
 */
public final class OperationStage {
    /** The key of {@link #ENCRYPTED}, in base64. */
    public static final String CUSTOMER_KEY = "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2U=";

    public static final String WEBHOOK_SECRET = "0123456789abcdefghijABCDEFGHIJ12";

    public static final String FILE = "docs/a.txt";
    public static final String HIDDEN = "docs/hidden.txt";
    public static final String ENCRYPTED = "docs/secret.txt";
    public static final String ABSENT = "docs/absent.txt";

    /** What B2 refuses in a key that is limited to buckets. */
    private static final Set<String> ACCOUNT_LEVEL =
            Set.of("listKeys", "writeKeys", "deleteKeys", "writeBuckets", "deleteBuckets", "listAllBucketNames");

    private static final String CONTENT = "0123456789";

    private final B2Emulator b2;
    private final B2Client master;
    private final String bucket;
    private final String bucketId;
    private final String emptyBucket;
    private final String otherBucket;
    private final FileVersion file;
    private final FileVersion encrypted;
    private final FileVersion unfinished;
    private final FileVersion gone;
    private final ApplicationKey key;

    /** Prepares the bucket; no bucket of that name, or of one that begins so, exists yet. */
    public OperationStage(B2Emulator b2, B2Client master, String bucket) {
        this.b2 = b2;
        this.master = master;
        this.bucket = bucket;
        this.emptyBucket = bucket + "-empty";
        this.bucketId = createBucket(bucket);
        createBucket(emptyBucket);
        this.otherBucket = bucket + "-other";
        createBucket(otherBucket);
        this.file = upload(UploadFile.of(bucket, FILE));
        this.encrypted = upload(UploadFile.of(bucket, ENCRYPTED)
                .withServerSideEncryption(Encryption.sseC(Base64.getDecoder().decode(CUSTOMER_KEY))));
        this.gone = upload(UploadFile.of(bucket, ABSENT));
        master.call(DeleteFileVersion.of(ABSENT, gone.fileId()));
        upload(UploadFile.of(bucket, HIDDEN));
        b2.state().hide(bucket, HIDDEN);
        this.unfinished = master.call(StartLargeFile.of(bucketId, "docs/big", "text/plain"));
        this.key = master.call(CreateKey.of(List.of(Capability.READ_FILES), "some-key"));
    }

    private String createBucket(String name) {
        return master.call(CreateBucket.of(name, BucketType.ALL_PRIVATE).withFileLockEnabled(true))
                .bucketId();
    }

    private FileVersion upload(UploadFile request) {
        return master.upload(
                request,
                UploadSources.bytes(CONTENT.getBytes(StandardCharsets.UTF_8)),
                TransferOptions.DEFAULT,
                CallSettings.DEFAULT);
    }

    public String bucket() {
        return bucket;
    }

    /** A bucket that no message is about. */
    public String otherBucket() {
        return otherBucket;
    }

    public FileVersion file() {
        return file;
    }

    public FileVersion encrypted() {
        return encrypted;
    }

    /** The id of a version that was deleted. */
    public String idOfNothing() {
        return gone.fileId();
    }

    /** A key that may do all that the master key may, but what is named, everywhere. */
    public ApplicationKey keyWithout(String capability) {
        // Whoever may list the names of all buckets may list them.
        return master.call(CreateKey.of(
                capabilities(it -> !it.equals(capability) && !it.equals("listAllBucketNames")), "test-key"));
    }

    /** A key that may do all that a restricted key may, for names of a bucket that start so. */
    public ApplicationKey keyFor(String bucketName, String namePrefix) {
        CreateKey request = CreateKey.of(capabilities(it -> !ACCOUNT_LEVEL.contains(it)), "test-key")
                .withBucketIds(List.of(b2.state().bucketId(bucketName).orElseThrow()));
        return master.call(namePrefix.isEmpty() ? request : request.withNamePrefix(namePrefix));
    }

    private List<Capability> capabilities(Predicate<String> wanted) {
        return master.accountInfo().allowed().capabilities().stream()
                .filter(it -> wanted.test(it.name()))
                .toList();
    }

    /** All that an operation could have changed. */
    public List<Object> snapshot() {
        // An upload that was cut off has its bytes there until the service notices.
        await().pollDelay(Duration.ZERO).until(() -> b2.state().temporaryFiles() == 0);
        List<Object> all = new ArrayList<>(b2.state().buckets());
        all.add(master.getBucket(bucket, CallSettings.DEFAULT));
        master.listFileVersions(ListFileVersions.of(bucketId), CallSettings.DEFAULT)
                .forEachRemaining(all::add);
        master.listUnfinishedLargeFiles(ListUnfinishedLargeFiles.of(bucketId), CallSettings.DEFAULT)
                .forEachRemaining(all::add);
        all.add(b2.state().parts(unfinished.fileId()));
        all.add(b2.state().contentFiles());
        all.add(master.call(GetBucketNotificationRules.of(bucketId)));
        master.listKeys(ListKeys.of(), CallSettings.DEFAULT).forEachRemaining(all::add);
        return all;
    }

    /** A message with all that the operation needs; sent to a {@code b2:} endpoint, it succeeds. */
    public Message message(B2Operations operation) {
        Message message = new Message(operation, bucket, "", "body", Map.of());
        return switch (operation) {
            case authorizeAccount, getAccountInfo, clearAccountInfo, listBuckets, listKeys -> message.in("*");
            case getBucket, bucketExists, getBucketNotificationRules -> message;
            case createBucket ->
                message.with(B2Constants.OVERRIDE_BUCKET_NAME, bucket + "-new")
                        .with(B2Constants.BUCKET_INFO, Map.of("team", "a"));
            case updateBucket -> message.with(B2Constants.BUCKET_INFO, Map.of("team", "b"));
            case deleteBucket -> message.in(emptyBucket);
            case setBucketNotificationRules -> message.withBody(List.of(rule()));
            case putBucketNotificationRule -> message.withBody(rule());
            case removeBucketNotificationRule -> message.with(B2Constants.NOTIFICATION_RULE_NAME, "some-rule");
            case setupReplication -> message.with(B2Constants.DESTINATION_BUCKET_NAME, otherBucket);
            case getReplicationStatus -> message.with(B2Constants.PREFIX, "docs/");
            case uploadFile -> message.with(B2Constants.FILE_NAME, "docs/new.txt");
            case downloadFile, getFileInfo, fileExists, hideFile, createDownloadLink, deleteAllFileVersions ->
                message.with(B2Constants.FILE_NAME, FILE);
            case listFileNames, listFileVersions, listUnfinishedLargeFiles, getDownloadAuthorization ->
                message.with(B2Constants.PREFIX, "docs/");
            case copyFile ->
                message.with(B2Constants.FILE_NAME, FILE).with(B2Constants.DESTINATION_FILE_NAME, "docs/copy.txt");
            case concatenateFiles ->
                message.with(B2Constants.FILE_NAME, "docs/joined.txt")
                        .withBody(List.of("some text, ", new FileId(file.fileId(), FILE)));
            case appendFile -> message.with(B2Constants.FILE_NAME, FILE);
            case updateFileInfo ->
                message.with(B2Constants.FILE_NAME, FILE).with(B2Constants.FILE_INFO, Map.of("team", "a"));
            case unhideFile -> message.with(B2Constants.FILE_NAME, HIDDEN);
            case deleteFileVersion -> version(message);
            case deleteFiles -> message.with(B2Constants.FILES_TO_DELETE, List.of(FILE));
            case updateFileRetention ->
                version(message)
                        .with(B2Constants.FILE_RETENTION_MODE, "governance")
                        .with(
                                B2Constants.RETAIN_UNTIL,
                                Instant.now().plus(Duration.ofDays(1)).toEpochMilli());
            case updateFileLegalHold -> version(message).with(B2Constants.LEGAL_HOLD, "on");
            case listParts, cancelLargeFile -> message.in("*").with(B2Constants.FILE_ID, unfinished.fileId());
            case cancelUnfinishedLargeFiles ->
                message.with(B2Constants.OLDER_THAN, Duration.ZERO).with(B2Constants.PREFIX, "docs/");
            case cleanUp ->
                message.with(B2Constants.OLDER_THAN, Duration.ofHours(1)).with(B2Constants.PREFIX, "docs/");
            case createKey ->
                message.with(B2Constants.KEY_NAME, "new-key")
                        .with(B2Constants.KEY_CAPABILITIES, "readFiles,listFiles")
                        .with(B2Constants.PREFIX, "docs/");
            case getKey, deleteKey -> message.in("*").with(B2Constants.KEY_ID, key.applicationKeyId());
        };
    }

    private Message version(Message message) {
        return message.with(B2Constants.FILE_NAME, FILE).with(B2Constants.FILE_ID, file.fileId());
    }

    private static NotificationRule rule() {
        return NotificationRule.of(
                "new-files",
                List.of("b2:ObjectCreated:*"),
                NotificationRule.Target.webhook("https://example.com/hook", WEBHOOK_SECRET));
    }

    /**
     * A message to an endpoint.
     *
     * @param options what the endpoint is given beside the bucket: {@code a=b&c=d}
     * @param headers what the message has beside the operation
     */
    public record Message(
            B2Operations operation, String bucket, String options, Object body, Map<String, Object> headers) {

        public Message in(String newBucket) {
            return new Message(operation, newBucket, options, body, headers);
        }

        public Message withBody(Object newBody) {
            return new Message(operation, bucket, options, newBody, headers);
        }

        public Message with(String header, Object value) {
            Map<String, Object> more = new HashMap<>(headers);
            more.put(header, value);
            return new Message(operation, bucket, options, body, more);
        }

        public Message without(String header) {
            Map<String, Object> fewer = new HashMap<>(headers);
            fewer.remove(header);
            return new Message(operation, bucket, options, body, fewer);
        }

        /** The same with another value, if it has that header. */
        public Message replacing(String header, Object value) {
            return headers.containsKey(header) ? with(header, value) : this;
        }

        public Message withOptions(String newOptions) {
            return new Message(operation, bucket, newOptions, body, headers);
        }

        /** The endpoint logs in with that key. */
        public Message by(ApplicationKey key) {
            return withOptions(
                    "applicationKeyId=" + key.applicationKeyId() + "&applicationKey=RAW(" + key.applicationKey() + ")");
        }

        public String uri() {
            return "b2:" + bucket + "?operation=" + operation + (options.isEmpty() ? "" : "&" + options);
        }
    }
}
