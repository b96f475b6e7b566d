package io.github.camelb2;

import org.apache.camel.Exchange;
import org.apache.camel.spi.Metadata;

/**
 * The message headers of {@code b2:}. Their values are data: none is evaluated as an expression.
 *
 * <p>Headers that only say what to do with one message are removed after use, so that they do not reach the next
 * endpoint of the route.
 */
public final class B2Constants {
    @Metadata(
            label = "producer",
            description = "What to do with this message; goes before the option operation.",
            javaType = "io.github.camelb2.B2Operations")
    public static final String OPERATION = "CamelB2Operation";

    @Metadata(description = "The bucket that the file or the answer belongs to.", javaType = "String")
    public static final String BUCKET_NAME = "CamelB2BucketName";

    @Metadata(description = "The id of that bucket.", javaType = "String")
    public static final String BUCKET_ID = "CamelB2BucketId";

    @Metadata(
            label = "producer",
            description = "The bucket to use for this message instead of that of the endpoint. Removed after use.",
            javaType = "String")
    public static final String OVERRIDE_BUCKET_NAME = "CamelB2OverrideBucketName";

    @Metadata(label = "producer", description = "The type of the bucket: allPrivate or allPublic.", javaType = "String")
    public static final String BUCKET_TYPE = "CamelB2BucketType";

    @Metadata(
            label = "producer",
            description = "The custom information of the bucket, at most 10 entries.",
            javaType = "Map<String, String>")
    public static final String BUCKET_INFO = "CamelB2BucketInfo";

    @Metadata(
            label = "producer",
            description = "The CORS rules of the bucket.",
            javaType = "List<io.github.camelb2.client.model.CorsRule>")
    public static final String CORS_RULES = "CamelB2CorsRules";

    @Metadata(
            label = "producer",
            description = "The lifecycle rules of the bucket.",
            javaType = "List<io.github.camelb2.client.model.LifecycleRule>")
    public static final String LIFECYCLE_RULES = "CamelB2LifecycleRules";

    @Metadata(
            label = "producer",
            description =
                    "The revision of the bucket. On the way in: change the bucket only if it still has this revision.",
            javaType = "Integer")
    public static final String BUCKET_REVISION = "CamelB2BucketRevision";

    @Metadata(description = "The full B2 file name. Goes before the option fileName.", javaType = "String")
    public static final String FILE_NAME = "CamelB2FileName";

    @Metadata(description = "The id of one version of a file.", javaType = "String")
    public static final String FILE_ID = "CamelB2FileId";

    @Metadata(
            label = "producer",
            description = "The bucket in which the operation made a file version.",
            javaType = "String")
    public static final String PRODUCED_BUCKET_NAME = "CamelB2ProducedBucketName";

    @Metadata(
            label = "producer",
            description = "The name of the file version that the operation made.",
            javaType = "String")
    public static final String PRODUCED_FILE_NAME = "CamelB2ProducedFileName";

    @Metadata(
            label = "producer",
            description = "The bucket to copy to; the bucket of the source when not set. Removed after use.",
            javaType = "String")
    public static final String DESTINATION_BUCKET_NAME = "CamelB2DestinationBucketName";

    @Metadata(label = "producer", description = "The name of the copy. Removed after use.", javaType = "String")
    public static final String DESTINATION_FILE_NAME = "CamelB2DestinationFileName";

    @Metadata(
            label = "producer",
            description =
                    "Whether the copy keeps content type and file information of its source (COPY) or gets those of the message (REPLACE). Removed after use.",
            javaType = "String",
            enums = "COPY,REPLACE")
    public static final String METADATA_DIRECTIVE = "CamelB2MetadataDirective";

    @Metadata(description = "All custom information of the file.", javaType = "Map<String, String>")
    public static final String FILE_INFO = "CamelB2FileInfo";

    @Metadata(description = "The content type of the file.", javaType = "String")
    public static final String CONTENT_TYPE = "CamelB2ContentType";

    @Metadata(
            description =
                    "The size of the content in bytes. On the way in: the length of a stream that does not know it.",
            javaType = "Long")
    public static final String CONTENT_LENGTH = "CamelB2ContentLength";

