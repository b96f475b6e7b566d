// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.apache.camel.Exchange;
import org.apache.camel.spi.Metadata;

/**
 * The message headers of {@code b2:}. Their values are data: none is evaluated as an expression.
 *
 * <p>Three kinds, which do not mix: <em>orders</em> are set by the route and written by no step; {@code CamelB2Found…} is
 * what a step found, and {@code CamelB2Produced…} what a step made, changed or deleted: no operation reads either. Only
 * file name and file id are both, and there a value counts as an order if it is another one than was found.
 *
 * <p>An order "for one step" is taken off the message when the step begins, so that it reaches no other, not even where
 * the step fails.
 */
public final class B2Constants {
    // Orders for one step: taken off the message when the step begins, and ahead of everything else.

    @Metadata(
            label = "producer",
            description = "What to do with this message; goes before the option operation. For one step.",
            javaType = "io.github.camelb2.B2Operations")
    public static final String OPERATION = "CamelB2Operation";

    @Metadata(
            label = "producer",
            description = "The bucket to use for this message instead of that of the endpoint. For one step.",
            javaType = "String")
    public static final String OVERRIDE_BUCKET_NAME = "CamelB2OverrideBucketName";

    @Metadata(
            label = "producer",
            description = "The file name to use for this message; goes before the option fileName. For one step.",
            javaType = "String")
    public static final String OVERRIDE_FILE_NAME = "CamelB2OverrideFileName";

    @Metadata(
            label = "producer",
            description = "The id of the version that this message is about, whatever was found before. For one step.",
            javaType = "String")
    public static final String OVERRIDE_FILE_ID = "CamelB2OverrideFileId";

    // Names of files: written by the consumer, and by downloadFile and getFileInfo where nobody else has; an order
    // where the route has set another value.

    @Metadata(
            description =
                    "The full B2 file name. A value that differs from what b2: found is an order, behind the option fileName of the endpoint.",
            javaType = "String")
    public static final String FILE_NAME = "CamelB2FileName";

    @Metadata(
            description =
                    "The id of one version of a file. A value that differs from what b2: found is an order; a found one counts only in its own bucket, and only where the step names no file.",
            javaType = "String")
    public static final String FILE_ID = "CamelB2FileId";

    @Metadata(
            description =
                    "Which files the endpoints of the route have found: how a step tells what was found from what the route has set.",
            javaType = "String")
    public static final String FOUND = "CamelB2Found";

    @Metadata(description = "The bucket of the file in CamelB2FileName. Read by no operation.", javaType = "String")
    public static final String BUCKET_NAME = "CamelB2BucketName";

    @Metadata(description = "The id of that bucket. Read by no operation.", javaType = "String")
    public static final String BUCKET_ID = "CamelB2BucketId";

    @Metadata(
            description = "When the version in CamelB2FileId was uploaded, in ms since 1970. Read by no operation.",
            javaType = "Long")
    public static final String UPLOAD_TIMESTAMP = "CamelB2UploadTimestamp";

    @Metadata(
            description =
                    "What the version in CamelB2FileId is: upload, copy, hide, start or folder. Read by no operation.",
            javaType = "String")
    public static final String ACTION = "CamelB2Action";

    @Metadata(
            description =
                    "How far the version in CamelB2FileId is replicated: PENDING, COMPLETED, FAILED or REPLICA. Read by no operation.",
            javaType = "String")
    public static final String REPLICATION_STATUS = "CamelB2ReplicationStatus";

    @Metadata(
            label = "producer",
            description = "The name of the notification rule to remove. For one step.",
            javaType = "String")
    public static final String NOTIFICATION_RULE_NAME = "CamelB2NotificationRuleName";

    @Metadata(
            label = "producer",
            description =
                    "The name that the replication rule is to have; when not set, the one for the same names and destination, or one made of the destination's name. For one step.",
            javaType = "String")
    public static final String REPLICATION_RULE_NAME = "CamelB2ReplicationRuleName";

