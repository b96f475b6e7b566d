// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Address;
import io.github.camelb2.client.transfer.plan.TransferOptions;

/**
 * All options of a {@code b2:} endpoint, and of the component, which hands a copy of its own to each endpoint.
 *
 * <p>Sizes are texts, because Camel would bind {@code 100m} to a number as a duration. {@link #toString()} shows no
 * secret. Not thread-safe: it is filled before the endpoint starts, and only read from then on.
 */
@UriParams
@Configurer
public class B2Configuration extends ConsumerOptions implements Cloneable {
    @UriPath
    @Metadata(required = true)
    private String bucketName = "*";

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

    @UriParam(label = "common,advanced", defaultValue = "300000", javaType = "java.time.Duration")
    private long bodyIdleTimeout = 300_000;

    /** Without dashes; in an order that ignores case, as Camel does, so that looking costs no text of its own. */
    private SortedSet<String> given = Collections.emptySortedSet();

    /** Remembers which options the URI of the endpoint has; they go before headers. */
    void give(Set<String> names) {
        SortedSet<String> plain = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.forEach(name -> plain.add(plain(name)));
        given = Collections.unmodifiableSortedSet(plain);
    }

    /** Whether the URI of the endpoint has that option, not only the component. */
    public boolean isGiven(String option) {
        return !given.isEmpty() && given.contains(plain(option));
    }

    // As Camel compares the names of options, which have no dashes where we ask for them.
    private static String plain(String option) {
        return option.indexOf('-') < 0 ? option : option.replace("-", "");
    }

    /** How these options want files to be moved; they have been checked. */
    public TransferOptions transferOptions() {
        return new TransferOptions(
                ConfigurationCheck.AUTO.equals(getPartSize())
                        ? TransferOptions.AUTO
                        : ByteSize.parse("partSize", getPartSize()),
                ConfigurationCheck.concurrency(getMaxConcurrency()),
                isResumeLargeFiles() ? TransferOptions.Resume.UNFINISHED_FILES : TransferOptions.Resume.NEVER,
                TransferOptions.Verify.of(getVerifyChecksum()),
                TransferOptions.LargeFileSha1.of(getLargeFileSha1()),
                TransferOptions.LostUpload.of(getLostUpload()),
                TransferOptions.Fsync.of(getFsync()),
                new TransferOptions.StreamMemory(
                        (int) ByteSize.parse("streamMemory", getStreamMemory()),
                        ByteSize.parse("streamMemoryTotal", getStreamMemoryTotal())),
                TransferOptions.Access.BY_UMASK);
    }

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

    public long getBodyIdleTimeout() {
        return bodyIdleTimeout;
    }

    /**
     * How long a body that is read from B2 holds its connection while nobody reads. After that time it gives the
     * connection back, and the next reading goes on at the same byte.
     */
    public void setBodyIdleTimeout(long bodyIdleTimeout) {
        this.bodyIdleTimeout = bodyIdleTimeout;
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

    @Override
    public String toString() {
        return "B2Configuration[bucketName=" + bucketName + ", applicationKeyId=" + getApplicationKeyId() + ", realm="
                + (getRealm() == null ? null : Address.shown(getRealm())) + ", operation=" + getOperation()
                + "]";
    }
}