    @Metadata(
            description = "The SHA-1 of the content as 40 hex digits. On the way in: what the content must have.",
            javaType = "String")
    public static final String CONTENT_SHA1 = "CamelB2ContentSha1";

    @Metadata(
            description =
                    "The MD5 of the content as 32 hex digits, where B2 knows it. On the way in: what the content must have.",
            javaType = "String")
    public static final String CONTENT_MD5 = "CamelB2ContentMd5";

    @Metadata(description = "The Content-Disposition that downloads of the file answer with.", javaType = "String")
    public static final String CONTENT_DISPOSITION = "CamelB2ContentDisposition";

    @Metadata(description = "The Content-Encoding that downloads of the file answer with.", javaType = "String")
    public static final String CONTENT_ENCODING = "CamelB2ContentEncoding";

    @Metadata(description = "The Content-Language that downloads of the file answer with.", javaType = "String")
    public static final String CONTENT_LANGUAGE = "CamelB2ContentLanguage";

    @Metadata(description = "The Cache-Control that downloads of the file answer with.", javaType = "String")
    public static final String CACHE_CONTROL = "CamelB2CacheControl";

    @Metadata(description = "The Expires that downloads of the file answer with, as an HTTP date.", javaType = "String")
    public static final String EXPIRES = "CamelB2Expires";

    @Metadata(description = "When the content was last modified at its source, in ms since 1970.", javaType = "Long")
    public static final String LAST_MODIFIED = "CamelB2LastModified";

    @Metadata(description = "When the version was uploaded, in ms since 1970.", javaType = "Long")
    public static final String UPLOAD_TIMESTAMP = "CamelB2UploadTimestamp";

    @Metadata(description = "What the version is: upload, copy, hide, start or folder.", javaType = "String")
    public static final String ACTION = "CamelB2Action";

    @Metadata(
            description = "How far the version is replicated: PENDING, COMPLETED, FAILED or REPLICA.",
            javaType = "String")
    public static final String REPLICATION_STATUS = "CamelB2ReplicationStatus";

    @Metadata(
            description = "How the file is encrypted in B2; goes before the option serverSideEncryption.",
            javaType = "String",
            enums = "none,SSE-B2,SSE-C")
    public static final String SERVER_SIDE_ENCRYPTION = "CamelB2ServerSideEncryption";

    @Metadata(
            label = "producer",
            description =
                    "The key of SSE-C, 32 bytes in base64; goes before the option customerKey. Removed after use.",
            javaType = "String")
    public static final String CUSTOMER_KEY = "CamelB2CustomerKey";

    @Metadata(
            description = "The retention mode of the version: governance, compliance or none.",
            javaType = "String",
            enums = "governance,compliance,none")
    public static final String FILE_RETENTION_MODE = "CamelB2FileRetentionMode";

    @Metadata(description = "Until when the version is retained, in ms since 1970.", javaType = "Long")
    public static final String RETAIN_UNTIL = "CamelB2RetainUntil";

    @Metadata(
            description = "Whether the version is under legal hold: on or off.",
            javaType = "String",
            enums = "on,off")
    public static final String LEGAL_HOLD = "CamelB2LegalHold";

    @Metadata(
            label = "producer",
            description = "Whether a governance retention may be shortened, removed or ignored. Removed after use.",
            javaType = "Boolean")
    public static final String BYPASS_GOVERNANCE = "CamelB2BypassGovernance";

    @Metadata(
            label = "producer",
            description = "The first byte of the range, counted from 0. Removed after use.",
            javaType = "Long")
    public static final String RANGE_START = "CamelB2RangeStart";

    @Metadata(
            label = "producer",
            description = "The last byte of the range, inclusive. Removed after use.",
            javaType = "Long")
    public static final String RANGE_END = "CamelB2RangeEnd";

    @Metadata(
            label = "producer",
            description = "Only names that start with this; goes before the option prefix. Removed after use.",
            javaType = "String")
    public static final String PREFIX = "CamelB2Prefix";

