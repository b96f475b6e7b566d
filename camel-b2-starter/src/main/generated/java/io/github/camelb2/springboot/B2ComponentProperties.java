package io.github.camelb2.springboot;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What is set of {@code camel.component.b2.*}. Made from the metadata of the component: see GeneratedFilesTest. */
@ConfigurationProperties("camel.component.b2")
public class B2ComponentProperties extends OptionProperties {
    @Override
    Set<String> options() {
        return Set.of(
                "accountInfoRepository",
                "acknowledge",
                "antExclude",
                "antInclude",
                "applicationKey",
                "applicationKeyId",
                "asOf",
                "autoCreateBucket",
                "autowiredEnabled",
                "b2Client",
                "batchMessageNumber",
                "batchSize",
                "bodyHoldTimeout",
                "bodyIdleTimeout",
                "bridgeErrorHandler",
                "bucketType",
                "checkpoint",
                "clientLinger",
                "clientListener",
                "completedUri",
                "compression",
                "configuration",
                "connectTimeout",
                "contentType",
                "customerKey",
                "deleteAfterRead",
                "deleteAfterWrite",
                "delimiter",
                "deliver",
                "destinationBucket",
                "destinationBucketPrefix",
                "destinationBucketSuffix",
                "doneFileName",
                "downloadAuthorization",
                "downloadUrl",
                "dryRun",
                "eventDirectory",
                "eventTypes",
                "exclude",
                "fileExist",
                "fileName",
                "fsync",
                "healthCheckConsumerEnabled",
                "healthCheckProducerEnabled",
                "hideAfterRead",
                "httpComponent",
                "idempotentKey",
                "idempotentRepository",
                "ifModifiedSince",
                "ifSha1Differs",
                "ignoreBody",
                "inProgressRepository",
                "include",
                "includeBody",
                "includeFolders",
                "includeHidden",
                "includeOwn",
                "includeVersions",
                "initialBackoff",
                "largeFileSha1",
                "lazyStartProducer",
                "limit",
                "localWorkDirectory",
                "lostUpload",
                "maxAge",
                "maxBackoff",
                "maxBytesPerSecond",
                "maxConcurrency",
                "maxConnections",
                "maxMessagesPerPoll",
                "maxOpenFiles",
                "maxSize",
                "memoryName",
                "minAge",
                "minSize",
                "moveAfterRead",
                "moveFailed",
                "namingStrategy",
                "notificationSecret",
                "notificationUrl",
                "notifications",
                "onlyVersions",
                "operation",
                "order",
                "partSize",
                "partitionBy",
                "pojoRequest",
                "prefix",
                "realm",
                "removePrefixOnMove",
                "requestTimeout",
                "restartingPolicy",
                "resumeLargeFiles",
                "retryTimeout",
                "separator",
                "serverSideEncryption",
                "spoolDirectory",
                "spoolMaxBytes",
                "startFrom",
                "startFromFileName",
                "streamMemory",
                "streamMemoryTotal",
                "streamingUploadMode",
                "streamingUploadTimeout",
                "timestampGroupingEnabled",
                "timestampHeaderName",
                "timestampWindowSizeMillis",
                "useDefaultCredentials",
                "verifyChecksum");
    }

    @Override
    Set<String> secrets() {
        return Set.of("applicationKey", "customerKey", "downloadAuthorization", "notificationSecret");
    }

    public @Nullable Boolean getAutoCreateBucket() {
        return get("autoCreateBucket", Boolean.class);
    }

    /** Whether to create the bucket of the endpoint when it does not exist yet. */
    public void setAutoCreateBucket(@Nullable Boolean value) {
        set("autoCreateBucket", value);
    }

    public @Nullable String getBucketType() {
        return get("bucketType", String.class);
    }

    /** The type of a bucket that is created: allPrivate, or allPublic, which lets everybody download its files. */
    public void setBucketType(@Nullable String value) {
        set("bucketType", value);
    }

    public @Nullable String getConfiguration() {
        return get("configuration", String.class);
    }

    /** The options that all endpoints start from; an endpoint's own options go before them. */
    public void setConfiguration(@Nullable String value) {
        set("configuration", value);
    }

    public @Nullable String getDelimiter() {
        return get("delimiter", String.class);
    }

    /** Names that go on after the first such character behind the prefix are listed as one folder instead. Usually a slash. */
    public void setDelimiter(@Nullable String value) {
        set("delimiter", value);
    }

    public @Nullable String getFileName() {
        return get("fileName", String.class);
    }

    /** The B2 file name; may be a Simple expression. The header CamelB2FileName goes first; without either, the header CamelFileName counts. */
    public void setFileName(@Nullable String value) {
        set("fileName", value);
    }

    public @Nullable String getLocalWorkDirectory() {
        return get("localWorkDirectory", String.class);
    }

    /** Downloads go to files below this directory, and the body becomes the file. No file name escapes it. Without it the body is a stream from B2. A consumer downloads before its exchange begins, and deletes the file when nobody can read it any more. */
    public void setLocalWorkDirectory(@Nullable String value) {
        set("localWorkDirectory", value);
    }

