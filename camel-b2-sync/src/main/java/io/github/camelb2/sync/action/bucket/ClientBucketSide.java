// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.bucket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.RequestGate;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.call.LargeFileCalls.ListUnfinishedLargeFiles;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.model.file.Digits;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.MetadataDirective;
import io.github.camelb2.client.model.file.Utf8Order;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.model.protection.EncryptionMode;
import io.github.camelb2.client.model.protection.FileRetention;
import io.github.camelb2.client.model.protection.LegalHold;
import io.github.camelb2.client.model.protection.ServerSideEncryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Listeners;
import io.github.camelb2.client.transfer.ExpectedBill;
import io.github.camelb2.client.transfer.copy.Piece;
import io.github.camelb2.client.transfer.local.Sha1;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.resume.UnfinishedFiles;
import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.Hidden;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.local.LocalFileSource;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.ContentKey;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.scan.ListedVersion;

/** A bucket and a prefix, through the B2 client. */
public final class ClientBucketSide implements BucketSide {
    /** B2 bills listings by the thousand names, so a larger page costs the same and spares waiting. */
    private static final int PAGE = 10_000;

    /** One transaction each, so that it is known beforehand where transactions are limited. */
    private static final int PAGE_WITHIN_LIMITS = 1_000;

    private static final int BUFFER = 64 * 1024;

    private final B2Client client;
    private final Location.Bucket bucket;
    private final BucketAccess access;
    private final ClientListener listener;
    private final CallSettings calls;
    private final InstantSource clock;
    private final NewestVersions newest;
    private final int page;
    private final PageTimes pageTimes = new PageTimes();
    /** Set by the thread that lists. */
    private volatile boolean hasPassedUnfinished;
    /** Of the last listing as of a time. */
    private volatile @Nullable LostVersions lost;

    public ClientBucketSide(BucketAccess access, Location.Bucket bucket, ClientListener listener, InstantSource clock) {
        this.clock = clock;
        this.client = access.client();
        this.bucket = bucket;
        this.access = access;
        this.listener = listener;
        this.calls = access.heardBy(listener).calls().withBucket(bucket.name());
        this.page = calls.gate() == RequestGate.OPEN ? PAGE : PAGE_WITHIN_LIMITS;
        this.newest = new NewestVersions(this::page, this::newestOf, clock);
    }

    @Override
    public Iterator<ListedVersion> list() {
        CallSettings timed = calls.withListener(Listeners.of(calls.listener(), pageTimes));
        Instant time = bucket.asOf();
        return client.inBucket(
                bucket.name(),
                id -> {
                    ListFileVersions call =
                            ListFileVersions.of(id).withMaxFileCount(page).withPrefix(bucket.prefix());
                    return time == null
                            ? client.listFileVersions(call, this::listedOrPassed, timed)
                            : versions(past(client.listFileVersions(call, timed), time));
                },
                timed);
    }

    @Override
    public Iterator<ListedVersion> pages(String name, int pageSize, BooleanSupplier mayAsk, RequestGate gate) {
        CallSettings gated = calls.withGate(calls.gate().and(gate));
        if (!mayAsk.getAsBoolean()) {
            return Collections.emptyIterator();
        }
        return client.inBucket(
                bucket.name(),
                id -> {
                    ListFileVersions all =
                            ListFileVersions.of(id).withMaxFileCount(pageSize).withPrefix(bucket.prefix());
                    return client.listFileVersions(
                                    name.isEmpty() ? all : all.withStartFileName(name), ClientBucketSide::listed, gated)
                            .askingWhile(mayAsk);
                },
                gated);
    }

    private @Nullable ListedVersion listedOrPassed(FileVersion version) {
        if (version.unfinished()) {
            hasPassedUnfinished = true;
        }
        return listed(version);
    }

    private Iterator<FileVersion> past(Iterator<FileVersion> all, Instant time) {
        LostVersions unknown = LostVersions.of(client, bucket, time, calls);
        lost = unknown;
        return new PastVersions(all, time, unknown);
    }

