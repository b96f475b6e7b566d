package io.github.camelb2.springboot;

import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** What is set of {@code camel.component.b2-sync.*}. Made from the metadata of the component: see GeneratedFilesTest. */
@ConfigurationProperties("camel.component.b2-sync")
public class B2SyncComponentProperties extends OptionProperties {
    @Override
    Set<String> options() {
        return Set.of(
                "actionEndpoint",
                "allowEmptySource",
                "antExclude",
                "antInclude",
                "asOf",
                "autowiredEnabled",
                "backupDir",
                "backupSuffix",
                "bridgeErrorHandler",
                "cacheControl",
                "certificateFile",
                "checkFile",
                "combinedFile",
                "compareMode",
                "compareThreshold",
                "configuration",
                "contentType",
                "cutoff",
                "deadLetterEndpoint",
                "deleteAfterFailures",
                "deleteExcluded",
                "destination",
                "destinationApplicationKey",
                "destinationApplicationKeyId",
                "destinationComponent",
                "destinationConfiguration",
                "destinationCustomerKey",
                "destinationEncryption",
                "destinationRealm",
                "dryRun",
                "excludeAllSymlinks",
                "excludeDirRegex",
                "excludeModifiedAfter",
                "excludeModifiedBefore",
                "excludeRegex",
                "excludeUploadedAfter",
                "excludeUploadedBefore",
                "fileInfo",
                "filesFrom",
                "filterFrom",
                "healthCheckConsumerEnabled",
                "healthCheckProducerEnabled",
                "healthMaxAge",
                "hiddenSource",
                "includeRegex",
                "incompleteRun",
                "keepDays",
                "keepDaysFrom",
                "keepMode",
                "lazyStartProducer",
                "leaseTime",
                "ledger",
                "legalHold",
                "maxAge",
                "maxBytesPerSecond",
                "maxDelete",
                "maxDownloadBytes",
                "maxDuration",
                "maxSize",
                "maxTransactionsC",
                "maxTransferBytes",
                "minAge",
                "minSize",
                "mode",
                "newerFileMode",
                "order",
                "outageTimeout",
                "outstanding",
                "path",
                "planFile",
                "planKey",
                "planMaxAge",
                "planTimeout",
                "preserve",
                "prices",
                "progress",
                "progressListener",
                "rate",
                "repair",
                "reportFile",
                "reportTo",
                "resultEndpoint",
                "retainFor",
                "retentionMode",
                "sample",
                "scrubBytes",
                "scrubCost",
                "scrubDataSource",
                "scrubEvery",
                "scrubFile",
                "source",
                "sourceApplicationKey",
                "sourceApplicationKeyId",
                "sourceComponent",
                "sourceConfiguration",
                "sourceCustomerKey",
                "sourceEncryption",
                "sourceRealm",
                "specialFiles",
                "stateFile",
                "storedAs",
                "symlinks",
                "trackRenames",
                "trustNowHeader",
                "unicode",
                "uploadMode",
                "verify",
                "window",
                "workers");
    }

    @Override
    Set<String> secrets() {
        return Set.of("destinationApplicationKey", "destinationCustomerKey", "planKey", "sourceApplicationKey", "sourceCustomerKey");
    }

    public @Nullable String getActionEndpoint() {
        return get("actionEndpoint", String.class);
    }

    /** The URI of the queue that gets the path plans of a run, which workers on any number of machines carry out; needs resultEndpoint and planKey. */
    public void setActionEndpoint(@Nullable String value) {
        set("actionEndpoint", value);
    }

    public @Nullable Boolean getAllowEmptySource() {
        return get("allowEmptySource", Boolean.class);
    }

    /** Whether a source without any file is synced. Otherwise the run fails and deletes nothing, because such a source is usually a mistake. */
    public void setAllowEmptySource(@Nullable Boolean value) {
        set("allowEmptySource", value);
    }

    public @Nullable String getBackupDir() {
        return get("backupDir", String.class);
    }

    /** A directory of this machine that gets the files which a run down to a directory replaces or removes, each under its path, instead of losing them. It lies outside of what is synced; what is there already is never replaced. */
    public void setBackupDir(@Nullable String value) {
        set("backupDir", value);
    }

    public @Nullable String getBackupSuffix() {
        return get("backupSuffix", String.class);
    }

    /** What is put behind the names of files in backupDir, as .old or a date. */
    public void setBackupSuffix(@Nullable String value) {
        set("backupSuffix", value);
    }

    public @Nullable String getCacheControl() {
        return get("cacheControl", String.class);
    }

    /** The Cache-Control that files which are uploaded are served with, or a Simple expression that says it for each. */
    public void setCacheControl(@Nullable String value) {
        set("cacheControl", value);
    }