    @Metadata(
            label = "producer",
            description =
                    "The name of the component whose account the destination bucket of a replication is in; when not set, it is in the account of the endpoint. For one step.",
            javaType = "String")
    public static final String DESTINATION_COMPONENT = "CamelB2DestinationComponent";

    @Metadata(
            label = "producer",
            description = "Whether files that are there already are replicated, too. For one step.",
            javaType = "Boolean")
    public static final String REPLICATE_EXISTING = "CamelB2ReplicateExisting";

    @Metadata(
            label = "producer",
            description =
                    "For how long the oldest version that is still to be replicated has been there, in ms; 0 when there is none. Read by no operation.",
            javaType = "Long")
    public static final String REPLICATION_LAG = "CamelB2ReplicationLag";

    // Written by the consumer with deliver=event, and read by no operation.

    @Metadata(
            label = "consumer",
            description = "What happened, as B2 writes it: b2:ObjectDeleted:Delete, for example. Read by no operation.",
            javaType = "String")
    public static final String EVENT_TYPE = "CamelB2EventType";

    @Metadata(
            label = "consumer",
            description = "The id of the event, the same each time that B2 sends it. Read by no operation.",
            javaType = "String")
    public static final String EVENT_ID = "CamelB2EventId";

    @Metadata(
            label = "consumer",
            description = "When it happened, in ms since 1970. Read by no operation.",
            javaType = "Long")
    public static final String EVENT_TIMESTAMP = "CamelB2EventTimestamp";

    @Metadata(
            label = "consumer",
            description = "The notification rule of the bucket that sent the event. Read by no operation.",
            javaType = "String")
    public static final String EVENT_RULE = "CamelB2EventRule";

    // Orders about buckets: written by no step.

    @Metadata(
            label = "producer",
            description = "The type that the bucket is to have: allPrivate or allPublic.",
            javaType = "String")
    public static final String BUCKET_TYPE = "CamelB2BucketType";

    @Metadata(
            label = "producer",
            description = "The custom information that the bucket is to have, at most 10 entries.",
            javaType = "Map<String, String>")
    public static final String BUCKET_INFO = "CamelB2BucketInfo";

    @Metadata(
            label = "producer",
            description = "The CORS rules that the bucket is to have: CorsRule, maps, or JSON.",
            javaType = "List<io.github.camelb2.client.model.bucket.CorsRule>")
    public static final String CORS_RULES = "CamelB2CorsRules";

    @Metadata(
            label = "producer",
            description = "The lifecycle rules that the bucket is to have: LifecycleRule, maps, or JSON.",
            javaType = "List<io.github.camelb2.client.model.bucket.LifecycleRule>")
    public static final String LIFECYCLE_RULES = "CamelB2LifecycleRules";

    @Metadata(
            label = "producer",
            description = "Change the bucket only if it still has this revision.",
            javaType = "Integer")
    public static final String BUCKET_REVISION = "CamelB2BucketRevision";

    @Metadata(
            label = "producer",
            description = "Whether files in the bucket can be locked; cannot be taken back.",
            javaType = "Boolean")
    public static final String FILE_LOCK_ENABLED = "CamelB2FileLockEnabled";

    @Metadata(
            label = "producer",
            description = "The retention of new files in the bucket: DefaultRetention, a map, or JSON.",
            javaType = "io.github.camelb2.client.model.protection.DefaultRetention")
    public static final String DEFAULT_RETENTION = "CamelB2DefaultRetention";

    @Metadata(
            label = "producer",
            description = "How new files in the bucket are encrypted: SSE-B2, none, a map, or JSON.",
            javaType = "String")
    public static final String DEFAULT_SERVER_SIDE_ENCRYPTION = "CamelB2DefaultServerSideEncryption";