    @Override
    public Optional<String> lost() {
        LostVersions known = lost;
        return known == null ? Optional.empty() : known.trouble();
    }

    @Override
    public long seenMillis() {
        return pageTimes.seenMillis();
    }

    /** When pages were asked for. The client asks for one ahead, so the one before the last is what is being read. */
    private final class PageTimes implements ClientListener {
        private long last;
        private long beforeLast;

        @Override
        public synchronized void onRequest(SentRequest request) {
            if (request.status() == 200 && request.call().equals("b2_list_file_versions")) {
                beforeLast = last;
                last = clock.millis() - request.took().toMillis();
            }
        }

        synchronized long seenMillis() {
            return beforeLast == 0 ? last : beforeLast;
        }
    }

    @Override
    public Optional<RemoteVersion> newest(String path) {
        return newestOf(name(path))
                .map(version -> Objects.requireNonNull(listed(version)).version());
    }

    @Override
    public List<RemoteVersion> versions(String path) {
        return client.inBucket(bucket.name(), id -> client.versionsOf(id, name(path), calls), calls).stream()
                .map(version -> Objects.requireNonNull(listed(version)).version())
                .toList();
    }

    @Override
    public BucketSide whileWanted(BooleanSupplier isWanted) {
        return new ClientBucketSide(access.whileWanted(isWanted), bucket, listener, clock);
    }

    @Override
    public Optional<RemoteVersion> newestBeforeRemoval(String path) {
        return newest.find(name(path))
                .map(version -> Objects.requireNonNull(listed(version)).version());
    }

    @Override
    public Map<String, RemoteVersion> newestNow(List<String> paths) {
        CallSettings looks = calls.withGate(calls.gate().ofLook());
        NewestVersions now =
                new NewestVersions((from, count) -> pageAsOf(from, count, looks), name -> newestOf(name, looks), clock);
        Map<String, RemoteVersion> found = new HashMap<>();
        paths.stream()
                .sorted(Comparator.comparing(this::name, Utf8Order.INSTANCE))
                .forEach(path -> now.find(name(path))
                        .ifPresent(version -> found.put(
                                path, Objects.requireNonNull(listed(version)).version())));
        return found;
    }

    @Override
    public void expectRemoval(String path) {
        newest.expect(name(path));
    }

    @Override
    public void forgetRemoval(String path) {
        newest.forget(name(path));
    }

    private Optional<FileVersion> newestOf(String name) {
        return newestOf(name, calls);
    }

    private Optional<FileVersion> newestOf(String name, CallSettings settings) {
        Instant time = bucket.asOf();
        return client.inBucket(
                bucket.name(),
                id -> time == null
                        ? client.newestVersion(id, name, settings)
                        : client.versionAt(id, name, time, settings),
                settings);
    }

    private FilePage page(String fromName, int count) {
        return pageAsOf(fromName, count, calls);
    }

    private FilePage pageAsOf(String fromName, int count, CallSettings settings) {
        FilePage all = page(fromName, count, settings);
        return bucket.asOf() == null ? all : PastVersions.of(all, bucket.asOf());
    }

    private FilePage page(String fromName, int count, CallSettings settings) {
        return client.inBucket(
                bucket.name(),
                id -> client.call(
                        ListFileVersions.of(id)
                                .withStartFileName(fromName)
                                .withPrefix(bucket.prefix())
                                .withMaxFileCount(Math.min(page, count)),
                        settings),
                settings);
    }

    /** What was asked before is not true any more, whether the call has succeeded or nobody knows. */
    private <T> T changing(String path, Supplier<T> change) {
        try {
            return change.get();
        } finally {
            newest.changed(name(path));
        }
    }

    @Override
    public InstantSource serviceClock() {
        return client.serviceClock();
    }

    @Override
    public String hide(String path, BooleanSupplier isWanted) {
        CallSettings settings = whileWantedToo(isWanted);
        return changing(
                        path,
                        () -> client.inBucket(
                                bucket.name(), id -> client.call(HideFile.of(id, name(path)), settings), settings))
                .fileId();
    }