    public @Nullable String getCompareMode() {
        return get("compareMode", String.class);
    }

    /** What makes files of both sides different: their times, their sizes, their content, or nothing once they exist. */
    public void setCompareMode(@Nullable String value) {
        set("compareMode", value);
    }

    public @Nullable String getCompareThreshold() {
        return get("compareThreshold", String.class);
    }

    /** The difference that is still none: for compareMode=modTime a number of ms or a duration as 500ms or 2s, for compareMode=size a number of bytes or a size as 10KB. */
    public void setCompareThreshold(@Nullable String value) {
        set("compareThreshold", value);
    }

    public @Nullable String getConfiguration() {
        return get("configuration", String.class);
    }

    /** The options that all endpoints start from; an endpoint's own options go before them. */
    public void setConfiguration(@Nullable String value) {
        set("configuration", value);
    }

    public @Nullable String getContentType() {
        return get("contentType", String.class);
    }

    /** The content type of files that are uploaded, or a Simple expression that says it for each. Without it, B2 chooses one by the end of the name. */
    public void setContentType(@Nullable String value) {
        set("contentType", value);
    }

    public @Nullable String getCutoff() {
        return get("cutoff", String.class);
    }

    /** What becomes of transfers under way when maxDuration, maxTransferBytes or window ends a run: soft lets them go on to their end, hard breaks them off. */
    public void setCutoff(@Nullable String value) {
        set("cutoff", value);
    }

    public @Nullable Boolean getDeleteAfterFailures() {
        return get("deleteAfterFailures", Boolean.class);
    }

    /** Whether names that the source no longer has are removed although a file of the run was not stored, as b2sdk does. Otherwise they stay until a run in which nothing fails: the file that failed may be the one that had the old name. */
    public void setDeleteAfterFailures(@Nullable Boolean value) {
        set("deleteAfterFailures", value);
    }

    public @Nullable String getDestination() {
        return get("destination", String.class);
    }

    /** Where files go: a local directory, or b2://bucket/prefix. */
    public void setDestination(@Nullable String value) {
        set("destination", value);
    }

    public @Nullable String getDestinationComponent() {
        return get("destinationComponent", String.class);
    }

    /** The name of the B2 component whose account writes the destination. */
    public void setDestinationComponent(@Nullable String value) {
        set("destinationComponent", value);
    }

    public @Nullable Boolean getDryRun() {
        return get("dryRun", Boolean.class);
    }

    /** Whether only the report and the lines are made and nothing is changed. */
    public void setDryRun(@Nullable Boolean value) {
        set("dryRun", value);
    }

    public @Nullable String getFileInfo() {
        return get("fileInfo", String.class);
    }

    /** File information that is stored with files that are uploaded, as color=blue,size=large, or a Simple expression that says it for each. */
    public void setFileInfo(@Nullable String value) {
        set("fileInfo", value);
    }

    public @Nullable String getHealthMaxAge() {
        return get("healthMaxAge", String.class);
    }

    /** How long ago the last complete run may be before the health check of this sync is DOWN, counted from the start where there was none; dry runs and estimates do not count. As long as you like by default. */
    public void setHealthMaxAge(@Nullable String value) {
        set("healthMaxAge", value);
    }

    public @Nullable Double getKeepDays() {
        return get("keepDays", Double.class);
    }

    /** How many days old versions are kept, fractions allowed. Only with keepMode=keepBeforeDelete. */
    public void setKeepDays(@Nullable Double value) {
        set("keepDays", value);
    }

    public @Nullable String getKeepDaysFrom() {
        return get("keepDaysFrom", String.class);
    }

    /** What keepDays are counted from: the upload of a version's successor, since when nobody reads it by name, or the version's own time, as b2sdk does. */
    public void setKeepDaysFrom(@Nullable String value) {
        set("keepDaysFrom", value);
    }

    public @Nullable String getKeepMode() {
        return get("keepMode", String.class);
    }

    /** What happens at the destination to files that the source does not have, and to old versions: nothing, they are deleted, or they are hidden and deleted after keepDays. */
    public void setKeepMode(@Nullable String value) {
        set("keepMode", value);
    }

    public @Nullable String getLegalHold() {
        return get("legalHold", String.class);
    }

    /** Whether files that are uploaded are under legal hold, or a Simple expression that says it for each. */
    public void setLegalHold(@Nullable String value) {
        set("legalHold", value);
    }

    public @Nullable String getMaxDelete() {
        return get("maxDelete", String.class);
    }

    /** How many names one run may remove from the destination, and from how many it may delete superseded versions: a number, a percentage of the names there as 10%, or unlimited. Each is counted apart, and what goes beyond is withheld as a whole; files are transferred in any case. The default is the larger of 100 and half of the names. */
    public void setMaxDelete(@Nullable String value) {
        set("maxDelete", value);
    }

