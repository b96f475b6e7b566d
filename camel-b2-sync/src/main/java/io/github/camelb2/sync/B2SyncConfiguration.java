// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import javax.sql.DataSource;

import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.apache.camel.spi.UriPath;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.action.StoredAs;
import io.github.camelb2.sync.report.SyncProgressListener;

/**
 * All options of a {@code b2-sync:} endpoint, and of the component, which hands a copy of its own to each endpoint.
 *
 * <p>Numbers that people write with units are texts, because Camel would bind {@code 5m} to a number as a duration. Not
 * thread-safe: it is filled before the endpoint starts, and only read from then on.
 */
@UriParams
@Configurer
public class B2SyncConfiguration extends SyncFilterOptions implements Cloneable {
    @UriPath
    @Metadata(required = true)
    private String name = "";

    @UriParam(label = "common")
    private @Nullable String source;

    @UriParam(label = "common")
    @Metadata(required = true)
    private @Nullable String destination;

    @UriParam(label = "common", defaultValue = "b2")
    private String sourceComponent = "b2";

    @UriParam(label = "common", defaultValue = "b2")
    private String destinationComponent = "b2";

    @UriParam(label = "security")
    private @Nullable String sourceApplicationKeyId;

    @UriParam(label = "security", secret = true)
    private @Nullable String sourceApplicationKey;

    @UriParam(label = "common,advanced")
    private @Nullable String sourceRealm;

    // As an object, because Camel's generator would take all options of the class for options of this one.
    @UriParam(label = "advanced", javaType = "io.github.camelb2.B2Configuration")
    private @Nullable Object sourceConfiguration;

    @UriParam(label = "security")
    private @Nullable String destinationApplicationKeyId;

    @UriParam(label = "security", secret = true)
    private @Nullable String destinationApplicationKey;

    @UriParam(label = "common,advanced")
    private @Nullable String destinationRealm;

    // As an object, because Camel's generator would take all options of the class for options of this one.
    @UriParam(label = "advanced", javaType = "io.github.camelb2.B2Configuration")
    private @Nullable Object destinationConfiguration;

    @UriParam(
            label = "producer",
            defaultValue = "run",
            enums = "run,plan,execute,estimate,explain,check,apply,scrub,work")
    private String mode = "run";

    @UriParam(label = "producer")
    private @Nullable String planFile;

    @UriParam(label = "producer", defaultValue = "86400000", javaType = "java.time.Duration")
    private long planMaxAge = 86_400_000;

    @UriParam(label = "producer", defaultValue = "metadata", enums = "metadata,digest,content")
    private String verify = "metadata";

    @UriParam(label = "producer")
    private @Nullable String sample;

    @UriParam(label = "producer")
    private @Nullable String checkFile;

    @UriParam(label = "producer")
    private @Nullable String combinedFile;

    @UriParam(label = "producer")
    private @Nullable String certificateFile;

    @UriParam(label = "producer")
    private @Nullable String scrubFile;

    @UriParam(label = "producer,advanced")
    private @Nullable DataSource scrubDataSource;

    @UriParam(label = "producer")
    private @Nullable String scrubBytes;

    @UriParam(label = "producer")
    private @Nullable String scrubCost;

    @UriParam(label = "producer")
    private @Nullable String rate;

    @UriParam(label = "producer", defaultValue = "2592000000", javaType = "java.time.Duration")
    private long scrubEvery = 2_592_000_000L;

    @UriParam(label = "producer")
    private boolean repair;

    @UriParam(label = "common", defaultValue = "auto")
    private String workers = "auto";

    @UriParam(label = "common")
    private boolean dryRun;

    @UriParam(label = "common")
    private boolean allowEmptySource;

    @UriParam(label = "common", defaultValue = "modTime", enums = "modTime,size,sha1,none")
    private String compareMode = "modTime";

    @UriParam(label = "common", defaultValue = "0")
    private String compareThreshold = "0";

    @UriParam(label = "common", defaultValue = "raiseError", enums = "raiseError,skip,replace")
    private String newerFileMode = "raiseError";

    @UriParam(label = "common", defaultValue = "noDelete", enums = "noDelete,delete,keepBeforeDelete")
    private String keepMode = "noDelete";

    @UriParam(label = "common")
    private @Nullable Double keepDays;

    @UriParam(label = "filter")
    private @Nullable String excludeDirRegex;

    @UriParam(label = "filter")
    private @Nullable String excludeRegex;

    @UriParam(label = "filter")
    private @Nullable String includeRegex;