    public @Nullable String getPrefix() {
        return get("prefix", String.class);
    }

    /** Only file names that start with this are listed or consumed. Nothing is prepended to the names of uploads. */
    public void setPrefix(@Nullable String value) {
        set("prefix", value);
    }

    public @Nullable String getRealm() {
        return get("realm", String.class);
    }

    /** Which B2 service to log in to: production, or the URL of another one, for example of a local B2 service. */
    public void setRealm(@Nullable String value) {
        set("realm", value);
    }

    public @Nullable String getAccountInfoRepository() {
        return get("accountInfoRepository", String.class);
    }

    /** Where the login is kept, so that others can share it. In memory when not set. Refer to a bean. */
    public void setAccountInfoRepository(@Nullable String value) {
        set("accountInfoRepository", value);
    }

    public @Nullable String getBodyIdleTimeout() {
        return get("bodyIdleTimeout", String.class);
    }

    /** How long a body that is read from B2 holds its connection while nobody reads. After that time it gives the connection back, and the next reading goes on at the same byte. */
    public void setBodyIdleTimeout(@Nullable String value) {
        set("bodyIdleTimeout", value);
    }

    public @Nullable String getDownloadUrl() {
        return get("downloadUrl", String.class);
    }

    /** The address that files are read from, and links lead to, instead of the account's own: a host in front of it, as of a CDN, which gets the token of the login. Without any key, files are read by name from here, and nothing else works. */
    public void setDownloadUrl(@Nullable String value) {
        set("downloadUrl", value);
    }

    public @Nullable String getFsync() {
        return get("fsync", String.class);
    }

    /** Whether a download to disk is forced there before its file gets its name, so that a loss of power leaves no empty or half file of that name. auto and always: yes; never: the operating system writes it when it likes. */
    public void setFsync(@Nullable String value) {
        set("fsync", value);
    }

    public @Nullable String getMaxBytesPerSecond() {
        return get("maxBytesPerSecond", String.class);
    }

    /** How many bytes of content go in a second, uploads and downloads together, shared by all transfers of endpoints that say the same for the same account: 2MB, off, or a timetable as 08:00,2MB 18:00,20MB 23:00,off by the clock of the machine, or of a time zone written before it, as Europe/Berlin 08:00,2MB. */
    public void setMaxBytesPerSecond(@Nullable String value) {
        set("maxBytesPerSecond", value);
    }

    public @Nullable String getStreamMemory() {
        return get("streamMemory", String.class);
    }

    /** The most bytes of one stream that are kept in memory, instead of a temporary file, as 1MiB or 0. */
    public void setStreamMemory(@Nullable String value) {
        set("streamMemory", value);
    }

    public @Nullable String getStreamMemoryTotal() {
        return get("streamMemoryTotal", String.class);
    }

    /** The most bytes of all streams of a client that are kept in memory at a time, as 64MiB or 0. */
    public void setStreamMemoryTotal(@Nullable String value) {
        set("streamMemoryTotal", value);
    }

    public @Nullable String getVerifyChecksum() {
        return get("verifyChecksum", String.class);
    }

    /** What a download does whose content has another SHA-1 than is known of the file, also when it is fetched again. strict: it fails; warn: it succeeds, and a warning in the log names both; off: nothing is compared. */
    public void setVerifyChecksum(@Nullable String value) {
        set("verifyChecksum", value);
    }

    public @Nullable Boolean getBridgeErrorHandler() {
        return get("bridgeErrorHandler", Boolean.class);
    }

    /** Allows for bridging the consumer to the Camel routing Error Handler, which mean any exceptions (if possible) occurred while the Camel consumer is trying to pickup incoming messages, or the likes, will now be processed as a message and handled by the routing Error Handler. Important: This is only possible if the 3rd party component allows Camel to be alerted if an exception was thrown. Some components handle this internally only, and therefore bridgeErrorHandler is not possible. In other situations we may improve the Camel component to hook into the 3rd party component and make this possible for future releases. By default the consumer will use the org.apache.camel.spi.ExceptionHandler to deal with exceptions, that will be logged at WARN or ERROR level and ignored. */
    public void setBridgeErrorHandler(@Nullable Boolean value) {
        set("bridgeErrorHandler", value);
    }

    public @Nullable Boolean getDeleteAfterRead() {
        return get("deleteAfterRead", Boolean.class);
    }

    /** Whether to delete the version that was consumed, after the route succeeded. */
    public void setDeleteAfterRead(@Nullable Boolean value) {
        set("deleteAfterRead", value);
    }

    public io.github.camelb2.@Nullable Deliver getDeliver() {
        return get("deliver", io.github.camelb2.Deliver.class);
    }