    public @Nullable String getMaxDownloadBytes() {
        return get("maxDownloadBytes", String.class);
    }

    /** The most bytes that one run may download, as a number or a size as 10GB: the run ends, incomplete, before a file that would go beyond. Any number by default; mode=estimate tells how many a run needs. */
    public void setMaxDownloadBytes(@Nullable String value) {
        set("maxDownloadBytes", value);
    }

    public @Nullable String getMaxDuration() {
        return get("maxDuration", String.class);
    }

    /** How long one run may take, as 4h: then it ends, incomplete, and removes nothing more; 0 for no limit. */
    public void setMaxDuration(@Nullable String value) {
        set("maxDuration", value);
    }

    public @Nullable Long getMaxTransactionsC() {
        return get("maxTransactionsC", Long.class);
    }

    /** The most transactions of class C (listings, copies, logins) that one run may use, as B2 bills them: the run ends, incomplete, before it would go beyond, and begins no removal that it could not bring to its end. Any number by default; mode=estimate tells how many a run needs. */
    public void setMaxTransactionsC(@Nullable Long value) {
        set("maxTransactionsC", value);
    }

    public @Nullable String getMaxTransferBytes() {
        return get("maxTransferBytes", String.class);
    }

    /** How many bytes of files one run transfers, as a number or a size as 10GB: when they are reached it begins no transfer, and where one is left it ends, incomplete, and removes nothing more. Any number by default. */
    public void setMaxTransferBytes(@Nullable String value) {
        set("maxTransferBytes", value);
    }

    public @Nullable String getNewerFileMode() {
        return get("newerFileMode", String.class);
    }

    /** What happens to a file that is newer at the destination: the file fails, it is left alone, or it is replaced. */
    public void setNewerFileMode(@Nullable String value) {
        set("newerFileMode", value);
    }

    public @Nullable String getOrder() {
        return get("order", String.class);
    }

    /** Which transfers come first: in the order of names, or, among 10,000 that are known, the smallest files, or those that were modified longest ago. */
    public void setOrder(@Nullable String value) {
        set("order", value);
    }

    public @Nullable String getPreserve() {
        return get("preserve", String.class);
    }

    /** What of files of this machine is stored besides content and time, and given back on the way down, with commas between: mode for permissions, owner for the numbers of user and group, setid for the set-user-id, set-group-id and sticky bits too, symlinks for links as links, of which those that may lead out of the directory come down only with allSymlinks, emptyDirs for directories without any entry. By default nothing. */
    public void setPreserve(@Nullable String value) {
        set("preserve", value);
    }

    public @Nullable Boolean getProgress() {
        return get("progress", Boolean.class);
    }

    /** Whether figures are published, over JMX and to the progressListener. Nothing is ever printed. */
    public void setProgress(@Nullable Boolean value) {
        set("progress", value);
    }

    public @Nullable String getReportFile() {
        return get("reportFile", String.class);
    }

    /** A file that gets every failure, skip and withheld removal of a run as lines of JSON; the report itself holds the first thousand of each. It is replaced with every run. In a directory, each sync has a file of its own. */
    public void setReportFile(@Nullable String value) {
        set("reportFile", value);
    }

    public @Nullable String getReportTo() {
        return get("reportTo", String.class);
    }

    /** The URI of an endpoint that gets one message for each finished action: the line as b2sdk prints it, with headers. */
    public void setReportTo(@Nullable String value) {
        set("reportTo", value);
    }

    public @Nullable String getResultEndpoint() {
        return get("resultEndpoint", String.class);
    }

    /** The URI of the queue or topic that brings the answers of the workers; each sync has its own. */
    public void setResultEndpoint(@Nullable String value) {
        set("resultEndpoint", value);
    }

    public @Nullable String getRetainFor() {
        return get("retainFor", String.class);
    }

    /** How long from their upload on nobody can delete files that are uploaded, as 30d or 12h, or a Simple expression that says it for each. With retentionMode only. */
    public void setRetainFor(@Nullable String value) {
        set("retainFor", value);
    }

    public @Nullable String getRetentionMode() {
        return get("retentionMode", String.class);
    }

    /** How strictly files that are uploaded are kept for retainFor, or a Simple expression that says it for each. */
    public void setRetentionMode(@Nullable String value) {
        set("retentionMode", value);
    }

    public @Nullable String getSource() {
        return get("source", String.class);
    }

    /** Where files come from: a local directory, or b2://bucket/prefix. It is needed but with mode=scrub, which reads one bucket and needs a second side only to repair. */
    public void setSource(@Nullable String value) {
        set("source", value);
    }