    @Metadata(
            label = "producer",
            description = "Where files of the bucket are replicated: ReplicationConfiguration, a map, or JSON.",
            javaType = "io.github.camelb2.client.model.bucket.ReplicationConfiguration")
    public static final String REPLICATION_CONFIGURATION = "CamelB2ReplicationConfiguration";

    // Orders about what is stored: written by no step.

    @Metadata(
            label = "producer",
            description = "The bucket to copy to; the bucket of the source when not set. For one step.",
            javaType = "String")
    public static final String DESTINATION_BUCKET_NAME = "CamelB2DestinationBucketName";

    @Metadata(label = "producer", description = "The name of the copy. For one step.", javaType = "String")
    public static final String DESTINATION_FILE_NAME = "CamelB2DestinationFileName";

    @Metadata(
            label = "producer",
            description =
                    "Whether the copy keeps content type and file information of its source (COPY) or gets those of the message (REPLACE). For one step.",
            javaType = "String",
            enums = "COPY,REPLACE")
    public static final String METADATA_DIRECTIVE = "CamelB2MetadataDirective";

    @Metadata(
            label = "producer",
            description = "All custom information that the file is to have.",
            javaType = "Map<String, String>")
    public static final String FILE_INFO = "CamelB2FileInfo";

    @Metadata(label = "producer", description = "The content type that the file is to have.", javaType = "String")
    public static final String CONTENT_TYPE = "CamelB2ContentType";

    @Metadata(
            label = "producer",
            description = "The length in bytes of a stream that does not know it.",
            javaType = "Long")
    public static final String CONTENT_LENGTH = "CamelB2ContentLength";

    @Metadata(
            label = "producer",
            description = "The SHA-1 that the content must have, as 40 hex digits.",
            javaType = "String")
    public static final String CONTENT_SHA1 = "CamelB2ContentSha1";

    @Metadata(
            label = "producer",
            description = "The MD5 that the content must have, as 32 hex digits.",
            javaType = "String")
    public static final String CONTENT_MD5 = "CamelB2ContentMd5";

    @Metadata(
            label = "producer",
            description = "The Content-Disposition that downloads of the file are to answer with.",
            javaType = "String")
    public static final String CONTENT_DISPOSITION = "CamelB2ContentDisposition";

    @Metadata(
            label = "producer",
            description = "The Content-Encoding that downloads of the file are to answer with.",
            javaType = "String")
    public static final String CONTENT_ENCODING = "CamelB2ContentEncoding";

    @Metadata(
            label = "producer",
            description = "The Content-Language that downloads of the file are to answer with.",
            javaType = "String")
    public static final String CONTENT_LANGUAGE = "CamelB2ContentLanguage";

    @Metadata(
            label = "producer",
            description = "The Cache-Control that downloads of the file are to answer with.",
            javaType = "String")
    public static final String CACHE_CONTROL = "CamelB2CacheControl";

    @Metadata(
            label = "producer",
            description = "The Expires that downloads of the file are to answer with, as an HTTP date.",
            javaType = "String")
    public static final String EXPIRES = "CamelB2Expires";

    @Metadata(
            label = "producer",
            description = "When the content was last modified at its source, in ms since 1970.",
            javaType = "Long")
    public static final String LAST_MODIFIED = "CamelB2LastModified";

    @Metadata(
            label = "producer",
            description =
                    "The time of upload that the version is to have, in ms since 1970, for accounts that B2 allows it.",
            javaType = "Long")
    public static final String CUSTOM_UPLOAD_TIMESTAMP = "CamelB2CustomUploadTimestamp";

    @Metadata(
            label = "producer",
            description = "How the file is to be encrypted in B2.",
            javaType = "String",
            enums = "default,SSE-B2,SSE-C")
    public static final String SERVER_SIDE_ENCRYPTION = "CamelB2ServerSideEncryption";

    @Metadata(
            label = "producer",
            description = "The key of SSE-C, 32 bytes in base64. For one step.",
            javaType = "String")
    public static final String CUSTOMER_KEY = "CamelB2CustomerKey";