    /** Neither whoever asks now nor whoever made this side has ceased to want it. */
    private CallSettings whileWantedToo(BooleanSupplier isWanted) {
        BooleanSupplier before = calls.isWanted();
        return calls.whileWanted(() -> before.getAsBoolean() && isWanted.getAsBoolean());
    }

    @Override
    public List<Hidden> hiddenByMistake(List<Hidden> hidden) {
        return new MarkerLook(
                        (from, count) ->
                                page(from, count, calls.withGate(calls.gate().ofLook())),
                        this::name)
                .mistakes(hidden);
    }

    @Override
    public void delete(SyncAction.Delete action, BooleanSupplier isWanted) {
        try {
            client.call(DeleteFileVersion.of(name(action.path()), action.fileId()), whileWantedToo(isWanted));
        } catch (B2NotFoundException e) {
            // It is gone, which is what was wanted: a lost answer, or somebody else was faster.
            return;
        } finally {
            newest.changed(name(action.path()));
        }
    }

    @Override
    public void checkHolds(String path, String fileId) throws IOException {
        FileVersion version;
        try {
            version = client.call(GetFileInfo.of(fileId), calls);
        } catch (B2NotFoundException e) {
            return;
        }
        boolean isHere = version.fileName().equals(name(path))
                && client.inBucket(bucket.name(), id -> id.equals(version.bucketId()), calls);
        if (!isHere) {
            throw new IOException("version " + fileId + " is no version of " + name(path) + " in " + bucket.name()
                    + ": the plan was made for another place");
        }
    }