    public @Nullable String getSourceComponent() {
        return get("sourceComponent", String.class);
    }

    /** The name of the B2 component whose account reads the source. */
    public void setSourceComponent(@Nullable String value) {
        set("sourceComponent", value);
    }

    public @Nullable String getStateFile() {
        return get("stateFile", String.class);
    }

    /** A file that remembers the device, the mount and the number of entries of each directory of a local source after every run, however early it ended. A directory that was a disk or a bind mount of its own and is none now or is gone, one where another disk is mounted than then or one that was made anew, and one that is empty now and lies on another device, is one whose disk is not mounted: nothing below it is removed. Each sync needs a file of its own; in a directory it has one. */
    public void setStateFile(@Nullable String value) {
        set("stateFile", value);
    }

    public @Nullable String getTrackRenames() {
        return get("trackRenames", String.class);
    }

    /** Whether a file of a local source that was moved is copied inside B2 instead of being uploaded again, and what tells that it is the same: its SHA-1, or its size and time, which looks at no content and may be wrong. Files that came wait for the end of the scans then. */
    public void setTrackRenames(@Nullable String value) {
        set("trackRenames", value);
    }

    public @Nullable String getUploadMode() {
        return get("uploadMode", String.class);
    }

    /** How changed files are uploaded: whole, or, where a file only grew, by a copy that B2 makes of the old content and an upload of the rest. */
    public void setUploadMode(@Nullable String value) {
        set("uploadMode", value);
    }

    public @Nullable String getWindow() {
        return get("window", String.class);
    }

    /** The hours of the day in which runs work, as 22:00-06:00, or Europe/Berlin 22:00-06:00 where that is not the time zone of the machine. A consumer begins no run outside of them, and a run that is not at its end when they are over ends, incomplete, and removes nothing more. */
    public void setWindow(@Nullable String value) {
        set("window", value);
    }

    public @Nullable String getWorkers() {
        return get("workers", String.class);
    }

    /** How many path plans are carried out at once: a number from 1 to 1,000, or auto, which begins with 10 and finds out during the run how many move most, up to 64: more on a long line, fewer while B2 says that it is busy. */
    public void setWorkers(@Nullable String value) {
        set("workers", value);
    }

    public @Nullable String getDeadLetterEndpoint() {
        return get("deadLetterEndpoint", String.class);
    }

    /** The URI of the queue for messages that no worker can read or carry out. Without it a worker fails on what it cannot read, and the broker has rules of its own for that. */
    public void setDeadLetterEndpoint(@Nullable String value) {
        set("deadLetterEndpoint", value);
    }

    public @Nullable String getDestinationRealm() {
        return get("destinationRealm", String.class);
    }

    /** The B2 service of the account that writes the destination, instead of the component's: production, or a URL. */
    public void setDestinationRealm(@Nullable String value) {
        set("destinationRealm", value);
    }

    public @Nullable String getLeaseTime() {
        return get("leaseTime", String.class);
    }

    /** How long a worker may be silent about a path plan before another one gets it; 100 ms at least. A worker tells three times as often that it is at it. */
    public void setLeaseTime(@Nullable String value) {
        set("leaseTime", value);
    }

    public @Nullable String getLedger() {
        return get("ledger", String.class);
    }

    /** The database that knows which coordinator holds the sync, so that another one can take over when it dies. Refer to a bean. */
    public void setLedger(@Nullable String value) {
        set("ledger", value);
    }

    public @Nullable String getMaxBytesPerSecond() {
        return get("maxBytesPerSecond", String.class);
    }

    /** How many bytes of content go in a second to and from B2, shared with whoever says the same for the same account: 2MB, off, or a timetable as 08:00,2MB 18:00,20MB 23:00,off. That of the component b2 when not set. */
    public void setMaxBytesPerSecond(@Nullable String value) {
        set("maxBytesPerSecond", value);
    }

    public @Nullable String getOutageTimeout() {
        return get("outageTimeout", String.class);
    }

    /** How long B2 may be away before a run gives up. No call of a run is tried again for longer. */
    public void setOutageTimeout(@Nullable String value) {
        set("outageTimeout", value);
    }

    public @Nullable Integer getOutstanding() {
        return get("outstanding", Integer.class);
    }

    /** How many path plans may be with the broker and the workers at once, from 1 to 1,000,000. */
    public void setOutstanding(@Nullable Integer value) {
        set("outstanding", value);
    }

    public @Nullable String getPlanTimeout() {
        return get("planTimeout", String.class);
    }

    /** How long, with mode=plan, the removals of a run wait for path plans that were taken and that nobody has begun to carry out. Then names that the source no longer has stay. */
    public void setPlanTimeout(@Nullable String value) {
        set("planTimeout", value);
    }

