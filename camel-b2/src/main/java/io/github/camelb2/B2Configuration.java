package io.github.camelb2;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.AccountInfoRepository;
import io.github.camelb2.client.api.ClientListener;

/**
 * All options of a {@code b2:} endpoint, and of the component, which hands a copy of its own to each endpoint.
 *
 * <p>Sizes are texts, because Camel would bind {@code 100m} to a number as a duration. {@link #toString()} shows no
 * secret. Not thread-safe: it is filled before the endpoint starts, and only read from then on.
 */
@UriParams
@Configurer
public class B2Configuration implements Cloneable {
    @UriPath
    @Metadata(required = true)
    private String bucketName = "*";

    @UriParam(label = "security")
    private @Nullable String applicationKeyId;

    @UriParam(label = "security", secret = true)
    private @Nullable String applicationKey;

    @UriParam(label = "common", defaultValue = "production")
    private @Nullable String realm;

    @UriParam(label = "common,advanced")
    @Metadata(autowired = true)
    private @Nullable AccountInfoRepository accountInfoRepository;

    @UriParam(label = "advanced")
    @Metadata(autowired = true)
    private @Nullable B2Client b2Client;

    @UriParam(label = "advanced")
    @Metadata(autowired = true)
    private @Nullable ClientListener clientListener;

    @UriParam(label = "security")
    private boolean useDefaultCredentials;

    @UriParam(label = "common")
    private boolean autoCreateBucket;

    @UriParam(label = "common", defaultValue = "allPrivate", enums = "allPrivate,allPublic")
    private String bucketType = "allPrivate";

    @UriParam(label = "common")
    private @Nullable String fileName;

    @UriParam(label = "common")
    private @Nullable String prefix;

    @UriParam(label = "common")
    private @Nullable String delimiter;

    @UriParam(label = "producer", defaultValue = "uploadFile")
    private B2Operations operation = B2Operations.uploadFile;

    @UriParam(label = "producer", defaultValue = "b2/x-auto")
    private String contentType = "b2/x-auto";

    @UriParam(label = "producer,advanced", defaultValue = "auto")
    private String partSize = "auto";

    @UriParam(label = "producer,advanced", defaultValue = "4")
    private int maxConcurrency = 4;

    @UriParam(label = "producer")
    private boolean deleteAfterWrite;

    @UriParam(label = "producer,advanced")
    private boolean pojoRequest;

    @UriParam(label = "producer,advanced", defaultValue = "true")
    private boolean resumeLargeFiles = true;

    @UriParam(label = "producer,security", defaultValue = "none", enums = "none,SSE-B2,SSE-C")
    private String serverSideEncryption = "none";

    @UriParam(label = "producer,security", secret = true)
    private @Nullable String customerKey;

    @UriParam(label = "producer")
    private @Nullable String localWorkDirectory;

    @UriParam(label = "consumer", defaultValue = "latest")
    private IncludeVersions includeVersions = IncludeVersions.latest;

    @UriParam(label = "consumer")
    private boolean includeHidden;

    @UriParam(label = "consumer", defaultValue = "true")
    private boolean includeBody = true;

    @UriParam(label = "consumer")
    private boolean ignoreBody;

    @UriParam(label = "consumer")
    private boolean includeFolders;

    @UriParam(label = "consumer,filter")
    private @Nullable String include;

    @UriParam(label = "consumer,filter")
    private @Nullable String exclude;

    @UriParam(label = "consumer,filter")
    private @Nullable String antInclude;

    @UriParam(label = "consumer,filter")
    private @Nullable String antExclude;

    @UriParam(label = "consumer", defaultValue = "100")
    private int maxMessagesPerPoll = 100;

    @UriParam(label = "consumer,advanced")
    private @Nullable IdempotentRepository idempotentRepository;

    @UriParam(label = "consumer,advanced")
    private @Nullable String idempotentKey;

    @UriParam(label = "consumer,advanced")
    private @Nullable IdempotentRepository inProgressRepository;

    @UriParam(label = "consumer")
    private boolean deleteAfterRead;

    @UriParam(label = "consumer")
    private boolean hideAfterRead;

    @UriParam(label = "consumer")
    private boolean moveAfterRead;

    @UriParam(label = "consumer")
    private @Nullable String destinationBucket;

