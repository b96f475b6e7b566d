// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of {@link B2Configuration} that say what a consumer takes, and what becomes of it. */
@UriParams
public abstract class ConsumerOptions extends FilterOptions {
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

    @UriParam(label = "consumer")
    private boolean includeOwn;

    @UriParam(label = "consumer", defaultValue = "100")
    private int maxMessagesPerPoll = 100;

    @UriParam(label = "consumer,advanced")
    private @Nullable IdempotentRepository idempotentRepository;

    @UriParam(label = "consumer,advanced")
    private @Nullable String memoryName;

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

    @UriParam(label = "consumer,advanced", defaultValue = "3600000", javaType = "java.time.Duration")
    private long bodyHoldTimeout = 3_600_000;

    @UriParam(label = "consumer")
    private @Nullable String doneFileName;

    @UriParam(label = "consumer", defaultValue = "beginning")
    private String startFrom = "beginning";

    @UriParam(label = "consumer")
    private @Nullable String startFromFileName;

    @UriParam(label = "consumer", defaultValue = "name")
    private SweepOrder order = SweepOrder.name;

    @UriParam(label = "consumer,advanced")
    private @Nullable StateRepository<String, String> checkpoint;

    @UriParam(label = "consumer", defaultValue = "version")
    private Deliver deliver = Deliver.version;

    @UriParam(label = "consumer")
    private @Nullable String eventTypes;

    @UriParam(label = "consumer,advanced")
    private @Nullable String eventDirectory;

    @UriParam(label = "consumer,advanced")
    private boolean notifications;

    @UriParam(label = "consumer,advanced")
    private @Nullable String notificationUrl;

    @UriParam(label = "consumer,advanced,security", secret = true)
    private @Nullable String notificationSecret;

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

    public boolean isIncludeOwn() {
        return includeOwn;
    }

    /**
     * Whether to consume also what exchanges of this consumer have stored in its bucket, as a route does that puts work
     * back into its own queue. Without it a route that stores where it consumes does not feed itself.
     */
    public void setIncludeOwn(boolean includeOwn) {
        this.includeOwn = includeOwn;
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

    public @Nullable String getMemoryName() {
        return memoryName;
    }

    /**
     * The name of the memory that is used without idempotentRepository. One with a name lasts as long as the Camel context
     * and is shared by all consumers that name it, so that a route that is loaded anew consumes nothing again; without a
     * name the memory ends with the endpoint.
     */
    public void setMemoryName(@Nullable String memoryName) {
        this.memoryName = memoryName;
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

    public long getBodyHoldTimeout() {
        return bodyHoldTimeout;
    }

    /**
     * How long, after the exchange that a body was made for has ended, a version is kept from being deleted, moved or
     * hidden because somebody else can still read its body (an aggregation, a wire tap). After that time it stays as it
     * is and is delivered again.
     */
    public void setBodyHoldTimeout(long bodyHoldTimeout) {
        this.bodyHoldTimeout = bodyHoldTimeout;
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

    public @Nullable String getStartFromFileName() {
        return startFromFileName;
    }

    /**
     * The first file name that is consumed, in the order of B2 (UTF-8 bytes): what sorts before it is neither listed nor
     * consumed. No file of that name need exist.
     */
    public void setStartFromFileName(@Nullable String startFromFileName) {
        this.startFromFileName = startFromFileName;
    }

    public SweepOrder getOrder() {
        return order;
    }

    /**
     * The order in which what one sweep finds is delivered: name delivers page by page as B2 lists it; uploadTime reads the
     * whole listing first, sorts what is new on the disk, and delivers the oldest upload first.
     */
    public void setOrder(SweepOrder order) {
        this.order = order;
    }

    public @Nullable StateRepository<String, String> getCheckpoint() {
        return checkpoint;
    }

    /**
     * Keeps where the sweep through the bucket is, so that it goes on there after a restart or a kill, for buckets that take
     * long to list. Refer to a bean, such as a JdbcConsumedRepository or a FileStateRepository.
     */
    public void setCheckpoint(@Nullable StateRepository<String, String> checkpoint) {
        this.checkpoint = checkpoint;
    }

    public Deliver getDeliver() {
        return deliver;
    }

    /**
     * What a message is: version delivers new versions, which polls find; event delivers the events that B2 sends, without
     * a listing and as they are, those of deletions included. Needs notificationSecret, and notificationUrl or a rule of
     * your own.
     */
    public void setDeliver(Deliver deliver) {
        this.deliver = deliver;
    }

    public @Nullable String getEventTypes() {
        return eventTypes;
    }

    /**
     * Which events are delivered with deliver=event, with commas between them: all (when not set), created, hidden, deleted,
     * replicated, or types as B2 writes them, such as b2:ObjectCreated:Upload.
     */
    public void setEventTypes(@Nullable String eventTypes) {
        this.eventTypes = eventTypes;
    }

    public @Nullable String getEventDirectory() {
        return eventDirectory;
    }

    /**
     * A directory of this consumer alone. When set, B2 is answered as soon as its events are stored there, and they are
     * delivered from there, after a restart too; otherwise when their exchanges have completed. For routes that need longer
     * than the three seconds that B2 waits.
     */
    public void setEventDirectory(@Nullable String eventDirectory) {
        this.eventDirectory = eventDirectory;
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

    /**
     * The secret that event notifications are signed with: 32 letters and digits. While one replaces another: the new one, a
     * comma, and the old one, which is still accepted.
     */
    public void setNotificationSecret(@Nullable String notificationSecret) {
        this.notificationSecret = notificationSecret;
    }
}