    @Metadata(
            label = "producer",
            description =
                    "Names are listed as folders up to this; goes before the option delimiter. Removed after use.",
            javaType = "String")
    public static final String DELIMITER = "CamelB2Delimiter";

    @Metadata(
            label = "producer",
            description = "The first name to list, inclusive. Removed after use.",
            javaType = "String")
    public static final String START_FILE_NAME = "CamelB2StartFileName";

    @Metadata(
            label = "producer",
            description =
                    "The first version of that name, or the first unfinished large file, to list, inclusive. Removed after use.",
            javaType = "String")
    public static final String START_FILE_ID = "CamelB2StartFileId";

    @Metadata(
            label = "producer",
            description =
                    "How many entries one page of a listing asks for, from 1 to 10,000; the listing itself goes on to its end. Removed after use.",
            javaType = "Integer")
    public static final String MAX_FILE_COUNT = "CamelB2MaxFileCount";

    @Metadata(
            label = "producer",
            description = "Only unfinished large files that were started longer ago than this. Removed after use.",
            javaType = "java.time.Duration")
    public static final String OLDER_THAN = "CamelB2OlderThan";

    @Metadata(
            label = "producer",
            description = "Only say what would be deleted. Removed after use.",
            javaType = "Boolean")
    public static final String DRY_RUN = "CamelB2DryRun";

    @Metadata(
            label = "producer",
            description = "The files to delete: names, or pairs of name and id. Removed after use.",
            javaType = "List<Object>")
    public static final String FILES_TO_DELETE = "CamelB2FilesToDelete";

    @Metadata(
            label = "producer",
            description =
                    "For how long a link or authorization is good, in ms, from 1 s to 7 days; 1 hour when not set. Removed after use.",
            javaType = "Long")
    public static final String DOWNLOAD_LINK_EXPIRATION_TIME = "CamelB2DownloadLinkExpirationTime";

    @Metadata(
            label = "producer",
            description = "The link that was made. Whoever has it can read the file.",
            javaType = "String")
    public static final String DOWNLOAD_LINK = "CamelB2DownloadLink";

    @Metadata(
            label = "producer",
            description =
                    "The download authorization that was made. Whoever has it can read the files under its prefix.",
            javaType = "String")
    public static final String DOWNLOAD_AUTHORIZATION = "CamelB2DownloadAuthorization";

    @Metadata(label = "producer", description = "The name of the application key.", javaType = "String")
    public static final String KEY_NAME = "CamelB2KeyName";

    @Metadata(label = "producer", description = "What the application key may do.", javaType = "List<String>")
    public static final String KEY_CAPABILITIES = "CamelB2KeyCapabilities";

    @Metadata(
            label = "producer",
            description = "For how long the application key is good; for ever when not set.",
            javaType = "java.time.Duration")
    public static final String KEY_VALID_DURATION = "CamelB2KeyValidDuration";

    @Metadata(label = "producer", description = "The id of the application key.", javaType = "String")
    public static final String KEY_ID = "CamelB2KeyId";

    @Metadata(
            description =
                    "The B2 file name, so that a file: endpoint stores under it. Read when neither CamelB2FileName nor the option fileName is set.",
            javaType = "String")
    public static final String CAMEL_FILE_NAME = Exchange.FILE_NAME;

    @Metadata(description = "The size of the content in bytes.", javaType = "Long")
    public static final String CAMEL_FILE_LENGTH = Exchange.FILE_LENGTH;

    @Metadata(
            description =
                    "When the content was last modified, in ms since 1970; the upload time when the source did not say.",
            javaType = "Long")
    public static final String CAMEL_FILE_LAST_MODIFIED = Exchange.FILE_LAST_MODIFIED;

    @Metadata(description = "The content type of the file.", javaType = "String")
    public static final String CAMEL_FILE_CONTENT_TYPE = Exchange.FILE_CONTENT_TYPE;

    @Metadata(description = "The same time as CamelFileLastModified.", javaType = "Long")
    public static final String CAMEL_MESSAGE_TIMESTAMP = Exchange.MESSAGE_TIMESTAMP;

    private B2Constants() {}
}
