// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of {@link B2Configuration} that say how messages are gathered into files. */
@UriParams
public abstract class StreamingOptions extends AccountOptions {
    @UriParam(label = "producer,streaming")
    private boolean streamingUploadMode;

    @UriParam(label = "producer,streaming", defaultValue = "10")
    private int batchMessageNumber = 10;

    @UriParam(label = "producer,streaming", defaultValue = "1000000")
    private String batchSize = "1000000";

    @UriParam(label = "producer,streaming", javaType = "java.time.Duration")
    private long streamingUploadTimeout;

    @UriParam(label = "producer,streaming", defaultValue = "progressive")
    private NamingStrategy namingStrategy = NamingStrategy.progressive;

    @UriParam(label = "producer,streaming", defaultValue = "lastPart")
    private RestartingPolicy restartingPolicy = RestartingPolicy.lastPart;

    @UriParam(label = "producer,streaming")
    private boolean timestampGroupingEnabled;

    @UriParam(label = "producer,streaming", defaultValue = "300000")
    private long timestampWindowSizeMillis = 300_000;

    @UriParam(label = "producer,streaming", defaultValue = "CamelMessageTimestamp")
    private String timestampHeaderName = "CamelMessageTimestamp";

    @UriParam(label = "producer,streaming")
    private @Nullable String separator;

    @UriParam(label = "producer,streaming", defaultValue = "none")
    private String compression = "none";

    @UriParam(label = "producer,streaming")
    private @Nullable String partitionBy;

    @UriParam(label = "producer,streaming", defaultValue = "16")
    private int maxOpenFiles = 16;

    @UriParam(label = "producer,streaming", defaultValue = "spool")
    private Acknowledge acknowledge = Acknowledge.spool;

    @UriParam(label = "producer,streaming")
    private @Nullable String spoolDirectory;

    @UriParam(label = "producer,streaming", defaultValue = "1GiB")
    private String spoolMaxBytes = "1GiB";

    @UriParam(label = "producer,streaming")
    private @Nullable String completedUri;

    public boolean isStreamingUploadMode() {
        return streamingUploadMode;
    }

    /** Whether the messages of the endpoint are gathered: many become one file. fileName says how files are called. */
    public void setStreamingUploadMode(boolean streamingUploadMode) {
        this.streamingUploadMode = streamingUploadMode;
    }

    public int getBatchMessageNumber() {
        return batchMessageNumber;
    }

    /** With so many messages a file is closed; 0 for no limit. Read with streamingUploadMode. */
    public void setBatchMessageNumber(int batchMessageNumber) {
        this.batchMessageNumber = batchMessageNumber;
    }

    public String getBatchSize() {
        return batchSize;
    }

    /** With so many bytes, before compression, a file is closed, as 1000000, 100MB or 1GiB; 0 for no limit. */
    public void setBatchSize(String batchSize) {
        this.batchSize = batchSize;
    }

    public long getStreamingUploadTimeout() {
        return streamingUploadTimeout;
    }

    /** A file is closed so long after its first message; 0 for when it is full or the route stops. */
    public void setStreamingUploadTimeout(long streamingUploadTimeout) {
        this.streamingUploadTimeout = streamingUploadTimeout;
    }

    public NamingStrategy getNamingStrategy() {
        return namingStrategy;
    }

    /**
     * How files are told apart. progressive: a.txt, a-1.txt, a-2.txt; random: a UUID behind the name; expression: fileName
     * alone says it, by a Simple expression that is evaluated for the first message of each file.
     */
    public void setNamingStrategy(NamingStrategy namingStrategy) {
        this.namingStrategy = namingStrategy;
    }

    public RestartingPolicy getRestartingPolicy() {
        return restartingPolicy;
    }

    /**
     * What is done with names that the bucket has already. lastPart: numbers go on behind the last one; override: they
     * begin anew with every start, and a new version is stored over what has the name.
     */
    public void setRestartingPolicy(RestartingPolicy restartingPolicy) {
        this.restartingPolicy = restartingPolicy;
    }

    public boolean isTimestampGroupingEnabled() {
        return timestampGroupingEnabled;
    }

    /** Whether messages are gathered by windows of their time, which the names of the files then have in them. */
    public void setTimestampGroupingEnabled(boolean timestampGroupingEnabled) {
        this.timestampGroupingEnabled = timestampGroupingEnabled;
    }

    public long getTimestampWindowSizeMillis() {
        return timestampWindowSizeMillis;
    }

    /** The length of a window of timestampGroupingEnabled in milliseconds. */
    public void setTimestampWindowSizeMillis(long timestampWindowSizeMillis) {
        this.timestampWindowSizeMillis = timestampWindowSizeMillis;
    }

    public String getTimestampHeaderName() {
        return timestampHeaderName;
    }

    /**
     * The header that has the time of a message, as milliseconds since 1970, a Date or an Instant; a message without it is
     * of now.
     */
    public void setTimestampHeaderName(String timestampHeaderName) {
        this.timestampHeaderName = timestampHeaderName;
    }

    public @Nullable String getSeparator() {
        return separator;
    }

    /** What is written behind each message of a file; \n, \r, \t and \\ are understood. */
    public void setSeparator(@Nullable String separator) {
        this.separator = separator;
    }

    public String getCompression() {
        return compression;
    }

    /**
     * How files are compressed: none, gzip, zstd, which needs the library com.github.luben:zstd-jni, or the name of any other
     * Camel data format whose results can be put one behind the other.
     */
    public void setCompression(String compression) {
        this.compression = compression;
    }

    public @Nullable String getPartitionBy() {
        return partitionBy;
    }

    /** A Simple expression: messages for which it gives different texts go to different files. */
    public void setPartitionBy(@Nullable String partitionBy) {
        this.partitionBy = partitionBy;
    }

    public int getMaxOpenFiles() {
        return maxOpenFiles;
    }

    /** How many files are gathered at a time; for one more, that which got no message for longest is closed. */
    public void setMaxOpenFiles(int maxOpenFiles) {
        this.maxOpenFiles = maxOpenFiles;
    }

    public Acknowledge getAcknowledge() {
        return acknowledge;
    }

    /**
     * When an exchange is done. spool: when its message is forced to the local spool, which the next start goes on with;
     * part and file: when B2 has stored it, which needs an asynchronous or a batching consumer.
     */
    public void setAcknowledge(Acknowledge acknowledge) {
        this.acknowledge = acknowledge;
    }

    public @Nullable String getSpoolDirectory() {
        return spoolDirectory;
    }

    /**
     * Where messages are until their file is stored; of one process and one endpoint, on a disk that outlives the process.
     * Without it a directory below .camel-b2/spool in the home of the user.
     */
    public void setSpoolDirectory(@Nullable String spoolDirectory) {
        this.spoolDirectory = spoolDirectory;
    }

    public String getSpoolMaxBytes() {
        return spoolMaxBytes;
    }

    /** The most bytes in the spool, as 1GiB: whoever sends more waits until files are stored, at most retryTimeout. */
    public void setSpoolMaxBytes(String spoolMaxBytes) {
        this.spoolMaxBytes = spoolMaxBytes;
    }

    public @Nullable String getCompletedUri() {
        return completedUri;
    }

    /** The endpoint that is told of each file that streaming uploads have stored, as direct:stored. */
    public void setCompletedUri(@Nullable String completedUri) {
        this.completedUri = completedUri;
    }
}
