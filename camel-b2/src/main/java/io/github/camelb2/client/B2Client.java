// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.B2Call;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.BucketEntry;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.call.LargeFileCalls.ListParts;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.call.SlimListing;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.call.VersionsOfName;
import io.github.camelb2.client.http.Bandwidth;
import io.github.camelb2.client.http.ConnectionCounts;
import io.github.camelb2.client.http.ConnectionHolders;
import io.github.camelb2.client.http.ServiceClock;
import io.github.camelb2.client.http.Usage;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.client.model.large.Part;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.Transfers;
import io.github.camelb2.client.transfer.copy.Piece;
import io.github.camelb2.client.transfer.download.DownloadStream;
import io.github.camelb2.client.transfer.download.DownloadedTo;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.resume.UnfinishedFiles;
import io.github.camelb2.client.transfer.upload.GrowingFile;
import io.github.camelb2.client.transfer.work.TransferState;

/**
 * Everything that B2 can do, for one login. Thread-safe; calls block their thread.
 *
 * <p>What fails for good is a {@link io.github.camelb2.client.api.B2Exception}; what may work the next time has then
 * been tried until {@link CallSettings#retryTimeout} was over. An interrupt, or {@link #close}, ends waits at once.
 */
public final class B2Client implements AutoCloseable {
    private final ClientSession session;
    private final Listings listings;
    private final Transfers transfers;
    private final AuthorizationCounter authorizations;
    private final NameLocks names = new NameLocks();

    B2Client(ClientSession session, Transfers transfers, AuthorizationCounter authorizations) {
        this.session = session;
        this.listings = new Listings(session);
        this.transfers = transfers;
        this.authorizations = authorizations;
    }

    /** Begins a client. */
    public static B2ClientBuilder builder() {
        return new B2ClientBuilder();
    }

    /** Sends a call with the default settings. */
    public <T> T call(B2Call<T> call) {
        return call(call, CallSettings.DEFAULT);
    }

    /** Sends a call; a lost answer is looked up where a repetition could do the work twice. */
    public <T> T call(B2Call<T> call, CallSettings settings) {
        return session.call(call, settings);
    }

    /** Whether this client has no key, and reads by name only. */
    public boolean isWithoutKey() {
        return session.isWithoutKey();
    }

    /** The login; authorizes if there is none. */
    public AccountInfo accountInfo() {
        return session.accountInfo(CallSettings.DEFAULT);
    }

    /** The login; authorizes with these settings if there is none. */
    public AccountInfo accountInfo(CallSettings settings) {
        return session.accountInfo(settings);
    }

    /** The login that calls use now, without asking anybody; empty before the first call and when it was cleared. */
    public Optional<AccountInfo> knownAccountInfo() {
        return session.knownAccountInfo();
    }

    /** The buckets that the repository remembers; B2 is not asked. */
    public List<BucketEntry> knownBuckets() {
        return session.buckets().known();
    }

    /**
     * The service's clock, as its answers tell it; this machine's before the first answer. Ages of versions and
     * "from now on" are by this clock.
     */
    public ServiceClock serviceClock() {
        return session.serviceClock();
    }

    /** The versions of one name, the newest first; asked for with these settings. */
    public List<FileVersion> versionsOf(String bucketId, String fileName, CallSettings settings) {
        return new VersionsOfName(bucketId, fileName).all(session.calls(settings));
    }

    /** The newest version or hide marker of a name; empty when there is none. Unfinished large files do not count. */
    public Optional<FileVersion> newestVersion(String bucketId, String fileName, CallSettings settings) {
        return new VersionsOfName(bucketId, fileName).newest(session.calls(settings));
    }

    /** The version or hide marker that a name stood for at that time; empty when there was none. */
    public Optional<FileVersion> versionAt(String bucketId, String fileName, Instant time, CallSettings settings) {
        return new VersionsOfName(bucketId, fileName).at(time, session.calls(settings));
    }

    /** Asks B2 for a new login, in any case. */
    public AccountInfo authorize() {
        return session.authorize(CallSettings.DEFAULT);
    }

    /** Asks B2 for a new login with these settings, in any case. */
    public AccountInfo authorize(CallSettings settings) {
        return session.authorize(settings);
    }

    /** Forgets the login and the buckets, here and in the repository; the next call logs in again. */
    public void clearAccountInfo() {
        session.clear();
    }

    /**
     * The bucket of that name, as B2 has it now.
     *
     * @throws B2NotFoundException if there is none that the key may see
     */
    public Bucket getBucket(String name, CallSettings settings) {
        return session.buckets().get(name, settings);
    }