    @Metadata(
            label = "producer",
            description = "The retention mode that the version is to have: governance, compliance or none.",
            javaType = "String",
            enums = "governance,compliance,none")
    public static final String FILE_RETENTION_MODE = "CamelB2FileRetentionMode";

    @Metadata(
            label = "producer",
            description = "Until when the version is to be retained, in ms since 1970.",
            javaType = "Long")
    public static final String RETAIN_UNTIL = "CamelB2RetainUntil";

    @Metadata(
            label = "producer",
            description = "Whether the version is to be under legal hold: on or off.",
            javaType = "String",
            enums = "on,off")
    public static final String LEGAL_HOLD = "CamelB2LegalHold";

    @Metadata(
            label = "producer",
            description = "Whether a governance retention may be shortened, removed or ignored. For one step.",
            javaType = "Boolean")
    public static final String BYPASS_GOVERNANCE = "CamelB2BypassGovernance";

    // Orders about what is read, listed and deleted: written by no step.

    @Metadata(
            label = "producer",
            description = "The first byte of the range, counted from 0. For one step.",
            javaType = "Long")
    public static final String RANGE_START = "CamelB2RangeStart";

    @Metadata(
            label = "producer",
            description = "The last byte of the range, inclusive. For one step.",
            javaType = "Long")
    public static final String RANGE_END = "CamelB2RangeEnd";

    @Metadata(label = "producer", description = "Only names that start with this. For one step.", javaType = "String")
    public static final String PREFIX = "CamelB2Prefix";

    @Metadata(
            label = "producer",
            description = "Names are listed as folders up to this. For one step.",
            javaType = "String")
    public static final String DELIMITER = "CamelB2Delimiter";

    @Metadata(label = "producer", description = "The first name to list, inclusive. For one step.", javaType = "String")
    public static final String START_FILE_NAME = "CamelB2StartFileName";

    @Metadata(
            label = "producer",
            description =
                    "The first version of that name, or the first unfinished large file, to list, inclusive. For one step.",
            javaType = "String")
    public static final String START_FILE_ID = "CamelB2StartFileId";

    @Metadata(
            label = "producer",
            description =
                    "How many entries one page of a listing asks for, from 1 to 10,000; the listing itself goes on to its end. For one step.",
            javaType = "Integer")
    public static final String MAX_FILE_COUNT = "CamelB2MaxFileCount";

    @Metadata(
            label = "producer",
            description =
                    "The time whose files a listing, a download, a copy or a description is of, as 2026-01-31T08:00:00Z, ms since 1970, or -3d. For one step.",
            javaType = "String")
    public static final String AS_OF = "CamelB2AsOf";

    @Metadata(
            label = "producer",
            description =
                    "Download only what was uploaded after this time, as 2026-01-31T08:00:00Z, ms since 1970, or -3d; else the body is empty and CamelB2FoundOutcome says unchanged. For one step.",
            javaType = "String")
    public static final String IF_MODIFIED_SINCE = "CamelB2IfModifiedSince";

    @Metadata(
            label = "producer",
            description =
                    "Download only what has another SHA-1 than this, as 40 hex digits; else the body is empty and CamelB2FoundOutcome says unchanged. For one step.",
            javaType = "String")
    public static final String IF_SHA1_DIFFERS = "CamelB2IfSha1Differs";

    @Metadata(
            label = "producer",
            description =
                    "What became of a download under a condition: changed, with the content as the body, or unchanged, with an empty body.",
            javaType = "String",
            enums = "changed,unchanged")
    public static final String FOUND_OUTCOME = "CamelB2FoundOutcome";

    @Metadata(
            label = "producer",
            description =
                    "The most entries that a listing answers, behind the filters; pages that nobody needs are not asked for. 0 for all. For one step.",
            javaType = "Integer")
    public static final String LIMIT = "CamelB2Limit";