    /** What a message is: version delivers new versions, which polls find; event delivers the events that B2 sends, without a listing and as they are, those of deletions included. Needs notificationSecret, and notificationUrl or a rule of your own. */
    public void setDeliver(io.github.camelb2.@Nullable Deliver value) {
        set("deliver", value);
    }

    public @Nullable String getDestinationBucket() {
        return get("destinationBucket", String.class);
    }

    /** The bucket that moveAfterRead moves to. */
    public void setDestinationBucket(@Nullable String value) {
        set("destinationBucket", value);
    }

    public @Nullable String getDestinationBucketPrefix() {
        return get("destinationBucketPrefix", String.class);
    }

    /** Put before the file name by moveAfterRead. */
    public void setDestinationBucketPrefix(@Nullable String value) {
        set("destinationBucketPrefix", value);
    }

    public @Nullable String getDestinationBucketSuffix() {
        return get("destinationBucketSuffix", String.class);
    }

    /** Put after the file name by moveAfterRead. */
    public void setDestinationBucketSuffix(@Nullable String value) {
        set("destinationBucketSuffix", value);
    }

    public @Nullable String getDoneFileName() {
        return get("doneFileName", String.class);
    }

    /** Consume a file only when this file exists as well; may hold ${file:name} and ${file:name.noext}. */
    public void setDoneFileName(@Nullable String value) {
        set("doneFileName", value);
    }

    public @Nullable String getEventTypes() {
        return get("eventTypes", String.class);
    }

    /** Which events are delivered with deliver=event, with commas between them: all (when not set), created, hidden, deleted, replicated, or types as B2 writes them, such as b2:ObjectCreated:Upload. */
    public void setEventTypes(@Nullable String value) {
        set("eventTypes", value);
    }

    public @Nullable Boolean getHideAfterRead() {
        return get("hideAfterRead", Boolean.class);
    }

    /** Whether to hide the file that was consumed, after the route succeeded. Its versions stay. */
    public void setHideAfterRead(@Nullable Boolean value) {
        set("hideAfterRead", value);
    }

    public @Nullable Boolean getIgnoreBody() {
        return get("ignoreBody", Boolean.class);
    }

    /** Whether the message has no body at all; nothing is downloaded. Overrides includeBody. */
    public void setIgnoreBody(@Nullable Boolean value) {
        set("ignoreBody", value);
    }

    public @Nullable Boolean getIncludeBody() {
        return get("includeBody", Boolean.class);
    }

    /** Whether the message body is the content of the file, read from B2 when it is needed, or else the description of the file. */
    public void setIncludeBody(@Nullable Boolean value) {
        set("includeBody", value);
    }

    public @Nullable Boolean getIncludeFolders() {
        return get("includeFolders", Boolean.class);
    }

    /** Whether to consume files that only stand for a folder: those whose name ends with a slash or with .bzEmpty. */
    public void setIncludeFolders(@Nullable Boolean value) {
        set("includeFolders", value);
    }

    public @Nullable Boolean getIncludeHidden() {
        return get("includeHidden", Boolean.class);
    }

    /** Whether to consume hide markers as well, as messages without a body. */
    public void setIncludeHidden(@Nullable Boolean value) {
        set("includeHidden", value);
    }

    public @Nullable Boolean getIncludeOwn() {
        return get("includeOwn", Boolean.class);
    }

    /** Whether to consume also what exchanges of this consumer have stored in its bucket, as a route does that puts work back into its own queue. Without it a route that stores where it consumes does not feed itself. */
    public void setIncludeOwn(@Nullable Boolean value) {
        set("includeOwn", value);
    }

    public io.github.camelb2.@Nullable IncludeVersions getIncludeVersions() {
        return get("includeVersions", io.github.camelb2.IncludeVersions.class);
    }

    /** Whether to consume the latest version of each file, or all versions. */
    public void setIncludeVersions(io.github.camelb2.@Nullable IncludeVersions value) {
        set("includeVersions", value);
    }

    public @Nullable Integer getMaxMessagesPerPoll() {
        return get("maxMessagesPerPoll", Integer.class);
    }

    /** The most files consumed by one poll; the next poll goes on where it stopped. 0 is no limit. */
    public void setMaxMessagesPerPoll(@Nullable Integer value) {
        set("maxMessagesPerPoll", value);
    }

    public @Nullable Boolean getMoveAfterRead() {
        return get("moveAfterRead", Boolean.class);
    }

    /** Whether to copy the version that was consumed to destinationBucket and delete it here, after the route succeeded. */
    public void setMoveAfterRead(@Nullable Boolean value) {
        set("moveAfterRead", value);
    }

    public @Nullable String getMoveFailed() {
        return get("moveFailed", String.class);
    }

    /** The prefix, in the same bucket, that a file is moved to when the route failed. */
    public void setMoveFailed(@Nullable String value) {
        set("moveFailed", value);
    }

    public io.github.camelb2.@Nullable SweepOrder getOrder() {
        return get("order", io.github.camelb2.SweepOrder.class);
    }