    /**
     * The id of the bucket of that name, remembered if possible; see {@link #inBucket} for ids that went stale.
     *
     * @throws B2NotFoundException if there is none that the key may see
     */
    public String bucketId(String name, CallSettings settings) {
        return session.buckets().id(name, settings);
    }

    /**
     * Does something with the id of a bucket; when B2 says that the remembered id is no longer valid, because the bucket
     * was deleted and made again, once more with the id that the name has now.
     */
    public <T> T inBucket(String bucketName, Function<String, T> work, CallSettings settings) {
        return session.inBucket(bucketName, work, settings);
    }

    /** All files from that page on; the first page is asked for at once. */
    public PageIterator<FileVersion> listFileNames(ListFileNames call, CallSettings settings) {
        return listings.fileNames(call, settings);
    }

    /** All versions from that page on; the first page is asked for at once. */
    public PageIterator<FileVersion> listFileVersions(ListFileVersions call, CallSettings settings) {
        return listings.fileVersions(call, settings);
    }

    /**
     * The same, of which only what a function makes of each version is kept; null for nothing. Account, bucket, MD5 and
     * media type are empty. The function runs on whatever thread reads the page.
     */
    public <T> PageIterator<T> listFileVersions(
            ListFileVersions call, Function<FileVersion, @Nullable T> reader, CallSettings settings) {
        return listings.fileVersions(new SlimListing<>(call, reader), settings);
    }

    /** All unfinished large files from that page on; the first page is asked for at once. */
    public PageIterator<FileVersion> listUnfinishedLargeFiles(ListUnfinishedLargeFiles call, CallSettings settings) {
        return listings.unfinishedLargeFiles(call, settings);
    }

    /** All parts from that page on; the first page is asked for at once. */
    public PageIterator<Part> listParts(ListParts call, CallSettings settings) {
        return listings.parts(call, settings);
    }

    /** All keys from that page on; the first page is asked for at once. */
    public PageIterator<ApplicationKey> listKeys(ListKeys call, CallSettings settings) {
        return listings.keys(call, settings);
    }

    /** What a download would answer, without its content; empty if there is no such file, or it is hidden. */
    public Optional<FileVersion> head(DownloadFile request, CallSettings settings) {
        return session.head(session.complete(request), settings);
    }

    /**
     * Uploads a file of any size, in one piece or in parallel parts; see {@link Transfers#upload}.
     *
     * @return the version that B2 stored
     */
    public FileVersion upload(UploadFile request, UploadSource source, TransferOptions options, CallSettings settings) {
        return transfers.upload(request, source, options, settings);
    }

    /** Starts a large file that grows part by part; see {@link Transfers#startGrowing}. */
    public GrowingFile startGrowing(UploadFile request, String bucketId, CallSettings settings) {
        return transfers.startGrowing(request, bucketId, settings);
    }

    /** Goes on with such a file; see {@link Transfers#goOnGrowing}. */
    public GrowingFile goOnGrowing(UploadFile request, String bucketId, String fileId, CallSettings settings) {
        return transfers.goOnGrowing(request, bucketId, fileId, settings);
    }

    /** Whether an upload of this machine works on that unfinished large file, or may go on with it. */
    public boolean isClaimed(String bucketId, String fileName, String fileId) {
        return transfers.isClaimed(bucketId, fileName, fileId);
    }

    /** Cancels an unfinished large file that only this machine can have left; see {@link Transfers#cancelLeft}. */
    public UnfinishedFiles.Leftover cancelLeft(String bucketId, String fileName, String fileId, CallSettings settings) {
        return transfers.cancelLeft(bucketId, fileName, fileId, settings);
    }

    /** Cancels an unfinished large file that nobody wants; see {@link Transfers#cancelUnclaimed}. */
    public boolean cancelUnclaimed(
            String bucketId, String fileName, String fileId, BooleanSupplier isAbandoned, CallSettings settings) {
        return transfers.cancelUnclaimed(bucketId, fileName, fileId, isAbandoned, settings);
    }

    /** Cancels an unfinished large file that nobody works on any more; see {@link Transfers#cancelUnwanted}. */
    public UnfinishedFiles.Leftover cancelUnwanted(
            String bucketId, String fileName, String fileId, CallSettings settings) {
        return transfers.cancelUnwanted(bucketId, fileName, fileId, settings);
    }

    /** Opens a file, or a range of it, for reading; see {@link Transfers#open}. The caller closes the stream. */
    public DownloadStream open(DownloadFile request, CallSettings settings) {
        return open(request, TransferOptions.DEFAULT, settings);
    }