    @Metadata(
            label = "producer",
            description = "Only unfinished large files that were started longer ago than this. For one step.",
            javaType = "java.time.Duration")
    public static final String OLDER_THAN = "CamelB2OlderThan";

    @Metadata(label = "producer", description = "Only say what would be deleted. For one step.", javaType = "Boolean")
    public static final String DRY_RUN = "CamelB2DryRun";

    @Metadata(
            label = "producer",
            description = "The files to delete: names, or pairs of name and id. For one step.",
            javaType = "List<Object>")
    public static final String FILES_TO_DELETE = "CamelB2FilesToDelete";

    @Metadata(
            label = "producer",
            description =
                    "For how long a link or authorization is good, in ms, from 1 s to 7 days; 1 hour when not set. For one step.",
            javaType = "Long")
    public static final String DOWNLOAD_LINK_EXPIRATION_TIME = "CamelB2DownloadLinkExpirationTime";

    // Orders about application keys: written by no step.

    @Metadata(label = "producer", description = "The name of the application key to make.", javaType = "String")
    public static final String KEY_NAME = "CamelB2KeyName";

    @Metadata(label = "producer", description = "What the application key to make may do.", javaType = "List<String>")
    public static final String KEY_CAPABILITIES = "CamelB2KeyCapabilities";

    @Metadata(
            label = "producer",
            description = "For how long the application key to make is good; for ever when not set.",
            javaType = "java.time.Duration")
    public static final String KEY_VALID_DURATION = "CamelB2KeyValidDuration";

    @Metadata(
            label = "producer",
            description =
                    "The names of the buckets that the application key to make is limited to; goes before the bucket of the endpoint.",
            javaType = "List<String>")
    public static final String KEY_BUCKETS = "CamelB2KeyBuckets";

    @Metadata(label = "producer", description = "The id of the application key to show or delete.", javaType = "String")
    public static final String KEY_ID = "CamelB2KeyId";

    // What a step found of a file: read by no operation.

    @Metadata(description = "The bucket of the found file.", javaType = "String")
    public static final String FOUND_BUCKET_NAME = "CamelB2FoundBucketName";

    @Metadata(description = "The name of the found file.", javaType = "String")
    public static final String FOUND_FILE_NAME = "CamelB2FoundFileName";

    @Metadata(description = "The id of the found version.", javaType = "String")
    public static final String FOUND_FILE_ID = "CamelB2FoundFileId";

    @Metadata(description = "When the found version was uploaded, in ms since 1970.", javaType = "Long")
    public static final String FOUND_UPLOAD_TIMESTAMP = "CamelB2FoundUploadTimestamp";

    @Metadata(description = "What the found version is: upload, copy, hide, start or folder.", javaType = "String")
    public static final String FOUND_ACTION = "CamelB2FoundAction";

    @Metadata(
            description = "How far the found version is replicated: PENDING, COMPLETED, FAILED or REPLICA.",
            javaType = "String")
    public static final String FOUND_REPLICATION_STATUS = "CamelB2FoundReplicationStatus";

    @Metadata(description = "All custom information of the found file.", javaType = "Map<String, String>")
    public static final String FOUND_FILE_INFO = "CamelB2FoundFileInfo";

    @Metadata(description = "The content type of the found file.", javaType = "String")
    public static final String FOUND_CONTENT_TYPE = "CamelB2FoundContentType";

    @Metadata(description = "The size of the found content in bytes; of a range, that of the range.", javaType = "Long")
    public static final String FOUND_CONTENT_LENGTH = "CamelB2FoundContentLength";

    @Metadata(
            description =
                    "The SHA-1 of the whole found file as 40 hex digits, where it is known; also after reading a range of it.",
            javaType = "String")
    public static final String FOUND_CONTENT_SHA1 = "CamelB2FoundContentSha1";