    /** The order in which what one sweep finds is delivered: name delivers page by page as B2 lists it; uploadTime reads the whole listing first, sorts what is new on the disk, and delivers the oldest upload first. */
    public void setOrder(io.github.camelb2.@Nullable SweepOrder value) {
        set("order", value);
    }

    public @Nullable Boolean getRemovePrefixOnMove() {
        return get("removePrefixOnMove", Boolean.class);
    }

    /** Whether moveAfterRead takes the prefix of the endpoint off the file name before destinationBucketPrefix is put in its place. */
    public void setRemovePrefixOnMove(@Nullable Boolean value) {
        set("removePrefixOnMove", value);
    }

    public @Nullable String getStartFrom() {
        return get("startFrom", String.class);
    }

    /** Where a consumer without memory starts: beginning, now, or an instant such as 2026-01-31T00:00:00Z. Files uploaded before are not consumed. */
    public void setStartFrom(@Nullable String value) {
        set("startFrom", value);
    }

    public @Nullable String getStartFromFileName() {
        return get("startFromFileName", String.class);
    }

    /** The first file name that is consumed, in the order of B2 (UTF-8 bytes): what sorts before it is neither listed nor consumed. No file of that name need exist. */
    public void setStartFromFileName(@Nullable String value) {
        set("startFromFileName", value);
    }

    public @Nullable String getBodyHoldTimeout() {
        return get("bodyHoldTimeout", String.class);
    }

    /** How long, after the exchange that a body was made for has ended, a version is kept from being deleted, moved or hidden because somebody else can still read its body (an aggregation, a wire tap). After that time it stays as it is and is delivered again. */
    public void setBodyHoldTimeout(@Nullable String value) {
        set("bodyHoldTimeout", value);
    }

    public @Nullable String getCheckpoint() {
        return get("checkpoint", String.class);
    }

    /** Keeps where the sweep through the bucket is, so that it goes on there after a restart or a kill, for buckets that take long to list. Refer to a bean, such as a JdbcConsumedRepository or a FileStateRepository. */
    public void setCheckpoint(@Nullable String value) {
        set("checkpoint", value);
    }

    public @Nullable String getEventDirectory() {
        return get("eventDirectory", String.class);
    }

    /** A directory of this consumer alone. When set, B2 is answered as soon as its events are stored there, and they are delivered from there, after a restart too; otherwise when their exchanges have completed. For routes that need longer than the three seconds that B2 waits. */
    public void setEventDirectory(@Nullable String value) {
        set("eventDirectory", value);
    }

    public @Nullable String getIdempotentKey() {
        return get("idempotentKey", String.class);
    }

    /** A Simple expression for the key under which a file is remembered as consumed. The file id when not set. */
    public void setIdempotentKey(@Nullable String value) {
        set("idempotentKey", value);
    }

    public @Nullable String getIdempotentRepository() {
        return get("idempotentRepository", String.class);
    }

    /** Remembers what was consumed. When not set: in memory, for 100,000 keys. Refer to a bean. */
    public void setIdempotentRepository(@Nullable String value) {
        set("idempotentRepository", value);
    }

    public @Nullable String getInProgressRepository() {
        return get("inProgressRepository", String.class);
    }

    /** Remembers what is being consumed, so that no file is consumed twice at the same time. In memory when not set. Refer to a bean. */
    public void setInProgressRepository(@Nullable String value) {
        set("inProgressRepository", value);
    }

    public @Nullable String getMemoryName() {
        return get("memoryName", String.class);
    }

    /** The name of the memory that is used without idempotentRepository. One with a name lasts as long as the Camel context and is shared by all consumers that name it, so that a route that is loaded anew consumes nothing again; without a name the memory ends with the endpoint. */
    public void setMemoryName(@Nullable String value) {
        set("memoryName", value);
    }

    public @Nullable Boolean getNotifications() {
        return get("notifications", Boolean.class);
    }

    /** Whether to learn of new files by event notifications of B2 in addition to polling. */
    public void setNotifications(@Nullable Boolean value) {
        set("notifications", value);
    }

    public @Nullable String getNotificationUrl() {
        return get("notificationUrl", String.class);
    }

    /** The address, as B2 sees it, where event notifications arrive. */
    public void setNotificationUrl(@Nullable String value) {
        set("notificationUrl", value);
    }

    public @Nullable String getContentType() {
        return get("contentType", String.class);
    }

    /** The content type of uploads; b2/x-auto lets B2 tell it by the extension of the file name. */
    public void setContentType(@Nullable String value) {
        set("contentType", value);
    }

    public @Nullable Boolean getDeleteAfterWrite() {
        return get("deleteAfterWrite", Boolean.class);
    }

    /** Whether to delete the local file of the body after B2 has confirmed that it is stored. */
    public void setDeleteAfterWrite(@Nullable Boolean value) {
        set("deleteAfterWrite", value);
    }

    public @Nullable Boolean getDryRun() {
        return get("dryRun", Boolean.class);
    }

