// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** The options of {@link B2Configuration} that say what a producer does. */
@UriParams
public abstract class ProducerOptions extends StreamingOptions {
    @UriParam(label = "producer", defaultValue = "uploadFile")
    private B2Operations operation = B2Operations.uploadFile;

    @UriParam(label = "producer", defaultValue = "b2/x-auto")
    private String contentType = "b2/x-auto";

    @UriParam(label = "producer,advanced", defaultValue = "auto")
    private String partSize = "auto";

    @UriParam(label = "producer,advanced", defaultValue = "4")
    private String maxConcurrency = "4";

    @UriParam(label = "producer")
    private boolean deleteAfterWrite;

    @UriParam(label = "producer,advanced")
    private boolean pojoRequest;

    @UriParam(label = "producer,advanced", defaultValue = "true")
    private boolean resumeLargeFiles = true;

    @UriParam(label = "producer,advanced", defaultValue = "auto", enums = "auto,always,never")
    private String largeFileSha1 = "auto";

    @UriParam(label = "producer,advanced", defaultValue = "lookUp", enums = "lookUp,repeat,fail")
    private String lostUpload = "lookUp";

    @UriParam(label = "common,advanced", defaultValue = "strict", enums = "strict,warn,off")
    private String verifyChecksum = "strict";

    @UriParam(label = "common,advanced", defaultValue = "auto", enums = "auto,always,never")
    private String fsync = "auto";

    @UriParam(label = "common,advanced", defaultValue = "1MiB")
    private String streamMemory = "1MiB";

    @UriParam(label = "common,advanced", defaultValue = "64MiB")
    private String streamMemoryTotal = "64MiB";

    @UriParam(label = "producer,security", defaultValue = "default", enums = "default,SSE-B2,SSE-C,none")
    private String serverSideEncryption = "default";

    @UriParam(label = "producer,security", secret = true)
    private @Nullable String customerKey;

    @UriParam(label = "common")
    private @Nullable String localWorkDirectory;

    @UriParam(label = "producer", defaultValue = "Override")
    private FileExist fileExist = FileExist.Override;

    @UriParam(label = "producer", defaultValue = "all")
    private OnlyVersions onlyVersions = OnlyVersions.all;

    @UriParam(label = "producer")
    private boolean dryRun;

    @UriParam(label = "producer")
    private int limit;

    @UriParam(label = "producer")
    private @Nullable String ifModifiedSince;

    @UriParam(label = "producer")
    private @Nullable String ifSha1Differs;

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

    public String getMaxConcurrency() {
        return maxConcurrency;
    }

    /**
     * How many parts or ranges of one file are in flight at a time, from 1 to 100. With auto they begin with 10, become
     * more (up to 64) while that moves more, and fewer when B2 is busy.
     */
    public void setMaxConcurrency(String maxConcurrency) {
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

    public String getLargeFileSha1() {
        return largeFileSha1;
    }

    /**
     * When a large file is given the SHA-1 of the whole, which B2 does not compute and every later download is
     * checked against. auto: a file, path or byte array is read once more before it is sent; always: a stream goes to
     * disk as a whole first; never: only when it is known beforehand.
     */
    public void setLargeFileSha1(String largeFileSha1) {
        this.largeFileSha1 = largeFileSha1;
    }

    public String getLostUpload() {
        return lostUpload;
    }

    /**
     * What an upload in one piece does whose answer was lost. lookUp: one listing looks for what it stored, and it is
     * sent again only if it is not there; repeat: it is sent again, which may store it twice; fail: it fails.
     */
    public void setLostUpload(String lostUpload) {
        this.lostUpload = lostUpload;
    }

    public String getVerifyChecksum() {
        return verifyChecksum;
    }

    /**
     * What a download does whose content has another SHA-1 than is known of the file, also when it is fetched again.
     * strict: it fails; warn: it succeeds, and a warning in the log names both; off: nothing is compared.
     */
    public void setVerifyChecksum(String verifyChecksum) {
        this.verifyChecksum = verifyChecksum;
    }

    public String getFsync() {
        return fsync;
    }

    /**
     * Whether a download to disk is forced there before its file gets its name, so that a loss of power leaves no empty
     * or half file of that name. auto and always: yes; never: the operating system writes it when it likes.
     */
    public void setFsync(String fsync) {
        this.fsync = fsync;
    }

    public String getStreamMemory() {
        return streamMemory;
    }

    /** The most bytes of one stream that are kept in memory, instead of a temporary file, as 1MiB or 0. */
    public void setStreamMemory(String streamMemory) {
        this.streamMemory = streamMemory;
    }

    public String getStreamMemoryTotal() {
        return streamMemoryTotal;
    }

    /** The most bytes of all streams of a client that are kept in memory at a time, as 64MiB or 0. */
    public void setStreamMemoryTotal(String streamMemoryTotal) {
        this.streamMemoryTotal = streamMemoryTotal;
    }

    public String getServerSideEncryption() {
        return serverSideEncryption;
    }

    /**
     * How B2 encrypts what is stored: default leaves it to the bucket, which encrypts with keys of Backblaze since
     * 2026; SSE-B2 asks for keys of Backblaze, SSE-C for the key in customerKey. none is an old word for default, taken
     * with a warning until version 0.3.
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
     * it the body is a stream from B2. A consumer downloads before its exchange begins, and deletes the file when
     * nobody can read it any more.
     */
    public void setLocalWorkDirectory(@Nullable String localWorkDirectory) {
        this.localWorkDirectory = localWorkDirectory;
    }

    public FileExist getFileExist() {
        return fileExist;
    }

    /**
     * What uploads and copies do where there is a file of that name: Override stores another version, Fail fails, Ignore
     * stores nothing and says so in the header CamelB2ProducedOutcome. B2 has no condition: it is looked first, then
     * stored, and who stores in between is not seen.
     */
    public void setFileExist(FileExist fileExist) {
        this.fileExist = fileExist;
    }

    public OnlyVersions getOnlyVersions() {
        return onlyVersions;
    }

    /** Which versions of a name deleteFiles deletes: all, or only the old ones, whose name has a newer version. */
    public void setOnlyVersions(OnlyVersions onlyVersions) {
        this.onlyVersions = onlyVersions;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    /** Whether deleteFiles, deleteAllFileVersions, cancelUnfinishedLargeFiles and cleanUp only say what they would delete. */
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public int getLimit() {
        return limit;
    }

    /** The most entries that a listing answers, behind the filters; pages that nobody needs are not asked for. 0 for all. */
    public void setLimit(int limit) {
        this.limit = limit;
    }

    public @Nullable String getIfModifiedSince() {
        return ifModifiedSince;
    }

    /**
     * downloadFile reads only what was uploaded after this time: 2026-01-31T08:00:00Z, ms since 1970, or before now, as
     * -1d. Else the body is empty.
     */
    public void setIfModifiedSince(@Nullable String ifModifiedSince) {
        this.ifModifiedSince = ifModifiedSince;
    }

    public @Nullable String getIfSha1Differs() {
        return ifSha1Differs;
    }

    /** downloadFile reads only what has another SHA-1 than these 40 hex digits. Else the body is empty. */
    public void setIfSha1Differs(@Nullable String ifSha1Differs) {
        this.ifSha1Differs = ifSha1Differs;
    }
}