    @Metadata(
            description =
                    "The MD5 of the whole found file as 32 hex digits, where B2 knows it; also after reading a range of it.",
            javaType = "String")
    public static final String FOUND_CONTENT_MD5 = "CamelB2FoundContentMd5";

    @Metadata(description = "The Content-Disposition of the found file.", javaType = "String")
    public static final String FOUND_CONTENT_DISPOSITION = "CamelB2FoundContentDisposition";

    @Metadata(description = "The Content-Encoding of the found file.", javaType = "String")
    public static final String FOUND_CONTENT_ENCODING = "CamelB2FoundContentEncoding";

    @Metadata(description = "The Content-Language of the found file.", javaType = "String")
    public static final String FOUND_CONTENT_LANGUAGE = "CamelB2FoundContentLanguage";

    @Metadata(description = "The Cache-Control of the found file.", javaType = "String")
    public static final String FOUND_CACHE_CONTROL = "CamelB2FoundCacheControl";

    @Metadata(description = "The Expires of the found file, as an HTTP date.", javaType = "String")
    public static final String FOUND_EXPIRES = "CamelB2FoundExpires";

    @Metadata(
            description = "When the found content was last modified at its source, in ms since 1970, where it says so.",
            javaType = "Long")
    public static final String FOUND_LAST_MODIFIED = "CamelB2FoundLastModified";

    @Metadata(description = "How the found file is encrypted in B2.", javaType = "String")
    public static final String FOUND_SERVER_SIDE_ENCRYPTION = "CamelB2FoundServerSideEncryption";

    @Metadata(description = "The retention mode of the found version: governance or compliance.", javaType = "String")
    public static final String FOUND_FILE_RETENTION_MODE = "CamelB2FoundFileRetentionMode";

    @Metadata(description = "Until when the found version is retained, in ms since 1970.", javaType = "Long")
    public static final String FOUND_RETAIN_UNTIL = "CamelB2FoundRetainUntil";

    @Metadata(description = "Whether the found version is under legal hold: on or off.", javaType = "String")
    public static final String FOUND_LEGAL_HOLD = "CamelB2FoundLegalHold";

    // What a step found of a bucket or a key: read by no operation.

    @Metadata(label = "producer", description = "The id of the bucket.", javaType = "String")
    public static final String FOUND_BUCKET_ID = "CamelB2FoundBucketId";

    @Metadata(label = "producer", description = "The type of the bucket.", javaType = "String")
    public static final String FOUND_BUCKET_TYPE = "CamelB2FoundBucketType";

    @Metadata(
            label = "producer",
            description = "The custom information of the bucket.",
            javaType = "Map<String, String>")
    public static final String FOUND_BUCKET_INFO = "CamelB2FoundBucketInfo";

    @Metadata(
            label = "producer",
            description = "The CORS rules of the bucket.",
            javaType = "List<io.github.camelb2.client.model.bucket.CorsRule>")
    public static final String FOUND_CORS_RULES = "CamelB2FoundCorsRules";

    @Metadata(
            label = "producer",
            description = "The lifecycle rules of the bucket.",
            javaType = "List<io.github.camelb2.client.model.bucket.LifecycleRule>")
    public static final String FOUND_LIFECYCLE_RULES = "CamelB2FoundLifecycleRules";

    @Metadata(
            label = "producer",
            description =
                    "The revision of the bucket; set it as CamelB2BucketRevision to change the bucket only if nobody else has.",
            javaType = "Integer")
    public static final String FOUND_BUCKET_REVISION = "CamelB2FoundBucketRevision";

    @Metadata(label = "producer", description = "The id of the application key.", javaType = "String")
    public static final String FOUND_KEY_ID = "CamelB2FoundKeyId";

    @Metadata(label = "producer", description = "The name of the application key.", javaType = "String")
    public static final String FOUND_KEY_NAME = "CamelB2FoundKeyName";