    /** Whether deleteFiles, deleteAllFileVersions, cancelUnfinishedLargeFiles and cleanUp only say what they would delete. */
    public void setDryRun(@Nullable Boolean value) {
        set("dryRun", value);
    }

    public io.github.camelb2.@Nullable FileExist getFileExist() {
        return get("fileExist", io.github.camelb2.FileExist.class);
    }

    /** What uploads and copies do where there is a file of that name: Override stores another version, Fail fails, Ignore stores nothing and says so in the header CamelB2ProducedOutcome. B2 has no condition: it is looked first, then stored, and who stores in between is not seen. */
    public void setFileExist(io.github.camelb2.@Nullable FileExist value) {
        set("fileExist", value);
    }

    public @Nullable String getIfModifiedSince() {
        return get("ifModifiedSince", String.class);
    }

    /** downloadFile reads only what was uploaded after this time: 2026-01-31T08:00:00Z, ms since 1970, or before now, as -1d. Else the body is empty. */
    public void setIfModifiedSince(@Nullable String value) {
        set("ifModifiedSince", value);
    }

    public @Nullable String getIfSha1Differs() {
        return get("ifSha1Differs", String.class);
    }

    /** downloadFile reads only what has another SHA-1 than these 40 hex digits. Else the body is empty. */
    public void setIfSha1Differs(@Nullable String value) {
        set("ifSha1Differs", value);
    }

    public @Nullable Boolean getLazyStartProducer() {
        return get("lazyStartProducer", Boolean.class);
    }

    /** Whether the producer should be started lazy (on the first message). By starting lazy you can use this to allow CamelContext and routes to startup in situations where a producer may otherwise fail during starting and cause the route to fail being started. By deferring this startup to be lazy then the startup failure can be handled during routing messages via Camel's routing error handlers. Beware that when the first message is processed then creating and starting the producer may take a little time and prolong the total processing time of the processing. */
    public void setLazyStartProducer(@Nullable Boolean value) {
        set("lazyStartProducer", value);
    }

    public @Nullable Integer getLimit() {
        return get("limit", Integer.class);
    }

    /** The most entries that a listing answers, behind the filters; pages that nobody needs are not asked for. 0 for all. */
    public void setLimit(@Nullable Integer value) {
        set("limit", value);
    }

    public io.github.camelb2.@Nullable OnlyVersions getOnlyVersions() {
        return get("onlyVersions", io.github.camelb2.OnlyVersions.class);
    }

    /** Which versions of a name deleteFiles deletes: all, or only the old ones, whose name has a newer version. */
    public void setOnlyVersions(io.github.camelb2.@Nullable OnlyVersions value) {
        set("onlyVersions", value);
    }

    public io.github.camelb2.@Nullable B2Operations getOperation() {
        return get("operation", io.github.camelb2.B2Operations.class);
    }

    /** What the producer does. The header CamelB2Operation goes first. */
    public void setOperation(io.github.camelb2.@Nullable B2Operations value) {
        set("operation", value);
    }

    public @Nullable String getLargeFileSha1() {
        return get("largeFileSha1", String.class);
    }

    /** When a large file is given the SHA-1 of the whole, which B2 does not compute and every later download is checked against. auto: a file, path or byte array is read once more before it is sent; always: a stream goes to disk as a whole first; never: only when it is known beforehand. */
    public void setLargeFileSha1(@Nullable String value) {
        set("largeFileSha1", value);
    }

    public @Nullable String getLostUpload() {
        return get("lostUpload", String.class);
    }

    /** What an upload in one piece does whose answer was lost. lookUp: one listing looks for what it stored, and it is sent again only if it is not there; repeat: it is sent again, which may store it twice; fail: it fails. */
    public void setLostUpload(@Nullable String value) {
        set("lostUpload", value);
    }

    public @Nullable String getMaxConcurrency() {
        return get("maxConcurrency", String.class);
    }

    /** How many parts or ranges of one file are in flight at a time, from 1 to 100. With auto they begin with 10, become more (up to 64) while that moves more, and fewer when B2 is busy. */
    public void setMaxConcurrency(@Nullable String value) {
        set("maxConcurrency", value);
    }

    public @Nullable String getPartSize() {
        return get("partSize", String.class);
    }

    /** The size of the parts of a large file, as 100MB, 100MiB or a plain number of bytes, from 5MB to 5GB. With auto, parts and ranges are chosen so that all connections work until the end. */
    public void setPartSize(@Nullable String value) {
        set("partSize", value);
    }

    public @Nullable Boolean getPojoRequest() {
        return get("pojoRequest", Boolean.class);
    }

    /** Whether the body is the request record of the operation, instead of headers and options. */
    public void setPojoRequest(@Nullable Boolean value) {
        set("pojoRequest", value);
    }

    public @Nullable Boolean getResumeLargeFiles() {
        return get("resumeLargeFiles", Boolean.class);
    }

    /** Whether an upload looks for an unfinished large file of the same name and content and finishes it. */
    public void setResumeLargeFiles(@Nullable Boolean value) {
        set("resumeLargeFiles", value);
    }