    public @Nullable String getPrices() {
        return get("prices", String.class);
    }

    /** The prices that the cost in reports is computed with: a file or resource of properties as classpath:prices.properties, with date, currency, classA, classB, classC (each for 10,000 transactions), download (for 1,000,000,000 bytes) and storage (for 1,000,000,000 bytes a month). By default those that Backblaze had published when this version was made. */
    public void setPrices(@Nullable String value) {
        set("prices", value);
    }

    public @Nullable String getProgressListener() {
        return get("progressListener", String.class);
    }

    /** Hears the figures of runs a few times a second. */
    public void setProgressListener(@Nullable String value) {
        set("progressListener", value);
    }

    public @Nullable String getSourceRealm() {
        return get("sourceRealm", String.class);
    }

    /** The B2 service of the account that reads the source, instead of the component's: production, or a URL. */
    public void setSourceRealm(@Nullable String value) {
        set("sourceRealm", value);
    }

    public @Nullable Boolean getTrustNowHeader() {
        return get("trustNowHeader", Boolean.class);
    }

    /** Whether versions are removed by age also where the header CamelB2SyncNow differs from the clock by more than ten minutes. */
    public void setTrustNowHeader(@Nullable Boolean value) {
        set("trustNowHeader", value);
    }

    public @Nullable Boolean getBridgeErrorHandler() {
        return get("bridgeErrorHandler", Boolean.class);
    }

    /** Allows for bridging the consumer to the Camel routing Error Handler, which mean any exceptions (if possible) occurred while the Camel consumer is trying to pickup incoming messages, or the likes, will now be processed as a message and handled by the routing Error Handler. Important: This is only possible if the 3rd party component allows Camel to be alerted if an exception was thrown. Some components handle this internally only, and therefore bridgeErrorHandler is not possible. In other situations we may improve the Camel component to hook into the 3rd party component and make this possible for future releases. By default the consumer will use the org.apache.camel.spi.ExceptionHandler to deal with exceptions, that will be logged at WARN or ERROR level and ignored. */
    public void setBridgeErrorHandler(@Nullable Boolean value) {
        set("bridgeErrorHandler", value);
    }

    public @Nullable String getIncompleteRun() {
        return get("incompleteRun", String.class);
    }

    /** What a consumer does with the report of a run that is incomplete: fail hands a SyncIncompleteException that carries it to the exception handler, and no step of the route runs; report sends it down the route as any other. */
    public void setIncompleteRun(@Nullable String value) {
        set("incompleteRun", value);
    }

    public @Nullable String getCertificateFile() {
        return get("certificateFile", String.class);
    }

    /** A file, ending in .json, that gets the result of mode=check, signed with planKey: what was compared, how, and what was found; beside it lies a page for people that ends in .html. */
    public void setCertificateFile(@Nullable String value) {
        set("certificateFile", value);
    }

    public @Nullable String getCheckFile() {
        return get("checkFile", String.class);
    }

    /** A file that gets a line of JSON from mode=check for each name: path, result (equal, different, missing, extra, unknown), by what, and the reason. In a directory, each sync has a file of its own. */
    public void setCheckFile(@Nullable String value) {
        set("checkFile", value);
    }

    public @Nullable String getCombinedFile() {
        return get("combinedFile", String.class);
    }

    /** A file that gets a line from mode=check for each name as rclone's check --combined writes it, beginning with the same signs. In a directory, each sync has a file of its own. */
    public void setCombinedFile(@Nullable String value) {
        set("combinedFile", value);
    }

    public @Nullable Boolean getLazyStartProducer() {
        return get("lazyStartProducer", Boolean.class);
    }

    /** Whether the producer should be started lazy (on the first message). By starting lazy you can use this to allow CamelContext and routes to startup in situations where a producer may otherwise fail during starting and cause the route to fail being started. By deferring this startup to be lazy then the startup failure can be handled during routing messages via Camel's routing error handlers. Beware that when the first message is processed then creating and starting the producer may take a little time and prolong the total processing time of the processing. */
    public void setLazyStartProducer(@Nullable Boolean value) {
        set("lazyStartProducer", value);
    }

    public @Nullable String getMode() {
        return get("mode", String.class);
    }

    /** What a message does: run scans, plans and executes, and answers a report; plan answers an iterator of path plans; execute carries out the path plan in the body, an object or its JSON; estimate changes nothing and answers a report of what a run would do and be billed; explain says why the file of path takes part or does not; check changes nothing and answers a report of whether both sides have the same; apply carries out the plan in planFile, and refuses what has changed since; work takes the message of a coordinator in the body, and sends the answer to resultEndpoint; scrub reads what a bucket holds against its digests. */
    public void setMode(@Nullable String value) {
        set("mode", value);
    }