    @UriParam(label = "consumer")
    private @Nullable String destinationBucketPrefix;

    @UriParam(label = "consumer")
    private @Nullable String destinationBucketSuffix;

    @UriParam(label = "consumer")
    private boolean removePrefixOnMove;

    @UriParam(label = "consumer")
    private @Nullable String moveFailed;

    @UriParam(label = "consumer")
    private @Nullable String doneFileName;

    @UriParam(label = "consumer", defaultValue = "beginning")
    private String startFrom = "beginning";

    @UriParam(label = "consumer,advanced")
    private boolean notifications;

    @UriParam(label = "consumer,advanced")
    private @Nullable String notificationUrl;

    @UriParam(label = "consumer,advanced,security", secret = true)
    private @Nullable String notificationSecret;

    @UriParam(label = "advanced", defaultValue = "https")
    private String httpComponent = "https";

    @UriParam(label = "advanced", defaultValue = "900000", javaType = "java.time.Duration")
    private long retryTimeout = 900_000;

    @UriParam(label = "advanced", defaultValue = "1000", javaType = "java.time.Duration")
    private long initialBackoff = 1_000;

    @UriParam(label = "advanced", defaultValue = "64000", javaType = "java.time.Duration")
    private long maxBackoff = 64_000;

    @UriParam(label = "advanced", defaultValue = "120000", javaType = "java.time.Duration")
    private long requestTimeout = 120_000;