    public @Nullable Boolean getAutowiredEnabled() {
        return get("autowiredEnabled", Boolean.class);
    }

    /** Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked as autowired) by looking up in the registry to find if there is a single instance of matching type, which then gets configured on the component. This can be used for automatic configuring JDBC data sources, JMS connection factories, AWS Clients, etc. */
    public void setAutowiredEnabled(@Nullable Boolean value) {
        set("autowiredEnabled", value);
    }

    public @Nullable String getB2Client() {
        return get("b2Client", String.class);
    }

    /** A client to use instead of making one; the component neither configures nor closes it. On the component it counts, as the only client of the registry does, where neither component nor endpoint names a key. */
    public void setB2Client(@Nullable String value) {
        set("b2Client", value);
    }

    public @Nullable String getClientLinger() {
        return get("clientLinger", String.class);
    }

    /** How long login, upload URLs and connections are kept when no endpoint uses them any more, so that the next one finds them: endpoints may be made for each message. 0 closes them at once. */
    public void setClientLinger(@Nullable String value) {
        set("clientLinger", value);
    }

    public @Nullable String getClientListener() {
        return get("clientListener", String.class);
    }

    /** Hears of requests, retries and the progress of transfers, the latter at most once per percent or second of each. Refer to a bean. */
    public void setClientListener(@Nullable String value) {
        set("clientListener", value);
    }

    public @Nullable String getConnectTimeout() {
        return get("connectTimeout", String.class);
    }

    /** How long one try waits for a free connection, for a new connection to be made, and for its TLS handshake, each. */
    public void setConnectTimeout(@Nullable String value) {
        set("connectTimeout", value);
    }

    public @Nullable String getHttpComponent() {
        return get("httpComponent", String.class);
    }

    /** The name of the Camel HTTP component whose TLS, proxy and timeout settings are used. */
    public void setHttpComponent(@Nullable String value) {
        set("httpComponent", value);
    }

    public @Nullable String getInitialBackoff() {
        return get("initialBackoff", String.class);
    }

    /** The first wait before a call is tried again; it doubles each time. */
    public void setInitialBackoff(@Nullable String value) {
        set("initialBackoff", value);
    }

    public @Nullable String getMaxBackoff() {
        return get("maxBackoff", String.class);
    }

    /** The longest wait before a call is tried again, unless B2 asks for a longer one. */
    public void setMaxBackoff(@Nullable String value) {
        set("maxBackoff", value);
    }

    public @Nullable Integer getMaxConnections() {
        return get("maxConnections", Integer.class);
    }

    /** The most connections to one host of the service. With 0 there are as many as 16 files at a time make use of with maxConcurrency, and at least 64. Endpoints that share a client have the largest number that one of them asks for. */
    public void setMaxConnections(@Nullable Integer value) {
        set("maxConnections", value);
    }

    public @Nullable String getRequestTimeout() {
        return get("requestTimeout", String.class);
    }

    /** How long a request waits for its answer, or for the service to take its next bytes, before it counts as lost; copies and the finish of a large file wait at least 20 minutes. */
    public void setRequestTimeout(@Nullable String value) {
        set("requestTimeout", value);
    }

    public @Nullable String getRetryTimeout() {
        return get("retryTimeout", String.class);
    }

    /** The time after which a call is not tried again, counted from its first try. */
    public void setRetryTimeout(@Nullable String value) {
        set("retryTimeout", value);
    }

    public @Nullable String getAntExclude() {
        return get("antExclude", String.class);
    }

    /** File names that match one of these Ant patterns, separated by commas, are not consumed, listed or deleted. */
    public void setAntExclude(@Nullable String value) {
        set("antExclude", value);
    }

    public @Nullable String getAntInclude() {
        return get("antInclude", String.class);
    }

    /** Only file names that match one of these Ant patterns, separated by commas, are consumed, listed or deleted. */
    public void setAntInclude(@Nullable String value) {
        set("antInclude", value);
    }

    public @Nullable String getAsOf() {
        return get("asOf", String.class);
    }

    /** Listings, downloads, copies and descriptions are of the files as they were at this time: 2026-01-31T08:00:00Z, ms since 1970, or before now, as -3d. Versions uploaded and hide markers made later do not count. A consumer consumes what was current then, where -3d is before its start. */
    public void setAsOf(@Nullable String value) {
        set("asOf", value);
    }

    public @Nullable String getExclude() {
        return get("exclude", String.class);
    }

    /** File names that match this regular expression as a whole are not consumed, listed or deleted. */
    public void setExclude(@Nullable String value) {
        set("exclude", value);
    }

    public @Nullable String getInclude() {
        return get("include", String.class);
    }

    /** Only file names that match this regular expression as a whole are consumed, listed or deleted. */
    public void setInclude(@Nullable String value) {
        set("include", value);
    }

    public @Nullable String getMaxAge() {
        return get("maxAge", String.class);
    }