    public @Nullable String getPath() {
        return get("path", String.class);
    }

    /** With mode=explain: the path, relative to the source, of the file that is explained. */
    public void setPath(@Nullable String value) {
        set("path", value);
    }

    public @Nullable String getPlanFile() {
        return get("planFile", String.class);
    }

    /** With mode=plan, the file that all actions, the totals and the cost are written to, a signed line of JSON each, instead of being handed out; nothing is changed. With mode=apply, the file that is carried out. Its signature needs planKey, unless both are done in one context. */
    public void setPlanFile(@Nullable String value) {
        set("planFile", value);
    }

    public @Nullable String getPlanMaxAge() {
        return get("planMaxAge", String.class);
    }

    /** How old a plan may be that mode=apply carries out. */
    public void setPlanMaxAge(@Nullable String value) {
        set("planMaxAge", value);
    }

    public @Nullable String getRate() {
        return get("rate", String.class);
    }

    /** How fast mode=scrub reads, in bytes a second, as 5MB, or a timetable as maxBytesPerSecond has it, whose place it takes. */
    public void setRate(@Nullable String value) {
        set("rate", value);
    }

    public @Nullable Boolean getRepair() {
        return get("repair", Boolean.class);
    }

    /** Whether mode=scrub stores a damaged file again, as a new version, where the other side has content of exactly the digest that was recorded. Nothing is deleted. */
    public void setRepair(@Nullable Boolean value) {
        set("repair", value);
    }

    public @Nullable String getSample() {
        return get("sample", String.class);
    }

    /** Which share of the files verify=digest and verify=content are for, as 5%: others with each check. All by default; of the rest the metadata is compared. */
    public void setSample(@Nullable String value) {
        set("sample", value);
    }

    public @Nullable String getScrubBytes() {
        return get("scrubBytes", String.class);
    }

    /** How many bytes one run of mode=scrub reads at most, as 50GB; the next run goes on. */
    public void setScrubBytes(@Nullable String value) {
        set("scrubBytes", value);
    }

    public @Nullable String getScrubCost() {
        return get("scrubCost", String.class);
    }

    /** What one run of mode=scrub costs at most, in the currency of the prices, as 0.50; the next run goes on. */
    public void setScrubCost(@Nullable String value) {
        set("scrubCost", value);
    }

    public @Nullable String getScrubEvery() {
        return get("scrubEvery", String.class);
    }

    /** How long after mode=scrub has begun with the first version it begins anew, once it has read all of them. */
    public void setScrubEvery(@Nullable String value) {
        set("scrubEvery", value);
    }

    public @Nullable String getScrubFile() {
        return get("scrubFile", String.class);
    }

    /** A file that remembers when mode=scrub read each version, so that a run that ends at its budget, or is killed, is gone on with. In a directory, each sync has a file of its own. */
    public void setScrubFile(@Nullable String value) {
        set("scrubFile", value);
    }

    public @Nullable String getVerify() {
        return get("verify", String.class);
    }

    /** How much mode=check looks at: metadata is what a sync compares; digest is the SHA-1 that B2 keeps, against that of the local file, which is read; content reads both sides, and downloads are billed. */
    public void setVerify(@Nullable String value) {
        set("verify", value);
    }

    public @Nullable String getScrubDataSource() {
        return get("scrubDataSource", String.class);
    }

    /** A database that remembers when mode=scrub read each version, instead of scrubFile; the table B2_SCRUB is made there. */
    public void setScrubDataSource(@Nullable String value) {
        set("scrubDataSource", value);
    }

    public @Nullable Boolean getAutowiredEnabled() {
        return get("autowiredEnabled", Boolean.class);
    }

    /** Whether autowiring is enabled. This is used for automatic autowiring options (the option must be marked as autowired) by looking up in the registry to find if there is a single instance of matching type, which then gets configured on the component. This can be used for automatic configuring JDBC data sources, JMS connection factories, AWS Clients, etc. */
    public void setAutowiredEnabled(@Nullable Boolean value) {
        set("autowiredEnabled", value);
    }

    public @Nullable String getDestinationConfiguration() {
        return get("destinationConfiguration", String.class);
    }

    /** All account options of the destination, instead of those of a component. Refer to a bean. */
    public void setDestinationConfiguration(@Nullable String value) {
        set("destinationConfiguration", value);
    }

    public @Nullable String getSourceConfiguration() {
        return get("sourceConfiguration", String.class);
    }

    /** All account options of the source, instead of those of a component. Refer to a bean. */
    public void setSourceConfiguration(@Nullable String value) {
        set("sourceConfiguration", value);
    }

    public @Nullable String getStoredAs() {
        return get("storedAs", String.class);
    }