    @Override
    public String sha1OfContent(RemoteVersion version) throws IOException {
        DownloadFile request = request(version.fileId(), known(version.key(), version.fileId()));
        TransferOptions unjudged = access.transfers().withVerify(TransferOptions.Verify.OFF);
        byte[] buffer = new byte[BUFFER];
        Sha1 digest = new Sha1();
        long bytes = 0;
        try (InputStream in = client.open(request, unjudged, calls)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                bytes += read;
            }
        }
        if (bytes != version.size()) {
            throw new IOException(
                    "version " + version.fileId() + " has " + version.size() + " bytes, and " + bytes + " came");
        }
        return digest.hex();
    }

    @Override
    public Optional<String> sha1(String fileId) {
        try {
            return client.call(GetFileInfo.of(fileId), calls).knownSha1();
        } catch (B2NotFoundException e) {
            return Optional.empty();
        }
    }

    private String name(String path) {
        return bucket.prefix() + path;
    }

    /** So many are looked at in one run: each that is cancelled costs two calls. */
    private static final int MOST_UNFINISHED = 10_000;

    @Override
    public UnfinishedCount endUnfinished(Unfinished what) {
        return hasPassedUnfinished
                ? client.inBucket(bucket.name(), id -> endUnfinished(id, what), calls)
                : new UnfinishedCount(0, 0, "", "");
    }

    @Override
    public boolean cancelUnwanted(String path, String fileId) {
        UnfinishedFiles.Leftover became =
                client.inBucket(bucket.name(), id -> client.cancelUnwanted(id, name(path), fileId, calls), calls);
        return became == UnfinishedFiles.Leftover.CANCELLED || became == UnfinishedFiles.Leftover.GONE;
    }

    private UnfinishedCount endUnfinished(String bucketId, Unfinished what) {
        ListUnfinishedLargeFiles listing = ListUnfinishedLargeFiles.of(bucketId);
        Iterator<FileVersion> files = client.listUnfinishedLargeFiles(
                bucket.prefix().isEmpty() ? listing : listing.withNamePrefix(bucket.prefix()), calls);
        boolean mayCancel = what == Unfinished.CANCELLED_IF_LEFT_HERE;
        long cancelled = 0;
        long left = 0;
        String first = "";
        String trouble = "";
        for (int seen = 0; seen < MOST_UNFINISHED && files.hasNext(); seen++) {
            FileVersion file = files.next();
            UnfinishedFiles.Leftover became = UnfinishedFiles.Leftover.OF_OTHERS;
            if (mayCancel && trouble.isEmpty()) {
                try {
                    became = client.cancelLeft(bucketId, file.fileName(), file.fileId(), calls);
                } catch (B2Exception e) {
                    trouble = String.valueOf(e.getMessage());
                }
            }
            cancelled += became == UnfinishedFiles.Leftover.CANCELLED ? 1 : 0;
            if (became == UnfinishedFiles.Leftover.OF_OTHERS) {
                first = left == 0 ? file.fileName() : first;
                left++;
            }
        }
        return new UnfinishedCount(cancelled, left, first, trouble);
    }

    private Iterator<ListedVersion> versions(Iterator<FileVersion> versions) {
        return new Iterator<>() {
            private @Nullable ListedVersion next;

            @Override
            public boolean hasNext() {
                while (next == null && versions.hasNext()) {
                    next = listedOrPassed(versions.next());
                }
                return next != null;
            }

            @Override
            public ListedVersion next() {
                if (!hasNext() || next == null) {
                    throw new NoSuchElementException();
                }
                ListedVersion version = next;
                next = null;
                return version;
            }
        };
    }

    /** Null for what is no version: an unfinished large file, and the folder of a listing. */
    private static @Nullable ListedVersion listed(FileVersion version) {
        if (version.unfinished() || version.representsFolder()) {
            return null;
        }
        return new ListedVersion(
                version.fileName(),
                new RemoteVersion(
                        version.fileId(),
                        kind(version),
                        version.hides() ? 0 : version.contentLength(),
                        version.modificationTimeMillis(),
                        version.uploadTimestamp(),
                        sha1(version),
                        lockedUntil(version),
                        keyOf(version)));
    }

    private static RemoteVersion.Kind kind(FileVersion version) {
        if (version.hides()) {
            return RemoteVersion.Kind.HIDE;
        }
        return version.hasUnknownAction() ? RemoteVersion.Kind.UNKNOWN : RemoteVersion.Kind.UPLOAD;
    }

    /** The digits are looked at when somebody asks for them. */
    private static String sha1(FileVersion version) {
        String stated = version.contentSha1();
        return stated.length() < Digits.OF_SHA1 ? version.knownSha1().orElse("") : stated;
    }

    private static ContentKey keyOf(FileVersion version) {
        ServerSideEncryption encryption = version.serverSideEncryption();
        if (encryption == null) {
            return ContentKey.UNKNOWN;
        }
        return EncryptionMode.SSE_C.equals(encryption.mode()) ? ContentKey.CUSTOMER : ContentKey.B2;
    }

    /** Plain files lie beside encrypted ones: the key goes only with those that need it. */
    private Optional<Encryption.SseC> keyFor(ContentKey key) {
        return access.encryption() instanceof Encryption.SseC own && key != ContentKey.B2
                ? Optional.of(own)
                : Optional.empty();
    }

    /** Asks B2 where the listing did not say, and only where a key may be needed at all. */
    private ContentKey known(ContentKey listed, String fileId) {
        return listed == ContentKey.UNKNOWN && access.encryption() instanceof Encryption.SseC
                ? keyOf(client.call(GetFileInfo.of(fileId), calls))
                : listed;
    }

    /** B2 tells it only to keys that may read it. */
    private static long lockedUntil(FileVersion version) {
        boolean isHeld = version.legalHold() != null
                && version.legalHold().find().filter(LegalHold.ON::equals).isPresent();
        if (isHeld) {
            return RemoteVersion.LEGAL_HOLD;
        }
        return version.fileRetention() == null
                ? 0
                : version.fileRetention()
                        .find()
                        .map(FileRetention::retainUntilTimestamp)
                        .orElse(0L);
    }

    private ExpectedBill expected() {
        return new ExpectedBill(client.accountInfo(calls), access.transfers());
    }

    @Override
    public Bill expectedUpload(long bytes) {
        return expected().upload(bytes);
    }

    @Override
    public Bill expectedAppend(SyncAction.IncrementalUpload action) {
        return expected()
                .append(action.baseSize(), action.bytes() - action.baseSize())
                .plus(questions(ContentKey.UNKNOWN));
    }

    @Override
    public Bill expectedDownload(SyncAction.Download action) {
        return expected().download(action.bytes()).plus(questions(action.key()));
    }

    /** One, where {@link #known} asks. */
    private Bill questions(ContentKey listed) {
        boolean asks = listed == ContentKey.UNKNOWN && access.encryption() instanceof Encryption.SseC;
        return new Bill(0, asks ? 1 : 0, 0, 0);
    }

    @Override
    public Bill expectedCopy(BucketSide source, SyncAction.Copy action) {
        ClientBucketSide from = (ClientBucketSide) source;
        Bill question = new Bill(0, 1, 0, 0);
        if (from.client != client) {
            return expected().relay(action.bytes()).plus(question);
        }
        Bill copy = expected().copy(action.bytes());
        return ServerSideCopy.replaces(action, from.access.encryption(), access.encryption())
                ? copy.plus(question)
                : copy;
    }

    @Override
    public String upload(SyncAction.Upload action, LocalFileSource source) {
        return changing(
                        action.path(),
                        () -> client.upload(
                                described(action.path(), action.modifiedMillis(), source.info()),
                                source,
                                access.transfers(),
                                calls))
                .fileId();
    }

    @Override
    public Map<String, String> download(SyncAction.Download action, Path temporary, TransferOptions.Access whose) {
        // Who moves it to its name forces it once, and each directory once.
        return client.download(
                        request(action.fileId(), known(action.key(), action.fileId())),
                        temporary,
                        access.transfers()
                                .withFsync(TransferOptions.Fsync.NEVER)
                                .withAccess(whose),
                        calls)
                .fileInfo();
    }

    @Override
    public String copyFrom(BucketSide source, SyncAction.Copy action) {
        return changing(action.path(), () -> copy((ClientBucketSide) source, action));
    }

    @Override
    public Optional<String> copyWithin(SyncAction.Rename action, Map<String, String> kept) {
        FileVersion version = client.call(GetFileInfo.of(action.fileId()), calls);
        if (!isMeant(version, action)) {
            return Optional.empty();
        }
        UploadFile described = described(action.path(), action.modifiedMillis(), kept);
        Map<String, String> info = new LinkedHashMap<>(described.fileInfo());
        String ofLarge = version.fileInfo().get(FileInfo.LARGE_FILE_SHA1);
        if (ofLarge != null) {
            info.put(FileInfo.LARGE_FILE_SHA1, ofLarge);
        }
        return Optional.of(changing(
                action.path(),
                () -> client.inBucket(
                        bucket.name(),
                        id -> client.copy(
                                        new CopyFile(
                                                action.fileId(),
                                                name(action.path()),
                                                id,
                                                null,
                                                MetadataDirective.REPLACE,
                                                described.contentType(),
                                                info,
                                                described.fileRetention(),
                                                described.legalHold(),
                                                keyFor(keyOf(version)).orElse(null),
                                                access.encryption() instanceof Encryption.None
                                                        ? null
                                                        : access.encryption()),
                                        access.transfers(),
                                        calls)
                                .fileId(),
                        calls)));
    }

    /** A digest that B2 has not verified proves nothing. */
    private boolean isMeant(FileVersion version, SyncAction.Rename action) {
        boolean isHere = version.fileName().equals(name(action.fromPath()))
                && client.inBucket(bucket.name(), id -> id.equals(version.bucketId()), calls);
        boolean isSame = action.sha1().isEmpty()
                ? version.modificationTimeMillis() == action.modifiedMillis()
                : !version.contentSha1().startsWith("unverified:")
                        && version.knownSha1().equals(Optional.of(action.sha1()));
        return isHere && version.hasContent() && version.contentLength() == action.bytes() && isSame;
    }

    private String copy(ClientBucketSide from, SyncAction.Copy action) {
        // B2 copies within an account; another key may not see this bucket, and another account never does.
        if (from.client != client) {
            return copyThroughHere(from, action);
        }
        return client.inBucket(
                bucket.name(),
                id -> new ServerSideCopy(
                                client, calls, access.transfers(), from.access.encryption(), access.encryption())
                        .copy(action, id, name(action.path())),
                calls);
    }

    private String copyThroughHere(ClientBucketSide from, SyncAction.Copy action) {
        FileVersion version = from.client.call(GetFileInfo.of(action.fileId()), from.calls);
        UploadFile request = request(action.path(), action.modifiedMillis())
                .withContentType(version.contentType())
                .withFileInfo(ServerSideCopy.infoOf(version, action));
        UploadSource content =
                new RemoteSource(from.client, from.request(action.fileId(), keyOf(version)), version, from.calls);
        UploadSource checked = version.knownSha1()
                .map(sha1 -> UploadSources.withSha1(content, sha1))
                .orElse(content);
        return client.upload(request, checked, access.transfers(), calls).fileId();
    }

    private DownloadFile request(String fileId, ContentKey key) {
        DownloadFile request = DownloadFile.byId(fileId);
        return keyFor(key).map(request::withServerSideEncryption).orElse(request);
    }

    @Override
    public String append(SyncAction.IncrementalUpload action, LocalFileSource source) throws IOException {
        LocalFileSource.Digests digests = source.digests(action.baseSize());
        SyncAction.Upload whole = new SyncAction.Upload(action.path(), action.bytes(), action.modifiedMillis());
        if (!digests.beginning().equals(action.baseSha1())) {
            return upload(whole, source);
        }
        Piece.Remote base = (Piece.Remote) Piece.remote(action.baseFileId());
        List<Piece> pieces = new ArrayList<>();
        pieces.add(keyFor(known(ContentKey.UNKNOWN, action.baseFileId()))
                .map(base::withEncryption)
                .orElse(base));
        if (action.bytes() > action.baseSize()) {
            pieces.add(Piece.local(source.from(action.baseSize())));
        }
        UploadFile request = described(action.path(), action.modifiedMillis(), source.info())
                .withInfo(FileInfo.LARGE_FILE_SHA1, digests.whole());
        return changing(action.path(), () -> client.concatenate(request, pieces, access.transfers(), calls))
                .fileId();
    }

    /** With what the user wants stored besides; where, when and how encrypted is the sync's. */
    private UploadFile described(String path, long modifiedMillis, Map<String, String> kept) {
        UploadFile own = request(path, modifiedMillis);
        UploadFile wished = access.storedAs().describe(path, own);
        if (!wished.fileName().equals(own.fileName())) {
            throw new IllegalArgumentException("storedAs gave " + own.fileName() + " the name " + wished.fileName()
                    + ": a sync stores a file under its own name");
        }
        UploadFile described = own.withContentType(wished.contentType())
                .withFileInfo(with(wished.fileInfo(), kept))
                .withInfo(FileInfo.SRC_LAST_MODIFIED_MILLIS, String.valueOf(modifiedMillis));
        UploadFile retained =
                wished.fileRetention() == null ? described : described.withFileRetention(wished.fileRetention());
        return wished.legalHold() == null ? retained : retained.withLegalHold(wished.legalHold());
    }

    /** What the disk says of a file wins: it is asked for by its own option. */
    private static Map<String, String> with(Map<String, String> wished, Map<String, String> kept) {
        if (kept.isEmpty()) {
            return wished;
        }
        Map<String, String> all = new LinkedHashMap<>(wished);
        all.putAll(kept);
        return all;
    }

    private UploadFile request(String path, long modifiedMillis) {
        UploadFile request = UploadFile.of(bucket.name(), name(path))
                .withInfo(FileInfo.SRC_LAST_MODIFIED_MILLIS, String.valueOf(modifiedMillis));
        return access.encryption() instanceof Encryption.None
                ? request
                : request.withServerSideEncryption(access.encryption());
    }
}