    /** Only versions that were uploaded at most so long ago, by the clock of the service; 0 for no limit. */
    public void setMaxAge(@Nullable String value) {
        set("maxAge", value);
    }

    public @Nullable String getMaxSize() {
        return get("maxSize", String.class);
    }

    /** Only files of at most this size, as 10MB, 10MiB or a plain number of bytes. */
    public void setMaxSize(@Nullable String value) {
        set("maxSize", value);
    }

    public @Nullable String getMinAge() {
        return get("minAge", String.class);
    }

    /** Only versions that were uploaded at least so long ago, by the clock of the service; 0 for no limit. */
    public void setMinAge(@Nullable String value) {
        set("minAge", value);
    }

    public @Nullable String getMinSize() {
        return get("minSize", String.class);
    }

    /** Only files of at least this size, as 10MB, 10MiB or a plain number of bytes. */
    public void setMinSize(@Nullable String value) {
        set("minSize", value);
    }

    public @Nullable Boolean getHealthCheckConsumerEnabled() {
        return get("healthCheckConsumerEnabled", Boolean.class);
    }

    /** Used for enabling or disabling all consumer based health checks from this component */
    public void setHealthCheckConsumerEnabled(@Nullable Boolean value) {
        set("healthCheckConsumerEnabled", value);
    }

    public @Nullable Boolean getHealthCheckProducerEnabled() {
        return get("healthCheckProducerEnabled", Boolean.class);
    }

    /** Used for enabling or disabling all producer based health checks from this component. Notice: Camel has by default disabled all producer based health-checks. You can turn on producer checks globally by setting camel.health.producersEnabled=true. */
    public void setHealthCheckProducerEnabled(@Nullable Boolean value) {
        set("healthCheckProducerEnabled", value);
    }

    public @Nullable String getApplicationKey() {
        return get("applicationKey", String.class);
    }

    /** The secret of the application key. Set it on the component, through a property placeholder there, or by useDefaultCredentials, rather than in an endpoint URI. */
    public void setApplicationKey(@Nullable String value) {
        set("applicationKey", value);
    }

    public @Nullable String getApplicationKeyId() {
        return get("applicationKeyId", String.class);
    }

    /** The id of the application key that everything is done with. Not a secret. */
    public void setApplicationKeyId(@Nullable String value) {
        set("applicationKeyId", value);
    }

    public @Nullable String getCustomerKey() {
        return get("customerKey", String.class);
    }

    /** The key of SSE-C: 32 bytes in base64. B2 does not keep it: without it the file cannot be read. */
    public void setCustomerKey(@Nullable String value) {
        set("customerKey", value);
    }

    public @Nullable String getDownloadAuthorization() {
        return get("downloadAuthorization", String.class);
    }

    /** A token of getDownloadAuthorization to read files with where no key is set; downloadUrl says where. Files of public buckets need none. */
    public void setDownloadAuthorization(@Nullable String value) {
        set("downloadAuthorization", value);
    }

    public @Nullable String getNotificationSecret() {
        return get("notificationSecret", String.class);
    }

    /** The secret that event notifications are signed with: 32 letters and digits. While one replaces another: the new one, a comma, and the old one, which is still accepted. */
    public void setNotificationSecret(@Nullable String value) {
        set("notificationSecret", value);
    }

    public @Nullable String getServerSideEncryption() {
        return get("serverSideEncryption", String.class);
    }

    /** How B2 encrypts what is stored: default leaves it to the bucket, which encrypts with keys of Backblaze since 2026; SSE-B2 asks for keys of Backblaze, SSE-C for the key in customerKey. none is an old word for default, taken with a warning until version 0.3. */
    public void setServerSideEncryption(@Nullable String value) {
        set("serverSideEncryption", value);
    }

    public @Nullable Boolean getUseDefaultCredentials() {
        return get("useDefaultCredentials", Boolean.class);
    }

    /** Whether to take the key from the environment variables B2_APPLICATION_KEY_ID and B2_APPLICATION_KEY, and else from the account file of the b2 command line tool, whose realm wins unless realm is set. */
    public void setUseDefaultCredentials(@Nullable Boolean value) {
        set("useDefaultCredentials", value);
    }

    public io.github.camelb2.@Nullable Acknowledge getAcknowledge() {
        return get("acknowledge", io.github.camelb2.Acknowledge.class);
    }

    /** When an exchange is done. spool: when its message is forced to the local spool, which the next start goes on with; part and file: when B2 has stored it, which needs an asynchronous or a batching consumer. */
    public void setAcknowledge(io.github.camelb2.@Nullable Acknowledge value) {
        set("acknowledge", value);
    }

    public @Nullable Integer getBatchMessageNumber() {
        return get("batchMessageNumber", Integer.class);
    }

    /** With so many messages a file is closed; 0 for no limit. Read with streamingUploadMode. */
    public void setBatchMessageNumber(@Nullable Integer value) {
        set("batchMessageNumber", value);
    }