    @Metadata(label = "producer", description = "What the application key may do.", javaType = "List<String>")
    public static final String FOUND_KEY_CAPABILITIES = "CamelB2FoundKeyCapabilities";

    // What a step made, changed or deleted: read by no operation.

    @Metadata(
            label = "producer",
            description =
                    "The bucket of the version that was made or deleted, or the bucket that was made, changed or deleted.",
            javaType = "String")
    public static final String PRODUCED_BUCKET_NAME = "CamelB2ProducedBucketName";

    @Metadata(label = "producer", description = "The id of that bucket.", javaType = "String")
    public static final String PRODUCED_BUCKET_ID = "CamelB2ProducedBucketId";

    @Metadata(
            label = "producer",
            description = "The name of the version that was made or deleted.",
            javaType = "String")
    public static final String PRODUCED_FILE_NAME = "CamelB2ProducedFileName";

    @Metadata(label = "producer", description = "The id of the version that was made or deleted.", javaType = "String")
    public static final String PRODUCED_FILE_ID = "CamelB2ProducedFileId";

    @Metadata(
            label = "producer",
            description = "What the version that was made is: upload, copy or hide.",
            javaType = "String")
    public static final String PRODUCED_ACTION = "CamelB2ProducedAction";

    @Metadata(label = "producer", description = "When the version was made, in ms since 1970.", javaType = "Long")
    public static final String PRODUCED_UPLOAD_TIMESTAMP = "CamelB2ProducedUploadTimestamp";

    @Metadata(label = "producer", description = "The content type of the version that was made.", javaType = "String")
    public static final String PRODUCED_CONTENT_TYPE = "CamelB2ProducedContentType";

    @Metadata(label = "producer", description = "The size in bytes of the version that was made.", javaType = "Long")
    public static final String PRODUCED_CONTENT_LENGTH = "CamelB2ProducedContentLength";

    @Metadata(
            label = "producer",
            description = "The SHA-1 of the version that was made as 40 hex digits, where it is known.",
            javaType = "String")
    public static final String PRODUCED_CONTENT_SHA1 = "CamelB2ProducedContentSha1";

    @Metadata(
            label = "producer",
            description = "The MD5 of the version that was made as 32 hex digits, where B2 knows it.",
            javaType = "String")
    public static final String PRODUCED_CONTENT_MD5 = "CamelB2ProducedContentMd5";

    @Metadata(
            label = "producer",
            description = "How the version that was made is encrypted in B2.",
            javaType = "String")
    public static final String PRODUCED_SERVER_SIDE_ENCRYPTION = "CamelB2ProducedServerSideEncryption";

    @Metadata(
            label = "producer",
            description = "The retention mode of the version that was made: governance or compliance.",
            javaType = "String")
    public static final String PRODUCED_FILE_RETENTION_MODE = "CamelB2ProducedFileRetentionMode";

    @Metadata(
            label = "producer",
            description = "Until when the version that was made is retained, in ms since 1970.",
            javaType = "Long")
    public static final String PRODUCED_RETAIN_UNTIL = "CamelB2ProducedRetainUntil";

    @Metadata(
            label = "producer",
            description = "Whether the version that was made is under legal hold: on or off.",
            javaType = "String")
    public static final String PRODUCED_LEGAL_HOLD = "CamelB2ProducedLegalHold";

    @Metadata(
            label = "producer",
            description = "stored, or ignored where fileExist=Ignore found a file of that name.",
            javaType = "String")
    public static final String PRODUCED_OUTCOME = "CamelB2ProducedOutcome";

    @Metadata(
            label = "producer",
            description = "The type of the bucket that was made, changed or deleted.",
            javaType = "String")
    public static final String PRODUCED_BUCKET_TYPE = "CamelB2ProducedBucketType";

    @Metadata(
            label = "producer",
            description = "The revision of the bucket that was made, changed or deleted.",
            javaType = "Integer")
    public static final String PRODUCED_BUCKET_REVISION = "CamelB2ProducedBucketRevision";