    /** An independent copy; beans that options refer to are shared. */
    public B2Configuration copy() {
        try {
            return (B2Configuration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getBucketName() {
        return bucketName;
    }

    /** The name of the bucket. Operations on the account need none: write an asterisk. */
    public void setBucketName(String bucketName) {
        this.bucketName = bucketName;
    }

    public @Nullable String getApplicationKeyId() {
        return applicationKeyId;
    }

    /** The id of the application key that everything is done with. Not a secret. */
    public void setApplicationKeyId(@Nullable String applicationKeyId) {
        this.applicationKeyId = applicationKeyId;
    }

    public @Nullable String getApplicationKey() {
        return applicationKey;
    }

    /**
     * The secret of the application key. Set it on the component, through a property placeholder there, or by
     * useDefaultCredentials, rather than in an endpoint URI.
     */
    public void setApplicationKey(@Nullable String applicationKey) {
        this.applicationKey = applicationKey;
    }

    public @Nullable String getRealm() {
        return realm;
    }

    /**
     * Which B2 service to log in to: production, or the URL of another one, for example of a local B2 service.
     */
    public void setRealm(@Nullable String realm) {
        this.realm = realm;
    }

    public @Nullable AccountInfoRepository getAccountInfoRepository() {
        return accountInfoRepository;
    }

    /** Where the login is kept, so that others can share it. In memory when not set. Refer to a bean. */
    public void setAccountInfoRepository(@Nullable AccountInfoRepository accountInfoRepository) {
        this.accountInfoRepository = accountInfoRepository;
    }

    public @Nullable B2Client getB2Client() {
        return b2Client;
    }

    /** A client to use instead of making one of the key; the component neither configures nor closes it. */
    public void setB2Client(@Nullable B2Client b2Client) {
        this.b2Client = b2Client;
    }

    public @Nullable ClientListener getClientListener() {
        return clientListener;
    }

    /**
     * Hears of requests, retries and the progress of transfers, the latter at most once per percent or second of each.
     * Refer to a bean.
     */
    public void setClientListener(@Nullable ClientListener clientListener) {
        this.clientListener = clientListener;
    }

    public boolean isUseDefaultCredentials() {
        return useDefaultCredentials;
    }

    /**
     * Whether to take the key from the environment variables B2_APPLICATION_KEY_ID and B2_APPLICATION_KEY, and
     * else from the account file of the b2 command line tool, whose realm wins unless realm is set.
     */
    public void setUseDefaultCredentials(boolean useDefaultCredentials) {
        this.useDefaultCredentials = useDefaultCredentials;
    }

    public boolean isAutoCreateBucket() {
        return autoCreateBucket;
    }

    /** Whether to create the bucket of the endpoint when it does not exist yet. */
    public void setAutoCreateBucket(boolean autoCreateBucket) {
        this.autoCreateBucket = autoCreateBucket;
    }

    public String getBucketType() {
        return bucketType;
    }

    /**
     * The type of a bucket that is created: allPrivate, or allPublic, which lets everybody download its files.
     */
    public void setBucketType(String bucketType) {
        this.bucketType = bucketType;
    }

    public @Nullable String getFileName() {
        return fileName;
    }

    /**
     * The B2 file name; may be a Simple expression. The header CamelB2FileName goes first; without either, the
     * header CamelFileName counts.
     */
    public void setFileName(@Nullable String fileName) {
        this.fileName = fileName;
    }

    public @Nullable String getPrefix() {
        return prefix;
    }

    /**
     * Only file names that start with this are listed or consumed. Nothing is prepended to the names of uploads.
     */
    public void setPrefix(@Nullable String prefix) {
        this.prefix = prefix;
    }

    public @Nullable String getDelimiter() {
        return delimiter;
    }

    /**
     * Names that go on after the first such character behind the prefix are listed as one folder instead. Usually
     * a slash.
     */
    public void setDelimiter(@Nullable String delimiter) {
        this.delimiter = delimiter;
    }

    public B2Operations getOperation() {
        return operation;
    }

    /** What the producer does. The header CamelB2Operation goes first. */
    public void setOperation(B2Operations operation) {
        this.operation = operation;
    }

    public String getContentType() {
        return contentType;
    }

    /** The content type of uploads; b2/x-auto lets B2 tell it by the extension of the file name. */
    public void setContentType(String contentType) {
        this.contentType = contentType;
    }

    public String getPartSize() {
        return partSize;
    }

    /**
     * The size of the parts of a large file, as 100MB, 100MiB or a plain number of bytes, from 5MB to 5GB. With
     * auto, parts and ranges are chosen so that all connections work until the end.
     */
    public void setPartSize(String partSize) {
        this.partSize = partSize;
    }

    public int getMaxConcurrency() {
        return maxConcurrency;
    }

    /** How many parts or ranges of one file are in flight at a time, from 1 to 100. */
    public void setMaxConcurrency(int maxConcurrency) {
        this.maxConcurrency = maxConcurrency;
    }

    public boolean isDeleteAfterWrite() {
        return deleteAfterWrite;
    }

    /** Whether to delete the local file of the body after B2 has confirmed that it is stored. */
    public void setDeleteAfterWrite(boolean deleteAfterWrite) {
        this.deleteAfterWrite = deleteAfterWrite;
    }

    public boolean isPojoRequest() {
        return pojoRequest;
    }

    /** Whether the body is the request record of the operation, instead of headers and options. */
    public void setPojoRequest(boolean pojoRequest) {
        this.pojoRequest = pojoRequest;
    }

    public boolean isResumeLargeFiles() {
        return resumeLargeFiles;
    }

    /** Whether an upload looks for an unfinished large file of the same name and content and finishes it. */
    public void setResumeLargeFiles(boolean resumeLargeFiles) {
        this.resumeLargeFiles = resumeLargeFiles;
    }

    public String getServerSideEncryption() {
        return serverSideEncryption;
    }

    /**
     * How B2 encrypts what is stored: none leaves it to the default of the bucket, SSE-B2 uses keys of Backblaze,
     * SSE-C the key in customerKey.
     */
    public void setServerSideEncryption(String serverSideEncryption) {
        this.serverSideEncryption = serverSideEncryption;
    }

    public @Nullable String getCustomerKey() {
        return customerKey;
    }

    /** The key of SSE-C: 32 bytes in base64. B2 does not keep it: without it the file cannot be read. */
    public void setCustomerKey(@Nullable String customerKey) {
        this.customerKey = customerKey;
    }

    public @Nullable String getLocalWorkDirectory() {
        return localWorkDirectory;
    }

    /**
     * Downloads go to files below this directory, and the body becomes the file. No file name escapes it. Without
     * it the body is a stream from B2.
     */
    public void setLocalWorkDirectory(@Nullable String localWorkDirectory) {
        this.localWorkDirectory = localWorkDirectory;
    }

    public IncludeVersions getIncludeVersions() {
        return includeVersions;
    }

    /** Whether to consume the latest version of each file, or all versions. */
    public void setIncludeVersions(IncludeVersions includeVersions) {
        this.includeVersions = includeVersions;
    }

    public boolean isIncludeHidden() {
        return includeHidden;
    }

    /** Whether to consume hide markers as well, as messages without a body. */
    public void setIncludeHidden(boolean includeHidden) {
        this.includeHidden = includeHidden;
    }

    public boolean isIncludeBody() {
        return includeBody;
    }

    /**
     * Whether the message body is the content of the file, read from B2 when it is needed, or else the description
     * of the file.
     */
    public void setIncludeBody(boolean includeBody) {
        this.includeBody = includeBody;
    }

    public boolean isIgnoreBody() {
        return ignoreBody;
    }

    /** Whether the message has no body at all; nothing is downloaded. Overrides includeBody. */
    public void setIgnoreBody(boolean ignoreBody) {
        this.ignoreBody = ignoreBody;
    }

    public boolean isIncludeFolders() {
        return includeFolders;
    }

    /**
     * Whether to consume files that only stand for a folder: those whose name ends with a slash or with .bzEmpty.
     */
    public void setIncludeFolders(boolean includeFolders) {
        this.includeFolders = includeFolders;
    }

    public @Nullable String getInclude() {
        return include;
    }

    /** Only file names that match this regular expression as a whole are consumed. */
    public void setInclude(@Nullable String include) {
        this.include = include;
    }

    public @Nullable String getExclude() {
        return exclude;
    }

    /** File names that match this regular expression as a whole are not consumed. */
    public void setExclude(@Nullable String exclude) {
        this.exclude = exclude;
    }

    public @Nullable String getAntInclude() {
        return antInclude;
    }

    /** Only file names that match one of these Ant patterns, separated by commas, are consumed. */
    public void setAntInclude(@Nullable String antInclude) {
        this.antInclude = antInclude;
    }

    public @Nullable String getAntExclude() {
        return antExclude;
    }

    /** File names that match one of these Ant patterns, separated by commas, are not consumed. */
    public void setAntExclude(@Nullable String antExclude) {
        this.antExclude = antExclude;
    }

    public int getMaxMessagesPerPoll() {
        return maxMessagesPerPoll;
    }

    /** The most files consumed by one poll; the next poll goes on where it stopped. 0 is no limit. */
    public void setMaxMessagesPerPoll(int maxMessagesPerPoll) {
        this.maxMessagesPerPoll = maxMessagesPerPoll;
    }

    public @Nullable IdempotentRepository getIdempotentRepository() {
        return idempotentRepository;
    }

    /** Remembers what was consumed. When not set: in memory, for 100,000 keys. Refer to a bean. */
    public void setIdempotentRepository(@Nullable IdempotentRepository idempotentRepository) {
        this.idempotentRepository = idempotentRepository;
    }

    public @Nullable String getIdempotentKey() {
        return idempotentKey;
    }

    /**
     * A Simple expression for the key under which a file is remembered as consumed. The file id when not set.
     */
    public void setIdempotentKey(@Nullable String idempotentKey) {
        this.idempotentKey = idempotentKey;
    }

    public @Nullable IdempotentRepository getInProgressRepository() {
        return inProgressRepository;
    }

    /**
     * Remembers what is being consumed, so that no file is consumed twice at the same time. In memory when not
     * set. Refer to a bean.
     */
    public void setInProgressRepository(@Nullable IdempotentRepository inProgressRepository) {
        this.inProgressRepository = inProgressRepository;
    }

    public boolean isDeleteAfterRead() {
        return deleteAfterRead;
    }

    /** Whether to delete the version that was consumed, after the route succeeded. */
    public void setDeleteAfterRead(boolean deleteAfterRead) {
        this.deleteAfterRead = deleteAfterRead;
    }

    public boolean isHideAfterRead() {
        return hideAfterRead;
    }

    /** Whether to hide the file that was consumed, after the route succeeded. Its versions stay. */
    public void setHideAfterRead(boolean hideAfterRead) {
        this.hideAfterRead = hideAfterRead;
    }

    public boolean isMoveAfterRead() {
        return moveAfterRead;
    }

    /**
     * Whether to copy the version that was consumed to destinationBucket and delete it here, after the route
     * succeeded.
     */
    public void setMoveAfterRead(boolean moveAfterRead) {
        this.moveAfterRead = moveAfterRead;
    }

    public @Nullable String getDestinationBucket() {
        return destinationBucket;
    }

    /** The bucket that moveAfterRead moves to. */
    public void setDestinationBucket(@Nullable String destinationBucket) {
        this.destinationBucket = destinationBucket;
    }

    public @Nullable String getDestinationBucketPrefix() {
        return destinationBucketPrefix;
    }

    /** Put before the file name by moveAfterRead. */
    public void setDestinationBucketPrefix(@Nullable String destinationBucketPrefix) {
        this.destinationBucketPrefix = destinationBucketPrefix;
    }

    public @Nullable String getDestinationBucketSuffix() {
        return destinationBucketSuffix;
    }

    /** Put after the file name by moveAfterRead. */
    public void setDestinationBucketSuffix(@Nullable String destinationBucketSuffix) {
        this.destinationBucketSuffix = destinationBucketSuffix;
    }

    public boolean isRemovePrefixOnMove() {
        return removePrefixOnMove;
    }

    /**
     * Whether moveAfterRead takes the prefix of the endpoint off the file name before destinationBucketPrefix is
     * put in its place.
     */
    public void setRemovePrefixOnMove(boolean removePrefixOnMove) {
        this.removePrefixOnMove = removePrefixOnMove;
    }

    public @Nullable String getMoveFailed() {
        return moveFailed;
    }

    /** The prefix, in the same bucket, that a file is moved to when the route failed. */
    public void setMoveFailed(@Nullable String moveFailed) {
        this.moveFailed = moveFailed;
    }

    public @Nullable String getDoneFileName() {
        return doneFileName;
    }

    /** Consume a file only when this file exists as well; may hold ${file:name} and ${file:name.noext}. */
    public void setDoneFileName(@Nullable String doneFileName) {
        this.doneFileName = doneFileName;
    }

    public String getStartFrom() {
        return startFrom;
    }

    /**
     * Where a consumer without memory starts: beginning, now, or an instant such as 2026-01-31T00:00:00Z. Files
     * uploaded before are not consumed.
     */
    public void setStartFrom(String startFrom) {
        this.startFrom = startFrom;
    }

    public boolean isNotifications() {
        return notifications;
    }

    /** Whether to learn of new files by event notifications of B2 in addition to polling. */
    public void setNotifications(boolean notifications) {
        this.notifications = notifications;
    }

    public @Nullable String getNotificationUrl() {
        return notificationUrl;
    }

    /** The address, as B2 sees it, where event notifications arrive. */
    public void setNotificationUrl(@Nullable String notificationUrl) {
        this.notificationUrl = notificationUrl;
    }

    public @Nullable String getNotificationSecret() {
        return notificationSecret;
    }

    /** The secret that event notifications are signed with: 32 letters and digits. */
    public void setNotificationSecret(@Nullable String notificationSecret) {
        this.notificationSecret = notificationSecret;
    }

    public String getHttpComponent() {
        return httpComponent;
    }

    /** The name of the Camel HTTP component whose TLS, proxy and timeout settings are used. */
    public void setHttpComponent(String httpComponent) {
        this.httpComponent = httpComponent;
    }

    public long getRetryTimeout() {
        return retryTimeout;
    }

    /** The time after which a call is not tried again, counted from its first try. */
    public void setRetryTimeout(long retryTimeout) {
        this.retryTimeout = retryTimeout;
    }

    public long getInitialBackoff() {
        return initialBackoff;
    }

    /** The first wait before a call is tried again; it doubles each time. */
    public void setInitialBackoff(long initialBackoff) {
        this.initialBackoff = initialBackoff;
    }

    public long getMaxBackoff() {
        return maxBackoff;
    }

    /** The longest wait before a call is tried again, unless B2 asks for a longer one. */
    public void setMaxBackoff(long maxBackoff) {
        this.maxBackoff = maxBackoff;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    /**
     * How long a request waits for its answer, or for the service to take its next bytes, before it counts as lost;
     * copies and the finish of a large file wait at least 20 minutes.
     */
    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    @Override
    public String toString() {
        return "B2Configuration[bucketName=" + bucketName + ", applicationKeyId=" + applicationKeyId + ", realm="
                + realm + ", operation=" + operation + "]";
    }
}