    @UriParam(label = "filter")
    private boolean excludeAllSymlinks;

    @UriParam(label = "filter", defaultValue = "follow", enums = "follow,followWithin,skip")
    private String symlinks = "follow";

    @UriParam(label = "filter", defaultValue = "skip", enums = "skip,fail")
    private String specialFiles = "skip";

    @UriParam(label = "filter", defaultValue = "absent", enums = "absent,ignore")
    private String hiddenSource = "absent";

    @UriParam(label = "filter", defaultValue = "exact", enums = "exact,normalize")
    private String unicode = "exact";

    @UriParam(label = "filter")
    private @Nullable String excludeModifiedBefore;

    @UriParam(label = "filter")
    private @Nullable String excludeModifiedAfter;

    @UriParam(label = "filter")
    private @Nullable String excludeUploadedBefore;

    @UriParam(label = "filter")
    private @Nullable String excludeUploadedAfter;

    @UriParam(label = "filter")
    private @Nullable String asOf;

    @UriParam(label = "filter")
    private boolean deleteExcluded;

    @UriParam(label = "common", defaultValue = "full", enums = "full,incremental")
    private String uploadMode = "full";

    @UriParam(label = "security", defaultValue = "default", enums = "default,SSE-B2,SSE-C,none")
    private String sourceEncryption = "default";

    @UriParam(label = "security", secret = true)
    private @Nullable String sourceCustomerKey;

    @UriParam(label = "security", defaultValue = "default", enums = "default,SSE-B2,SSE-C,none")
    private String destinationEncryption = "default";

    @UriParam(label = "security", secret = true)
    private @Nullable String destinationCustomerKey;

    @UriParam(label = "common")
    private @Nullable String contentType;

    @UriParam(label = "common")
    private @Nullable String cacheControl;

    @UriParam(label = "common")
    private @Nullable String fileInfo;

    @UriParam(label = "common", enums = "governance,compliance")
    private @Nullable String retentionMode;

    @UriParam(label = "common")
    private @Nullable String retainFor;

    @UriParam(label = "common", enums = "on,off")
    private @Nullable String legalHold;

    @UriParam(label = "advanced")
    private @Nullable StoredAs storedAs;

    @UriParam(label = "common")
    private @Nullable String maxDelete;

    @UriParam(label = "common", defaultValue = "superseded", enums = "superseded,modTime")
    private String keepDaysFrom = "superseded";

    @UriParam(label = "common")
    private boolean deleteAfterFailures;

    @UriParam(label = "common,advanced", defaultValue = "300000", javaType = "java.time.Duration")
    private long outageTimeout = 300_000;

    @UriParam(label = "common,advanced")
    private @Nullable String maxBytesPerSecond;

    @UriParam(label = "common,advanced", defaultValue = "60000", javaType = "java.time.Duration")
    private long planTimeout = 60_000;

    @UriParam(label = "common,advanced")
    private boolean trustNowHeader;

    @UriParam(label = "security", secret = true)
    private @Nullable String planKey;

    @UriParam(label = "common")
    private @Nullable String actionEndpoint;

    @UriParam(label = "common")
    private @Nullable String resultEndpoint;

    @UriParam(label = "common,advanced")
    private @Nullable String deadLetterEndpoint;

    @UriParam(label = "common,advanced", defaultValue = "10000")
    private int outstanding = 10_000;

    @UriParam(label = "common,advanced", defaultValue = "60000", javaType = "java.time.Duration")
    private long leaseTime = 60_000;

    @UriParam(label = "common,advanced")
    private @Nullable DataSource ledger;

    @UriParam(label = "consumer", defaultValue = "fail", enums = "fail,report")
    private String incompleteRun = "fail";

    @UriParam(label = "common")
    private @Nullable String reportFile;

    @UriParam(label = "common")
    private @Nullable String stateFile;

    @UriParam(label = "common")
    private @Nullable Long maxTransactionsC;

    @UriParam(label = "common")
    private @Nullable String maxDownloadBytes;

    @UriParam(label = "common", javaType = "java.time.Duration")
    private @Nullable Long healthMaxAge;

    @UriParam(label = "common,advanced")
    private @Nullable String prices;

    @UriParam(label = "common", defaultValue = "true")
    private boolean progress = true;

    @UriParam(label = "common,advanced")
    @Metadata(autowired = true)
    private @Nullable SyncProgressListener progressListener;

    @UriParam(label = "common")
    private @Nullable String reportTo;