    /** Says for each file that is uploaded what is stored with it: type, cache control, file information, retention, legal hold. Refer to a bean. */
    public void setStoredAs(@Nullable String value) {
        set("storedAs", value);
    }

    public @Nullable String getAntExclude() {
        return get("antExclude", String.class);
    }

    /** Files whose path relative to the source matches one of these Ant patterns, separated by commas, take no part. */
    public void setAntExclude(@Nullable String value) {
        set("antExclude", value);
    }

    public @Nullable String getAntInclude() {
        return get("antInclude", String.class);
    }

    /** Only files whose path relative to the source matches one of these Ant patterns, separated by commas, take part. */
    public void setAntInclude(@Nullable String value) {
        set("antInclude", value);
    }

    public @Nullable String getAsOf() {
        return get("asOf", String.class);
    }

    /** Reads a B2 source as it was at a time: 2026-01-31T08:00:00Z, or -3d for three days ago. Each name is what it stood for then; what came later is absent. */
    public void setAsOf(@Nullable String value) {
        set("asOf", value);
    }

    public @Nullable Boolean getDeleteExcluded() {
        return get("deleteExcluded", Boolean.class);
    }

    /** Whether files at the destination that the filters exclude are treated as absent at the source, as b2sdk does. Otherwise they are left alone. */
    public void setDeleteExcluded(@Nullable Boolean value) {
        set("deleteExcluded", value);
    }

    public @Nullable Boolean getExcludeAllSymlinks() {
        return get("excludeAllSymlinks", Boolean.class);
    }

    /** Whether symbolic links of a local source are left out, as with symlinks=skip. */
    public void setExcludeAllSymlinks(@Nullable Boolean value) {
        set("excludeAllSymlinks", value);
    }

    public @Nullable String getExcludeDirRegex() {
        return get("excludeDirRegex", String.class);
    }

    /** Directories to leave out: regular expressions in Python notation that match the beginning of the relative path. May be given more than once. */
    public void setExcludeDirRegex(@Nullable String value) {
        set("excludeDirRegex", value);
    }

    public @Nullable String getExcludeModifiedAfter() {
        return get("excludeModifiedAfter", String.class);
    }

    /** Leaves out files that were modified after this time, in milliseconds since 1970. */
    public void setExcludeModifiedAfter(@Nullable String value) {
        set("excludeModifiedAfter", value);
    }

    public @Nullable String getExcludeModifiedBefore() {
        return get("excludeModifiedBefore", String.class);
    }

    /** Leaves out files that were modified before this time, in milliseconds since 1970. */
    public void setExcludeModifiedBefore(@Nullable String value) {
        set("excludeModifiedBefore", value);
    }

    public @Nullable String getExcludeRegex() {
        return get("excludeRegex", String.class);
    }

    /** Files to leave out: regular expressions in Python notation that match the beginning of the relative path. May be given more than once. */
    public void setExcludeRegex(@Nullable String value) {
        set("excludeRegex", value);
    }

    public @Nullable String getExcludeUploadedAfter() {
        return get("excludeUploadedAfter", String.class);
    }

    /** Leaves out versions of a B2 source that were uploaded after this time, in milliseconds since 1970. */
    public void setExcludeUploadedAfter(@Nullable String value) {
        set("excludeUploadedAfter", value);
    }

    public @Nullable String getExcludeUploadedBefore() {
        return get("excludeUploadedBefore", String.class);
    }

    /** Leaves out versions of a B2 source that were uploaded before this time, in milliseconds since 1970. */
    public void setExcludeUploadedBefore(@Nullable String value) {
        set("excludeUploadedBefore", value);
    }

    public @Nullable String getFilesFrom() {
        return get("filesFrom", String.class);
    }

    /** The path of a file with the names that take part, one a line, relative to the source; no other takes part. It is read when a run begins. */
    public void setFilesFrom(@Nullable String value) {
        set("filesFrom", value);
    }

    public @Nullable String getFilterFrom() {
        return get("filterFrom", String.class);
    }

    /** The path of a file of filters in rclone's notation, one a line: and a glob lets names take part, - and a glob leaves them out, and the first line that matches decides. It is read when a run begins. */
    public void setFilterFrom(@Nullable String value) {
        set("filterFrom", value);
    }

    public @Nullable String getHiddenSource() {
        return get("hiddenSource", String.class);
    }

    /** What a name is that is hidden in a B2 source: absent, as if it had been deleted there, or ignored: what the destination has of it stays as it is. */
    public void setHiddenSource(@Nullable String value) {
        set("hiddenSource", value);
    }

    public @Nullable String getIncludeRegex() {
        return get("includeRegex", String.class);
    }

    /** Exceptions from excludeRegex. May be given more than once. */
    public void setIncludeRegex(@Nullable String value) {
        set("includeRegex", value);
    }