    public @Nullable String getBatchSize() {
        return get("batchSize", String.class);
    }

    /** With so many bytes, before compression, a file is closed, as 1000000, 100MB or 1GiB; 0 for no limit. */
    public void setBatchSize(@Nullable String value) {
        set("batchSize", value);
    }

    public @Nullable String getCompletedUri() {
        return get("completedUri", String.class);
    }

    /** The endpoint that is told of each file that streaming uploads have stored, as direct:stored. */
    public void setCompletedUri(@Nullable String value) {
        set("completedUri", value);
    }

    public @Nullable String getCompression() {
        return get("compression", String.class);
    }

    /** How files are compressed: none, gzip, zstd, which needs the library com.github.luben:zstd-jni, or the name of any other Camel data format whose results can be put one behind the other. */
    public void setCompression(@Nullable String value) {
        set("compression", value);
    }

    public @Nullable Integer getMaxOpenFiles() {
        return get("maxOpenFiles", Integer.class);
    }

    /** How many files are gathered at a time; for one more, that which got no message for longest is closed. */
    public void setMaxOpenFiles(@Nullable Integer value) {
        set("maxOpenFiles", value);
    }

    public io.github.camelb2.@Nullable NamingStrategy getNamingStrategy() {
        return get("namingStrategy", io.github.camelb2.NamingStrategy.class);
    }

    /** How files are told apart. progressive: a.txt, a-1.txt, a-2.txt; random: a UUID behind the name; expression: fileName alone says it, by a Simple expression that is evaluated for the first message of each file. */
    public void setNamingStrategy(io.github.camelb2.@Nullable NamingStrategy value) {
        set("namingStrategy", value);
    }

    public @Nullable String getPartitionBy() {
        return get("partitionBy", String.class);
    }

    /** A Simple expression: messages for which it gives different texts go to different files. */
    public void setPartitionBy(@Nullable String value) {
        set("partitionBy", value);
    }

    public io.github.camelb2.@Nullable RestartingPolicy getRestartingPolicy() {
        return get("restartingPolicy", io.github.camelb2.RestartingPolicy.class);
    }

    /** What is done with names that the bucket has already. lastPart: numbers go on behind the last one; override: they begin anew with every start, and a new version is stored over what has the name. */
    public void setRestartingPolicy(io.github.camelb2.@Nullable RestartingPolicy value) {
        set("restartingPolicy", value);
    }

    public @Nullable String getSeparator() {
        return get("separator", String.class);
    }

    /** What is written behind each message of a file; \n, \r, \t and \\ are understood. */
    public void setSeparator(@Nullable String value) {
        set("separator", value);
    }

    public @Nullable String getSpoolDirectory() {
        return get("spoolDirectory", String.class);
    }

    /** Where messages are until their file is stored; of one process and one endpoint, on a disk that outlives the process. Without it a directory below .camel-b2/spool in the home of the user. */
    public void setSpoolDirectory(@Nullable String value) {
        set("spoolDirectory", value);
    }

    public @Nullable String getSpoolMaxBytes() {
        return get("spoolMaxBytes", String.class);
    }

    /** The most bytes in the spool, as 1GiB: whoever sends more waits until files are stored, at most retryTimeout. */
    public void setSpoolMaxBytes(@Nullable String value) {
        set("spoolMaxBytes", value);
    }

    public @Nullable Boolean getStreamingUploadMode() {
        return get("streamingUploadMode", Boolean.class);
    }

    /** Whether the messages of the endpoint are gathered: many become one file. fileName says how files are called. */
    public void setStreamingUploadMode(@Nullable Boolean value) {
        set("streamingUploadMode", value);
    }

    public @Nullable String getStreamingUploadTimeout() {
        return get("streamingUploadTimeout", String.class);
    }

    /** A file is closed so long after its first message; 0 for when it is full or the route stops. */
    public void setStreamingUploadTimeout(@Nullable String value) {
        set("streamingUploadTimeout", value);
    }

    public @Nullable Boolean getTimestampGroupingEnabled() {
        return get("timestampGroupingEnabled", Boolean.class);
    }

    /** Whether messages are gathered by windows of their time, which the names of the files then have in them. */
    public void setTimestampGroupingEnabled(@Nullable Boolean value) {
        set("timestampGroupingEnabled", value);
    }

    public @Nullable String getTimestampHeaderName() {
        return get("timestampHeaderName", String.class);
    }

    /** The header that has the time of a message, as milliseconds since 1970, a Date or an Instant; a message without it is of now. */
    public void setTimestampHeaderName(@Nullable String value) {
        set("timestampHeaderName", value);
    }

    public @Nullable Long getTimestampWindowSizeMillis() {
        return get("timestampWindowSizeMillis", Long.class);
    }

    /** The length of a window of timestampGroupingEnabled in milliseconds. */
    public void setTimestampWindowSizeMillis(@Nullable Long value) {
        set("timestampWindowSizeMillis", value);
    }
}