    /** A copy that shares nothing that can change. */
    public B2SyncConfiguration copy() {
        try {
            return (B2SyncConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getName() {
        return name;
    }

    /** Names the sync: two runs of one name never overlap. */
    public void setName(String name) {
        this.name = name;
    }

    public @Nullable String getSource() {
        return source;
    }

    /** Where files come from: a local directory, or <code>b2://bucket[/prefix]</code>. It is needed but with mode=scrub, which reads one bucket and needs a second side only to repair. */
    public void setSource(@Nullable String source) {
        this.source = source;
    }

    public @Nullable String getDestination() {
        return destination;
    }

    /** Where files go: a local directory, or <code>b2://bucket[/prefix]</code>. */
    public void setDestination(@Nullable String destination) {
        this.destination = destination;
    }

    public String getSourceComponent() {
        return sourceComponent;
    }

    /** The name of the B2 component whose account reads the source. */
    public void setSourceComponent(String sourceComponent) {
        this.sourceComponent = sourceComponent;
    }

    public String getDestinationComponent() {
        return destinationComponent;
    }

    /** The name of the B2 component whose account writes the destination. */
    public void setDestinationComponent(String destinationComponent) {
        this.destinationComponent = destinationComponent;
    }

    public @Nullable String getSourceApplicationKeyId() {
        return sourceApplicationKeyId;
    }

    /** The id of the application key that reads the source, instead of the component's. Not a secret. */
    public void setSourceApplicationKeyId(@Nullable String sourceApplicationKeyId) {
        this.sourceApplicationKeyId = sourceApplicationKeyId;
    }

    public @Nullable String getSourceApplicationKey() {
        return sourceApplicationKey;
    }

    /** The secret of sourceApplicationKeyId. */
    public void setSourceApplicationKey(@Nullable String sourceApplicationKey) {
        this.sourceApplicationKey = sourceApplicationKey;
    }

    public @Nullable String getSourceRealm() {
        return sourceRealm;
    }

    /** The B2 service of the account that reads the source, instead of the component's: production, or a URL. */
    public void setSourceRealm(@Nullable String sourceRealm) {
        this.sourceRealm = sourceRealm;
    }

    public @Nullable Object getSourceConfiguration() {
        return sourceConfiguration;
    }

    /** All account options of the source, instead of those of a component. Refer to a bean. */
    public void setSourceConfiguration(@Nullable Object sourceConfiguration) {
        this.sourceConfiguration = sourceConfiguration;
    }

    public @Nullable String getDestinationApplicationKeyId() {
        return destinationApplicationKeyId;
    }

    /** The id of the application key that writes the destination, instead of the component's. Not a secret. */
    public void setDestinationApplicationKeyId(@Nullable String destinationApplicationKeyId) {
        this.destinationApplicationKeyId = destinationApplicationKeyId;
    }

    public @Nullable String getDestinationApplicationKey() {
        return destinationApplicationKey;
    }

    /** The secret of destinationApplicationKeyId. */
    public void setDestinationApplicationKey(@Nullable String destinationApplicationKey) {
        this.destinationApplicationKey = destinationApplicationKey;
    }

    public @Nullable String getDestinationRealm() {
        return destinationRealm;
    }

    /** The B2 service of the account that writes the destination, instead of the component's: production, or a URL. */
    public void setDestinationRealm(@Nullable String destinationRealm) {
        this.destinationRealm = destinationRealm;
    }

    public @Nullable Object getDestinationConfiguration() {
        return destinationConfiguration;
    }

    /** All account options of the destination, instead of those of a component. Refer to a bean. */
    public void setDestinationConfiguration(@Nullable Object destinationConfiguration) {
        this.destinationConfiguration = destinationConfiguration;
    }

    public String getMode() {
        return mode;
    }

    /** What a message does: run scans, plans and executes, and answers a report; plan answers an iterator of path plans; execute carries out the path plan in the body, an object or its JSON; estimate changes nothing and answers a report of what a run would do and be billed; explain says why the file of path takes part or does not; check changes nothing and answers a report of whether both sides have the same; apply carries out the plan in planFile, and refuses what has changed since; work takes the message of a coordinator in the body, and sends the answer to resultEndpoint; scrub reads what a bucket holds against its digests. */
    public void setMode(String mode) {
        this.mode = mode;
    }

    public @Nullable String getPlanFile() {
        return planFile;
    }

    /** With mode=plan, the file that all actions, the totals and the cost are written to, a signed line of JSON each, instead of being handed out; nothing is changed. With mode=apply, the file that is carried out. Its signature needs planKey, unless both are done in one context. */
    public void setPlanFile(@Nullable String planFile) {
        this.planFile = planFile;
    }

    public long getPlanMaxAge() {
        return planMaxAge;
    }

    /** How old a plan may be that mode=apply carries out. */
    public void setPlanMaxAge(long planMaxAge) {
        this.planMaxAge = planMaxAge;
    }

    public String getVerify() {
        return verify;
    }

    /** How much mode=check looks at: metadata is what a sync compares; digest is the SHA-1 that B2 keeps, against that of the local file, which is read; content reads both sides, and downloads are billed. */
    public void setVerify(String verify) {
        this.verify = verify;
    }

    public @Nullable String getSample() {
        return sample;
    }

    /** Which share of the files verify=digest and verify=content are for, as 5%: others with each check. All by default; of the rest the metadata is compared. */
    public void setSample(@Nullable String sample) {
        this.sample = sample;
    }

    public @Nullable String getCheckFile() {
        return checkFile;
    }

    /** A file that gets a line of JSON from mode=check for each name: path, result (equal, different, missing, extra, unknown), by what, and the reason. In a directory, each sync has a file of its own. */
    public void setCheckFile(@Nullable String checkFile) {
        this.checkFile = checkFile;
    }

    public @Nullable String getCombinedFile() {
        return combinedFile;
    }

    /** A file that gets a line from mode=check for each name as rclone's check --combined writes it, beginning with the same signs. In a directory, each sync has a file of its own. */
    public void setCombinedFile(@Nullable String combinedFile) {
        this.combinedFile = combinedFile;
    }

    public @Nullable String getCertificateFile() {
        return certificateFile;
    }

    /** A file, ending in .json, that gets the result of mode=check, signed with planKey: what was compared, how, and what was found; beside it lies a page for people that ends in .html. */
    public void setCertificateFile(@Nullable String certificateFile) {
        this.certificateFile = certificateFile;
    }

    public @Nullable String getScrubFile() {
        return scrubFile;
    }

    /** A file that remembers when mode=scrub read each version, so that a run that ends at its budget, or is killed, is gone on with. In a directory, each sync has a file of its own. */
    public void setScrubFile(@Nullable String scrubFile) {
        this.scrubFile = scrubFile;
    }

    public @Nullable DataSource getScrubDataSource() {
        return scrubDataSource;
    }

    /** A database that remembers when mode=scrub read each version, instead of scrubFile; the table B2_SCRUB is made there. */
    public void setScrubDataSource(@Nullable DataSource scrubDataSource) {
        this.scrubDataSource = scrubDataSource;
    }

    public @Nullable String getScrubBytes() {
        return scrubBytes;
    }

    /** How many bytes one run of mode=scrub reads at most, as 50GB; the next run goes on. */
    public void setScrubBytes(@Nullable String scrubBytes) {
        this.scrubBytes = scrubBytes;
    }

    public @Nullable String getScrubCost() {
        return scrubCost;
    }

    /** What one run of mode=scrub costs at most, in the currency of the prices, as 0.50; the next run goes on. */
    public void setScrubCost(@Nullable String scrubCost) {
        this.scrubCost = scrubCost;
    }

    public @Nullable String getRate() {
        return rate;
    }

    /** How fast mode=scrub reads, in bytes a second, as 5MB, or a timetable as maxBytesPerSecond has it, whose place it takes. */
    public void setRate(@Nullable String rate) {
        this.rate = rate;
    }

    public long getScrubEvery() {
        return scrubEvery;
    }

    /** How long after mode=scrub has begun with the first version it begins anew, once it has read all of them. */
    public void setScrubEvery(long scrubEvery) {
        this.scrubEvery = scrubEvery;
    }

    public boolean isRepair() {
        return repair;
    }

    /** Whether mode=scrub stores a damaged file again, as a new version, where the other side has content of exactly the digest that was recorded. Nothing is deleted. */
    public void setRepair(boolean repair) {
        this.repair = repair;
    }

    public String getWorkers() {
        return workers;
    }

    /** How many path plans are carried out at once: a number from 1 to 1,000, or auto, which begins with 10 and finds out during the run how many move most, up to 64: more on a long line, fewer while B2 says that it is busy. */
    public void setWorkers(String workers) {
        this.workers = workers;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    /** Whether only the report and the lines are made and nothing is changed. */
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public boolean isAllowEmptySource() {
        return allowEmptySource;
    }

    /** Whether a source without any file is synced. Otherwise the run fails and deletes nothing, because such a source is usually a mistake. */
    public void setAllowEmptySource(boolean allowEmptySource) {
        this.allowEmptySource = allowEmptySource;
    }

    public String getCompareMode() {
        return compareMode;
    }

    /** What makes files of both sides different: their times, their sizes, their content, or nothing once they exist. */
    public void setCompareMode(String compareMode) {
        this.compareMode = compareMode;
    }

    public String getCompareThreshold() {
        return compareThreshold;
    }

    /** The difference that is still none: for compareMode=modTime a number of ms or a duration as 500ms or 2s, for compareMode=size a number of bytes or a size as 10KB. */
    public void setCompareThreshold(String compareThreshold) {
        this.compareThreshold = compareThreshold;
    }

    public String getNewerFileMode() {
        return newerFileMode;
    }

    /** What happens to a file that is newer at the destination: the file fails, it is left alone, or it is replaced. */
    public void setNewerFileMode(String newerFileMode) {
        this.newerFileMode = newerFileMode;
    }

    public String getKeepMode() {
        return keepMode;
    }

    /** What happens at the destination to files that the source does not have, and to old versions: nothing, they are deleted, or they are hidden and deleted after keepDays. */
    public void setKeepMode(String keepMode) {
        this.keepMode = keepMode;
    }

    public @Nullable Double getKeepDays() {
        return keepDays;
    }

    /** How many days old versions are kept, fractions allowed. Only with keepMode=keepBeforeDelete. */
    public void setKeepDays(@Nullable Double keepDays) {
        this.keepDays = keepDays;
    }

    public @Nullable String getExcludeDirRegex() {
        return excludeDirRegex;
    }

    /** Directories to leave out: regular expressions in Python notation that match the beginning of the relative path. May be given more than once. */
    public void setExcludeDirRegex(@Nullable String excludeDirRegex) {
        this.excludeDirRegex = excludeDirRegex;
    }

    public @Nullable String getExcludeRegex() {
        return excludeRegex;
    }

    /** Files to leave out: regular expressions in Python notation that match the beginning of the relative path. May be given more than once. */
    public void setExcludeRegex(@Nullable String excludeRegex) {
        this.excludeRegex = excludeRegex;
    }

    public @Nullable String getIncludeRegex() {
        return includeRegex;
    }

    /** Exceptions from excludeRegex. May be given more than once. */
    public void setIncludeRegex(@Nullable String includeRegex) {
        this.includeRegex = includeRegex;
    }

    public boolean isExcludeAllSymlinks() {
        return excludeAllSymlinks;
    }

    /** Whether symbolic links of a local source are left out, as with symlinks=skip. */
    public void setExcludeAllSymlinks(boolean excludeAllSymlinks) {
        this.excludeAllSymlinks = excludeAllSymlinks;
    }

    public String getSymlinks() {
        return symlinks;
    }

    /** What happens to symbolic links of a local source: they are followed, followed unless they lead out of the source, or left out. What is left out stays at the destination. */
    public void setSymlinks(String symlinks) {
        this.symlinks = symlinks;
    }

    public String getSpecialFiles() {
        return specialFiles;
    }

    /** What a pipe, a socket, a device or a link to nothing in a local source is: a skip that is reported, or a failure. In either case what the destination has of it stays. */
    public void setSpecialFiles(String specialFiles) {
        this.specialFiles = specialFiles;
    }

    public String getHiddenSource() {
        return hiddenSource;
    }

    /** What a name is that is hidden in a B2 source: absent, as if it had been deleted there, or ignored: what the destination has of it stays as it is. */
    public void setHiddenSource(String hiddenSource) {
        this.hiddenSource = hiddenSource;
    }

    public String getUnicode() {
        return unicode;
    }

    /** Whether names are compared by their bytes, as B2 does, or a name that one side spells composed and the other decomposed is one name: then equal files are neither moved nor removed for their spelling. Two spellings on one side stay two names. */
    public void setUnicode(String unicode) {
        this.unicode = unicode;
    }

    public @Nullable String getExcludeModifiedBefore() {
        return excludeModifiedBefore;
    }

    /** Leaves out files that were modified before this time, in milliseconds since 1970. */
    public void setExcludeModifiedBefore(@Nullable String excludeModifiedBefore) {
        this.excludeModifiedBefore = excludeModifiedBefore;
    }

    public @Nullable String getExcludeModifiedAfter() {
        return excludeModifiedAfter;
    }

    /** Leaves out files that were modified after this time, in milliseconds since 1970. */
    public void setExcludeModifiedAfter(@Nullable String excludeModifiedAfter) {
        this.excludeModifiedAfter = excludeModifiedAfter;
    }

    public @Nullable String getExcludeUploadedBefore() {
        return excludeUploadedBefore;
    }

    /** Leaves out versions of a B2 source that were uploaded before this time, in milliseconds since 1970. */
    public void setExcludeUploadedBefore(@Nullable String excludeUploadedBefore) {
        this.excludeUploadedBefore = excludeUploadedBefore;
    }

    public @Nullable String getExcludeUploadedAfter() {
        return excludeUploadedAfter;
    }

    /** Leaves out versions of a B2 source that were uploaded after this time, in milliseconds since 1970. */
    public void setExcludeUploadedAfter(@Nullable String excludeUploadedAfter) {
        this.excludeUploadedAfter = excludeUploadedAfter;
    }

    public @Nullable String getAsOf() {
        return asOf;
    }

    /** Reads a B2 source as it was at a time: 2026-01-31T08:00:00Z, or -3d for three days ago. Each name is what it stood for then; what came later is absent. */
    public void setAsOf(@Nullable String asOf) {
        this.asOf = asOf;
    }

    public boolean isDeleteExcluded() {
        return deleteExcluded;
    }

    /** Whether files at the destination that the filters exclude are treated as absent at the source, as b2sdk does. Otherwise they are left alone. */
    public void setDeleteExcluded(boolean deleteExcluded) {
        this.deleteExcluded = deleteExcluded;
    }

    public String getUploadMode() {
        return uploadMode;
    }

    /** How changed files are uploaded: whole, or, where a file only grew, by a copy that B2 makes of the old content and an upload of the rest. */
    public void setUploadMode(String uploadMode) {
        this.uploadMode = uploadMode;
    }

    public String getSourceEncryption() {
        return sourceEncryption;
    }

    /** How files of a B2 source are encrypted; only SSE-C has to be said. */
    public void setSourceEncryption(String sourceEncryption) {
        this.sourceEncryption = sourceEncryption;
    }

    public @Nullable String getSourceCustomerKey() {
        return sourceCustomerKey;
    }

    /** The SSE-C key of a B2 source: 32 bytes in Base64. */
    public void setSourceCustomerKey(@Nullable String sourceCustomerKey) {
        this.sourceCustomerKey = sourceCustomerKey;
    }

    public String getDestinationEncryption() {
        return destinationEncryption;
    }

    /** How files are encrypted at a B2 destination; default leaves it to the bucket. none is an old word for default, taken with a warning until version 0.3. */
    public void setDestinationEncryption(String destinationEncryption) {
        this.destinationEncryption = destinationEncryption;
    }

    public @Nullable String getDestinationCustomerKey() {
        return destinationCustomerKey;
    }

    /** The SSE-C key of a B2 destination: 32 bytes in Base64. */
    public void setDestinationCustomerKey(@Nullable String destinationCustomerKey) {
        this.destinationCustomerKey = destinationCustomerKey;
    }

    public @Nullable String getContentType() {
        return contentType;
    }

    /** The content type of files that are uploaded, or a Simple expression that says it for each. Without it, B2 chooses one by the end of the name. */
    public void setContentType(@Nullable String contentType) {
        this.contentType = contentType;
    }

    public @Nullable String getCacheControl() {
        return cacheControl;
    }

    /** The Cache-Control that files which are uploaded are served with, or a Simple expression that says it for each. */
    public void setCacheControl(@Nullable String cacheControl) {
        this.cacheControl = cacheControl;
    }

    public @Nullable String getFileInfo() {
        return fileInfo;
    }

    /** File information that is stored with files that are uploaded, as color=blue,size=large, or a Simple expression that says it for each. */
    public void setFileInfo(@Nullable String fileInfo) {
        this.fileInfo = fileInfo;
    }

    public @Nullable String getRetentionMode() {
        return retentionMode;
    }

    /** How strictly files that are uploaded are kept for retainFor, or a Simple expression that says it for each. */
    public void setRetentionMode(@Nullable String retentionMode) {
        this.retentionMode = retentionMode;
    }

    public @Nullable String getRetainFor() {
        return retainFor;
    }

    /** How long from their upload on nobody can delete files that are uploaded, as 30d or 12h, or a Simple expression that says it for each. With retentionMode only. */
    public void setRetainFor(@Nullable String retainFor) {
        this.retainFor = retainFor;
    }

    public @Nullable String getLegalHold() {
        return legalHold;
    }

    /** Whether files that are uploaded are under legal hold, or a Simple expression that says it for each. */
    public void setLegalHold(@Nullable String legalHold) {
        this.legalHold = legalHold;
    }

    public @Nullable StoredAs getStoredAs() {
        return storedAs;
    }

    /** Says for each file that is uploaded what is stored with it: type, cache control, file information, retention, legal hold. Refer to a bean. */
    public void setStoredAs(@Nullable StoredAs storedAs) {
        this.storedAs = storedAs;
    }

    public @Nullable String getMaxDelete() {
        return maxDelete;
    }

    /** How many names one run may remove from the destination, and from how many it may delete superseded versions: a number, a percentage of the names there as 10%, or unlimited. Each is counted apart, and what goes beyond is withheld as a whole; files are transferred in any case. The default is the larger of 100 and half of the names. */
    public void setMaxDelete(@Nullable String maxDelete) {
        this.maxDelete = maxDelete;
    }

    public @Nullable Long getMaxTransactionsC() {
        return maxTransactionsC;
    }

    /** The most transactions of class C (listings, copies, logins) that one run may use, as B2 bills them: the run ends, incomplete, before it would go beyond, and begins no removal that it could not bring to its end. Any number by default; mode=estimate tells how many a run needs. */
    public void setMaxTransactionsC(@Nullable Long maxTransactionsC) {
        this.maxTransactionsC = maxTransactionsC;
    }

    public @Nullable String getMaxDownloadBytes() {
        return maxDownloadBytes;
    }

    /** The most bytes that one run may download, as a number or a size as 10GB: the run ends, incomplete, before a file that would go beyond. Any number by default; mode=estimate tells how many a run needs. */
    public void setMaxDownloadBytes(@Nullable String maxDownloadBytes) {
        this.maxDownloadBytes = maxDownloadBytes;
    }

    public @Nullable Long getHealthMaxAge() {
        return healthMaxAge;
    }

    /** How long ago the last complete run may be before the health check of this sync is DOWN, counted from the start where there was none; dry runs and estimates do not count. As long as you like by default. */
    public void setHealthMaxAge(@Nullable Long healthMaxAge) {
        this.healthMaxAge = healthMaxAge;
    }

    public @Nullable String getPrices() {
        return prices;
    }

    /** The prices that the cost in reports is computed with: a file or resource of properties as classpath:prices.properties, with date, currency, classA, classB, classC (each for 10,000 transactions), download (for 1,000,000,000 bytes) and storage (for 1,000,000,000 bytes a month). By default those that Backblaze had published when this version was made. */
    public void setPrices(@Nullable String prices) {
        this.prices = prices;
    }

    public boolean isProgress() {
        return progress;
    }

    /** Whether figures are published, over JMX and to the progressListener. Nothing is ever printed. */
    public void setProgress(boolean progress) {
        this.progress = progress;
    }

    public @Nullable SyncProgressListener getProgressListener() {
        return progressListener;
    }

    /** Hears the figures of runs a few times a second. */
    public void setProgressListener(@Nullable SyncProgressListener progressListener) {
        this.progressListener = progressListener;
    }

    public @Nullable String getReportTo() {
        return reportTo;
    }

    /** The URI of an endpoint that gets one message for each finished action: the line as b2sdk prints it, with headers. */
    public void setReportTo(@Nullable String reportTo) {
        this.reportTo = reportTo;
    }

    public String getKeepDaysFrom() {
        return keepDaysFrom;
    }

    /** What keepDays are counted from: the upload of a version's successor, since when nobody reads it by name, or the version's own time, as b2sdk does. */
    public void setKeepDaysFrom(String keepDaysFrom) {
        this.keepDaysFrom = keepDaysFrom;
    }

    public boolean isDeleteAfterFailures() {
        return deleteAfterFailures;
    }

    /** Whether names that the source no longer has are removed although a file of the run was not stored, as b2sdk does. Otherwise they stay until a run in which nothing fails: the file that failed may be the one that had the old name. */
    public void setDeleteAfterFailures(boolean deleteAfterFailures) {
        this.deleteAfterFailures = deleteAfterFailures;
    }

    public long getOutageTimeout() {
        return outageTimeout;
    }

    /** How long B2 may be away before a run gives up. No call of a run is tried again for longer. */
    public void setOutageTimeout(long outageTimeout) {
        this.outageTimeout = outageTimeout;
    }

    public @Nullable String getMaxBytesPerSecond() {
        return maxBytesPerSecond;
    }

    /**
     * How many bytes of content go in a second to and from B2, shared with whoever says the same for the same account:
     * 2MB, off, or a timetable as 08:00,2MB 18:00,20MB 23:00,off. That of the component b2 when not set.
     */
    public void setMaxBytesPerSecond(@Nullable String maxBytesPerSecond) {
        this.maxBytesPerSecond = maxBytesPerSecond;
    }

    public long getPlanTimeout() {
        return planTimeout;
    }

    /** How long, with mode=plan, the removals of a run wait for path plans that were taken and that nobody has begun to carry out. Then names that the source no longer has stay. */
    public void setPlanTimeout(long planTimeout) {
        this.planTimeout = planTimeout;
    }

    public boolean isTrustNowHeader() {
        return trustNowHeader;
    }

    /** Whether versions are removed by age also where the header CamelB2SyncNow differs from the clock by more than ten minutes. */
    public void setTrustNowHeader(boolean trustNowHeader) {
        this.trustNowHeader = trustNowHeader;
    }

    public @Nullable String getPlanKey() {
        return planKey;
    }

    /** The key, of 16 characters or more, that signs path plans as JSON and that mode=execute checks them with. Without one only plans of this context are carried out. */
    public void setPlanKey(@Nullable String planKey) {
        this.planKey = planKey;
    }

    public @Nullable String getActionEndpoint() {
        return actionEndpoint;
    }

    /** The URI of the queue that gets the path plans of a run, which workers on any number of machines carry out; needs resultEndpoint and planKey. */
    public void setActionEndpoint(@Nullable String actionEndpoint) {
        this.actionEndpoint = actionEndpoint;
    }

    public @Nullable String getResultEndpoint() {
        return resultEndpoint;
    }

    /** The URI of the queue or topic that brings the answers of the workers; each sync has its own. */
    public void setResultEndpoint(@Nullable String resultEndpoint) {
        this.resultEndpoint = resultEndpoint;
    }

    public @Nullable String getDeadLetterEndpoint() {
        return deadLetterEndpoint;
    }

    /** The URI of the queue for messages that no worker can read or carry out. Without it a worker fails on what it cannot read, and the broker has rules of its own for that. */
    public void setDeadLetterEndpoint(@Nullable String deadLetterEndpoint) {
        this.deadLetterEndpoint = deadLetterEndpoint;
    }

    public int getOutstanding() {
        return outstanding;
    }

    /** How many path plans may be with the broker and the workers at once, from 1 to 1,000,000. */
    public void setOutstanding(int outstanding) {
        this.outstanding = outstanding;
    }

    public long getLeaseTime() {
        return leaseTime;
    }

    /** How long a worker may be silent about a path plan before another one gets it; 100 ms at least. A worker tells three times as often that it is at it. */
    public void setLeaseTime(long leaseTime) {
        this.leaseTime = leaseTime;
    }

    public @Nullable DataSource getLedger() {
        return ledger;
    }

    /** The database that knows which coordinator holds the sync, so that another one can take over when it dies. Refer to a bean. */
    public void setLedger(@Nullable DataSource ledger) {
        this.ledger = ledger;
    }

    public String getIncompleteRun() {
        return incompleteRun;
    }

    /** What a consumer does with the report of a run that is incomplete: fail hands a SyncIncompleteException that carries it to the exception handler, and no step of the route runs; report sends it down the route as any other. */
    public void setIncompleteRun(String incompleteRun) {
        this.incompleteRun = incompleteRun;
    }

    public @Nullable String getReportFile() {
        return reportFile;
    }

    /** A file that gets every failure, skip and withheld removal of a run as lines of JSON; the report itself holds the first thousand of each. It is replaced with every run. In a directory, each sync has a file of its own. */
    public void setReportFile(@Nullable String reportFile) {
        this.reportFile = reportFile;
    }

    public @Nullable String getStateFile() {
        return stateFile;
    }

    /** A file that remembers the device, the mount and the number of entries of each directory of a local source after every run, however early it ended. A directory that was a disk or a bind mount of its own and is none now or is gone, one where another disk is mounted than then or one that was made anew, and one that is empty now and lies on another device, is one whose disk is not mounted: nothing below it is removed. Each sync needs a file of its own; in a directory it has one. */
    public void setStateFile(@Nullable String stateFile) {
        this.stateFile = stateFile;
    }
}