    @Metadata(
            label = "producer",
            description = "The id of the application key that was made or deleted.",
            javaType = "String")
    public static final String PRODUCED_KEY_ID = "CamelB2ProducedKeyId";

    @Metadata(
            label = "producer",
            description = "The name of the application key that was made or deleted.",
            javaType = "String")
    public static final String PRODUCED_KEY_NAME = "CamelB2ProducedKeyName";

    @Metadata(
            label = "producer",
            description = "What the application key that was made or deleted may do.",
            javaType = "List<String>")
    public static final String PRODUCED_KEY_CAPABILITIES = "CamelB2ProducedKeyCapabilities";

    @Metadata(
            label = "producer",
            description = "The link that was made. Whoever has it can read the file. Read by no operation.",
            javaType = "String")
    public static final String DOWNLOAD_LINK = "CamelB2DownloadLink";

    @Metadata(
            label = "producer",
            description =
                    "The download authorization that was made. Whoever has it can read the files under its prefix. Read by no operation.",
            javaType = "String")
    public static final String DOWNLOAD_AUTHORIZATION = "CamelB2DownloadAuthorization";

    @Metadata(
            label = "producer",
            description =
                    "How many messages the file of a streaming upload has; on exchanges that wait for it, and on those of completedUri. Read by no operation.",
            javaType = "Long")
    public static final String STREAMED_MESSAGES = "CamelB2StreamedMessages";

    @Metadata(
            label = "producer",
            description =
                    "How many messages of the file may be in a file for the second time: those that their broker says it has delivered before. Read by no operation.",
            javaType = "Long")
    public static final String STREAMED_REPEATED = "CamelB2StreamedRepeated";

    @Metadata(
            label = "producer",
            description = "What partitionBy gave for the messages of the file. Read by no operation.",
            javaType = "String")
    public static final String STREAMED_PARTITION = "CamelB2StreamedPartition";

    // Camel's own: written by the consumer, and by no operation.

    @Metadata(
            label = "producer",
            description =
                    "As for file: endpoints, a file name that goes before CamelFileName, for one step; behind the option fileName of the endpoint.",
            javaType = "String")
    public static final String CAMEL_OVERRULE_FILE_NAME = Exchange.OVERRULE_FILE_NAME;

    @Metadata(
            description =
                    "The file name that the consumer found, so that a file: endpoint stores under it; it names uploads where nothing else does. A value that the route or another component has set goes before it.",
            javaType = "String")
    public static final String CAMEL_FILE_NAME = Exchange.FILE_NAME;

    @Metadata(description = "The size in bytes that the consumer found. Read by no operation.", javaType = "Long")
    public static final String CAMEL_FILE_LENGTH = Exchange.FILE_LENGTH;

    @Metadata(
            description =
                    "When the content was last modified, in ms since 1970; the upload time when the source did not say. Read by no operation.",
            javaType = "Long")
    public static final String CAMEL_FILE_LAST_MODIFIED = Exchange.FILE_LAST_MODIFIED;

    @Metadata(
            description =
                    "The content type that the consumer found. A value that another component has set is the type of an upload where nothing better is said.",
            javaType = "String")
    public static final String CAMEL_FILE_CONTENT_TYPE = Exchange.FILE_CONTENT_TYPE;

    @Metadata(description = "The same time as CamelFileLastModified. Read by no operation.", javaType = "Long")
    public static final String CAMEL_MESSAGE_TIMESTAMP = Exchange.MESSAGE_TIMESTAMP;

    @Metadata(
            label = "producer",
            description =
                    "The type of an upload where nothing better is said, as data formats and HTTP endpoints set it. Written by no step.",
            javaType = "String")
    public static final String HTTP_CONTENT_TYPE = Exchange.CONTENT_TYPE;

    private B2Constants() {}
}