    public @Nullable String getMaxAge() {
        return get("maxAge", String.class);
    }

    /** Only files that were modified at most so long before the run take part; 0 for no limit. */
    public void setMaxAge(@Nullable String value) {
        set("maxAge", value);
    }

    public @Nullable String getMaxSize() {
        return get("maxSize", String.class);
    }

    /** Only files of at most this size take part, as 10MB, 10MiB or a plain number of bytes. */
    public void setMaxSize(@Nullable String value) {
        set("maxSize", value);
    }

    public @Nullable String getMinAge() {
        return get("minAge", String.class);
    }

    /** Only files that were modified at least so long before the run take part; 0 for no limit. */
    public void setMinAge(@Nullable String value) {
        set("minAge", value);
    }

    public @Nullable String getMinSize() {
        return get("minSize", String.class);
    }

    /** Only files of at least this size take part, as 10MB, 10MiB or a plain number of bytes. */
    public void setMinSize(@Nullable String value) {
        set("minSize", value);
    }

    public @Nullable String getSpecialFiles() {
        return get("specialFiles", String.class);
    }

    /** What a pipe, a socket, a device or a link to nothing in a local source is: a skip that is reported, or a failure. In either case what the destination has of it stays. */
    public void setSpecialFiles(@Nullable String value) {
        set("specialFiles", value);
    }

    public @Nullable String getSymlinks() {
        return get("symlinks", String.class);
    }

    /** What happens to symbolic links of a local source: they are followed, followed unless they lead out of the source, or left out. What is left out stays at the destination. */
    public void setSymlinks(@Nullable String value) {
        set("symlinks", value);
    }

    public @Nullable String getUnicode() {
        return get("unicode", String.class);
    }

    /** Whether names are compared by their bytes, as B2 does, or a name that one side spells composed and the other decomposed is one name: then equal files are neither moved nor removed for their spelling. Two spellings on one side stay two names. */
    public void setUnicode(@Nullable String value) {
        set("unicode", value);
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

    public @Nullable String getDestinationApplicationKey() {
        return get("destinationApplicationKey", String.class);
    }

    /** The secret of destinationApplicationKeyId. */
    public void setDestinationApplicationKey(@Nullable String value) {
        set("destinationApplicationKey", value);
    }

    public @Nullable String getDestinationApplicationKeyId() {
        return get("destinationApplicationKeyId", String.class);
    }

    /** The id of the application key that writes the destination, instead of the component's. Not a secret. */
    public void setDestinationApplicationKeyId(@Nullable String value) {
        set("destinationApplicationKeyId", value);
    }

    public @Nullable String getDestinationCustomerKey() {
        return get("destinationCustomerKey", String.class);
    }

    /** The SSE-C key of a B2 destination: 32 bytes in Base64. */
    public void setDestinationCustomerKey(@Nullable String value) {
        set("destinationCustomerKey", value);
    }

    public @Nullable String getDestinationEncryption() {
        return get("destinationEncryption", String.class);
    }

    /** How files are encrypted at a B2 destination; default leaves it to the bucket. none is an old word for default, taken with a warning until version 0.3. */
    public void setDestinationEncryption(@Nullable String value) {
        set("destinationEncryption", value);
    }

    public @Nullable String getPlanKey() {
        return get("planKey", String.class);
    }

    /** The key, of 16 characters or more, that signs path plans as JSON and that mode=execute checks them with. Without one only plans of this context are carried out. */
    public void setPlanKey(@Nullable String value) {
        set("planKey", value);
    }

    public @Nullable String getSourceApplicationKey() {
        return get("sourceApplicationKey", String.class);
    }

    /** The secret of sourceApplicationKeyId. */
    public void setSourceApplicationKey(@Nullable String value) {
        set("sourceApplicationKey", value);
    }

    public @Nullable String getSourceApplicationKeyId() {
        return get("sourceApplicationKeyId", String.class);
    }

    /** The id of the application key that reads the source, instead of the component's. Not a secret. */
    public void setSourceApplicationKeyId(@Nullable String value) {
        set("sourceApplicationKeyId", value);
    }

    public @Nullable String getSourceCustomerKey() {
        return get("sourceCustomerKey", String.class);
    }

    /** The SSE-C key of a B2 source: 32 bytes in Base64. */
    public void setSourceCustomerKey(@Nullable String value) {
        set("sourceCustomerKey", value);
    }

    public @Nullable String getSourceEncryption() {
        return get("sourceEncryption", String.class);
    }

    /** How files of a B2 source are encrypted; only SSE-C has to be said. */
    public void setSourceEncryption(@Nullable String value) {
        set("sourceEncryption", value);
    }
}