    /** The same with a wish for what is done when the content has another SHA-1 than is known of the file. */
    public DownloadStream open(DownloadFile request, TransferOptions options, CallSettings settings) {
        return transfers.open(session.complete(request), options, settings);
    }

    /** Opens the rest of what a closed stream had still to give; see {@link DownloadStream#goOn}. The caller closes it. */
    public DownloadStream goOn(
            DownloadStream before, DownloadFile request, TransferOptions options, CallSettings settings)
            throws IOException {
        return transfers.goOn(before, session.complete(request), options, settings);
    }

    /**
     * Downloads a file, or a range of it, to disk; see {@link Transfers#download}.
     *
     * @return the version that was downloaded
     */
    public FileVersion download(DownloadFile request, Path target, TransferOptions options, CallSettings settings) {
        return download(request, version -> target, options, settings).version();
    }

    /** The same to a place that depends on the version, whose name nobody has to know before. */
    public DownloadedTo download(
            DownloadFile request, Function<FileVersion, Path> target, TransferOptions options, CallSettings settings) {
        return transfers.download(session.complete(request), target, options, settings);
    }

    /**
     * Copies a version, or a range of it, of any size inside B2; see {@link Transfers#copy}.
     *
     * @return the copy
     */
    public FileVersion copy(CopyFile request, TransferOptions options, CallSettings settings) {
        return transfers.copy(request, options, settings);
    }

    /**
     * Makes one file of local and remote pieces; see {@link Transfers#concatenate}.
     *
     * @return the version that B2 stored
     */
    public FileVersion concatenate(
            UploadFile request, List<Piece> pieces, TransferOptions options, CallSettings settings) {
        return transfers.concatenate(request, pieces, options, settings);
    }

    /**
     * What B2 has answered to this client as it bills it, by price class: one for each answer, those to failed tries too,
     * and for a listing one for each 1,000 entries.
     */
    public TransactionCounts transactions() {
        Usage usage = session.transport().usage();
        return new TransactionCounts(
                usage.transactions(TransactionClass.A),
                usage.transactions(TransactionClass.B),
                usage.transactions(TransactionClass.C));
    }

    /** How many bytes of files this client has sent and received. */
    public Traffic traffic() {
        Usage usage = session.transport().usage();
        return new Traffic(usage.bytesSent(), usage.bytesReceived());
    }

    /** How often this client logged in; a login that it found in the repository does not count. */
    public Authorizations authorizations() {
        return authorizations.read();
    }

    /** The transfers that have begun and not ended, the oldest first; the first thousand where there are more. */
    public List<TransferState> transfersUnderWay() {
        return transfers.underWay();
    }

    /** How many parts or ranges of a file are in flight now where that is left to the client. */
    public int tunedConcurrency() {
        return transfers.tunedConcurrency();
    }

    /** How fast content goes over all connections of this client; without a limit until one is set. */
    public Bandwidth bandwidth() {
        return session.transport().bandwidth();
    }

    /** Has threads of this client change one name after the other. */
    public NameLocks names() {
        return names;
    }

    /**
     * Waits as between two tries.
     *
     * @return false when the client was closed meanwhile
     * @throws InterruptedException if the thread was interrupted
     */
    public boolean pause(Duration time) throws InterruptedException {
        return session.pause(time);
    }

    /** Who has connections between two calls: asked for the message of a call that got none, and to leave some free. */
    public void connectionsAreHeldBy(ConnectionHolders holders) {
        session.transport().connectionsAreHeldBy(holders);
    }

    /** Whether a connection may be held while nobody reads: not while only a quarter of the pool is free, or unknown. */
    public boolean hasConnectionsToSpare() {
        return session.transport().hasConnectionsToSpare();
    }

    /** What the connection pool holds now; empty when the pool is not known. */
    public Optional<ConnectionCounts> connections() {
        return session.transport().connections();
    }

    /**
     * Ends waits for retries at once, interrupts the threads that transfer a large file, and waits until each has
     * cancelled its file or left it for the next upload; other requests under way end by themselves.
     *
     * @return whether all had ended before the wait was over
     */
    public boolean close(Duration wait) {
        close();
        return transfers.interruptLargeFiles(wait);
    }

    /** Ends waits for retries at once, now and from now on; requests under way end by themselves, also those that wait for their turn. */
    public void endWaits() {
        session.close();
    }

    /**
     * Ends waits for retries and for bandwidth at once; other requests under way end by themselves. What was passed in is
     * not closed.
     */
    @Override
    public void close() {
        session.close();
        bandwidth().close();
    }
}
