// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.Acknowledge;
import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.B2Constants;
import io.github.camelb2.ByteSize;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.PartLimits;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.upload.GrowingFile;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.operation.header.FileAttributes;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.step.OperationScope;

/**
 * Brings batches to B2: one that is closed before it has some parts as a small file, others as a large file that grows.
 * Thread-safe; one thread at a time works on one batch.
 *
 * <p>Everything that B2 is told stands in the journal first, so that a process that dies in between knows what to look up:
 * the file carries the id of its batch, and one that is there already is not stored twice.
 */
final class BatchStore {
    private static final Logger LOG = LoggerFactory.getLogger(BatchStore.class);

    /** The entry of the file information that has the id of the batch. */
    static final String BATCH = "camel-b2-batch";

    /** A closed batch of up to so many parts goes as one small file. */
    static final int LONGEST_PIECE_IN_PARTS = 4;

    /** One is left for what remains. */
    private static final int MOST_PARTS = 9_999;

    private final CamelContext context;
    private final B2Component component;
    private final B2Configuration options;
    private final InstantSource clock;
    private final FileNumbers numbers;
    private final Completions completions;
    private final Map<Batch, Growing> growing = new ConcurrentHashMap<>();
    private final Map<String, Compression> compressions = new ConcurrentHashMap<>();
    private @Nullable Stream stream;
    private @Nullable Spool spool;

    /** Guarded by this. */
    private @Nullable Work work;

    /** The client, and the key that it was borrowed for. */
    private record Work(B2ClientLease lease, @Nullable Credentials key, OperationScope scope) {}

    /** A large file, and what it was got with: another login needs another one. */
    private record Growing(OperationScope scope, GrowingFile file) {}

    BatchStore(B2Component component, B2Configuration options, Completions completions, InstantSource clock) {
        this.context = component.getCamelContext();
        this.component = component;
        this.options = options;
        this.completions = completions;
        this.clock = clock;
        this.numbers = new FileNumbers(options.getNamingStrategy(), options.getRestartingPolicy());
        // Here, where it fails at the start.
        compression(options.getCompression());
    }

    /** @param left the batches of an earlier process, whose names nobody else may get */
    void begin(Stream ofBatches, Spool ofStream, List<Batch> left) {
        stream = ofBatches;
        spool = ofStream;
        for (Batch batch : left) {
            String name = batch.name();
            if (name != null) {
                numbers.reserve(batch.manifest().wish(), name);
            }
        }
    }

    private Stream stream() {
        return Objects.requireNonNull(stream, "begin was not called");
    }

    private Compression compression(String name) {
        return compressions.computeIfAbsent(name, it -> Compression.of(context, it));
    }

    /** With the key of now: that of the component may have been rotated. */
    private synchronized OperationScope scope() {
        Credentials key = component.keyOfNow(options);
        Work known = work;
        if (known != null && Objects.equals(known.key(), key)) {
            return known.scope();
        }
        B2ClientLease lease = component.borrowClient(options);
        Work fresh = new Work(lease, key, new OperationScope(lease, options, clock));
        work = fresh;
        if (known != null) {
            known.lease().close();
        }
        return fresh.scope();
    }

    /**
     * Brings a batch as far as it can be brought now.
     *
     * @return whether there may be more to do
     */
    boolean store(Batch batch) throws IOException {
        FileVersion untold = batch.stored();
        if (untold != null) {
            complete(batch, untold);
            return false;
        }
        OperationScope scope = scope();
        scope.createBucketIfWanted(options.getBucketName());
        long partSize = partSize(scope);
        String bucketId = scope.client().bucketId(options.getBucketName(), scope.settings());
        if (batch.isSealed() && batch.isSent()) {
            Optional<FileVersion> there = find(batch, bucketId, scope);
            if (there.isPresent()) {
                complete(batch, there.get());
                return false;
            }
        }
        String name = name(batch, bucketId, scope);
        UploadFile file = file(name, batch);
        boolean isSmall =
                batch.isSealed() && batch.largeFile() == null && batch.bytes() <= LONGEST_PIECE_IN_PARTS * partSize;
        if (isSmall) {
            complete(batch, whole(batch, file, scope));
            return false;
        }
        return parts(batch, file, bucketId, partSize, scope);
    }

    /** How many bytes a part has at least; asks B2 where nobody is logged in. */
    long partSize() {
        return partSize(scope());
    }

    private long partSize(OperationScope scope) {
        PartLimits limits = PartLimits.of(scope.accountInfo());
        long given = "auto".equals(options.getPartSize()) ? 0 : ByteSize.parse("partSize", options.getPartSize());
        long mostOfBatch = ByteSize.parse("batchSize", options.getBatchSize());
        return Math.min(limits.maximum(), Math.max(Math.max(given, limits.minimum()), mostOfBatch / MOST_PARTS + 1));
    }

    private String name(Batch batch, String bucketId, OperationScope scope) throws IOException {
        String known = batch.name();
        if (known != null) {
            return known;
        }
        String chosen = numbers.choose(batch.manifest().wish(), bucketId, scope);
        stream().under(batch, () -> {
            batch.named(chosen);
            return chosen;
        });
        return chosen;
    }

    /** What is stored beside the content: what the options say, as for any upload. */
    private UploadFile file(String name, Batch batch) {
        return file(name).withInfo(BATCH, batch.manifest().batch());
    }

    private UploadFile file(String name) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setHeader(B2Constants.OVERRIDE_FILE_NAME, name);
        return FileAttributes.file(Params.of(exchange, options), OptionalLong.empty());
    }

    /** The file of the batch, where B2 has it: who sent it did not learn so. */
    private Optional<FileVersion> find(Batch batch, String bucketId, OperationScope scope) {
        String name = batch.name();
        if (name == null) {
            return Optional.empty();
        }
        if (!scope.accountInfo().allowed().has(Capability.LIST_FILES)) {
            stream().figures().repeatedFile(batch.messages());
            LOG.warn(
                    "Nobody can tell whether {} was stored, as the key may not list files: it is stored once more",
                    name);
            return Optional.empty();
        }
        return scope.client().versionsOf(bucketId, name, scope.settings()).stream()
                .filter(version ->
                        batch.manifest().batch().equals(version.fileInfo().get(BATCH)))
                .findFirst();
    }

    private FileVersion whole(Batch batch, UploadFile file, OperationScope scope) throws IOException {
        PieceCutter.Piece piece = cut(batch, 0, batch.dataEnd(), Long.MAX_VALUE);
        try {
            sends(batch);
            return scope.client()
                    .upload(
                            file,
                            UploadSources.file(piece.file()),
                            scope.transfers()
                                    .withResume(TransferOptions.Resume.NEVER)
                                    .withPartSize(TransferOptions.AUTO),
                            scope.settings());
        } finally {
            Files.deleteIfExists(piece.file());
        }
    }

    private void sends(Batch batch) throws IOException {
        stream().under(batch, () -> {
            batch.sends();
            return true;
        });
        batch.journal().force();
    }

    private PieceCutter.Piece cut(Batch batch, long from, long end, long enough) throws IOException {
        Path target = Objects.requireNonNull(spool, "begin was not called").piece(batch);
        return new PieceCutter(compression(batch.manifest().compression()), batch.separator())
                .cut(batch.journal().path(), target, from, end, enough);
    }

    private boolean parts(Batch batch, UploadFile file, String bucketId, long partSize, OperationScope scope)
            throws IOException {
        GrowingFile large = null;
        try {
            while (true) {
                Look look = look(batch);
                if (look.end() > look.from()) {
                    PieceCutter.Piece piece = cut(batch, look.from(), look.end(), partSize);
                    boolean isAll = piece.to() >= look.end();
                    if (!look.isSealed() && isAll && (piece.length() < partSize || waitsForMore(batch))) {
                        notYet(batch, piece, partSize);
                        return true;
                    }
                    if (look.isSealed() && isAll && batch.parts().isEmpty()) {
                        Files.deleteIfExists(piece.file());
                        return wholeInstead(batch, file, bucketId, scope);
                    }
                    large = large == null ? growing(batch, file, bucketId, scope) : large;
                    store(batch, large, piece);
                } else if (look.isSealed() && batch.parts().size() == 1) {
                    return wholeInstead(batch, file, bucketId, scope);
                } else if (look.isSealed()) {
                    large = large == null ? growing(batch, file, bucketId, scope) : large;
                    complete(batch, finish(batch, large));
                    return false;
                } else {
                    return true;
                }
            }
        } catch (B2Exception e) {
            if (large != null && large.isLostBy(e)) {
                sendAnew(batch, large, e);
            }
            throw e;
        }
    }

    /** B2 takes no large file of one part: unless somebody waits for the first, it is sent when something follows. */
    private boolean waitsForMore(Batch batch) {
        return batch.parts().isEmpty() && options.getAcknowledge() != Acknowledge.part;
    }

    /** One that ended with its first part is a small file after all. */
    private boolean wholeInstead(Batch batch, UploadFile file, String bucketId, OperationScope scope)
            throws IOException {
        GrowingFile large = batch.largeFile() == null ? null : growing(batch, file, bucketId, scope);
        FileVersion version = whole(batch, file, scope);
        if (large != null) {
            growing.remove(batch);
            large.giveUp();
        }
        complete(batch, version);
        return false;
    }

    /** What is to be stored next, as it is now. */
    private record Look(long from, long end, boolean isSealed) {}

    private Look look(Batch batch) throws IOException {
        return stream().under(batch, () -> new Look(batch.storedTo(), batch.dataEnd(), batch.isSealed()));
    }

    /** Compressed, it is shorter than a part may be: it waits for so much more that it will not be. */
    private void notYet(Batch batch, PieceCutter.Piece piece, long partSize) throws IOException {
        Files.deleteIfExists(piece.file());
        stream().under(batch, () -> {
            double ratio = (double) piece.raw() / Math.max(1, piece.length());
            batch.worthwhile(Math.max(piece.raw() + 1, (long) (partSize * ratio * 1.1)));
            return true;
        });
    }

    private GrowingFile growing(Batch batch, UploadFile file, String bucketId, OperationScope scope)
            throws IOException {
        Growing known = growing.get(batch);
        if (known != null && known.scope() == scope) {
            return known.file();
        }
        if (known != null) {
            known.file().leave();
        }
        String id = batch.largeFile();
        GrowingFile large = id == null
                ? scope.client().startGrowing(file, bucketId, scope.settings())
                : scope.client().goOnGrowing(file, bucketId, id, scope.settings());
        growing.put(batch, new Growing(scope, large));
        if (id == null) {
            stream().under(batch, () -> {
                batch.startedAs(large.fileId());
                return true;
            });
            batch.journal().force();
        }
        return large;
    }

    private void store(Batch batch, GrowingFile large, PieceCutter.Piece piece) throws IOException {
        int number = batch.parts().size() + 1;
        try {
            UploadSource source = UploadSources.file(piece.file());
            PartNote note = new PartNote(number, large.store(number, source), piece.to());
            stream().under(batch, () -> {
                batch.stored(note);
                batch.unsent(Math.max(0, batch.unsent() - piece.raw()));
                return true;
            });
            batch.journal().force();
            stream().partStored(batch, note);
            if (number >= MOST_PARTS - 1) {
                stream().closeFromWithin(batch);
            }
        } finally {
            Files.deleteIfExists(piece.file());
        }
    }

    private FileVersion finish(Batch batch, GrowingFile large) throws IOException {
        sends(batch);
        List<String> sha1s = batch.parts().stream().map(PartNote::sha1).toList();
        FileVersion version = large.finish(sha1s);
        growing.remove(batch);
        return version;
    }

    /** The spool keeps all messages until the file is stored, for this case too. */
    private void sendAnew(Batch batch, GrowingFile large, B2Exception failure) throws IOException {
        LOG.warn(
                "Large file {} of streaming upload {} comes to nothing; its messages are sent into another one",
                large.fileId(),
                batch.name(),
                failure);
        growing.remove(batch);
        large.giveUp();
        stream().under(batch, () -> {
            batch.forgetLargeFile();
            return true;
        });
    }

    private void complete(Batch batch, FileVersion version) throws IOException {
        StoredBatch stored = new StoredBatch(
                options.getBucketName(),
                version,
                batch.messages(),
                batch.repeated(),
                batch.manifest().partition());
        boolean isTold = completions.tell(stored);
        Growing large = growing.remove(batch);
        if (large != null) {
            large.file().leave();
        }
        if (isTold || !isStopping()) {
            stream().stored(batch, stored);
            batch.journal().delete();
            return;
        }
        // The route that is to be told may have stopped before this one; the next start tells it.
        if (batch.stored() == null) {
            stream().under(batch, () -> {
                batch.stored(version);
                return true;
            });
            batch.journal().force();
        }
        stream().stored(batch, stored);
        batch.journal().close();
    }

    private boolean isStopping() {
        return stream().isClosing() || context.isStopping() || context.isSuspending() || context.isSuspended();
    }

    /** Nothing more is stored of that batch; a large file that was started for it stays unfinished until it is cancelled. */
    void forget(Batch batch) {
        Growing large = growing.remove(batch);
        if (large != null) {
            large.file().leave();
        }
    }

    /** Leaves what is unfinished to the next start, and gives the client back. */
    void close() {
        completions.close();
        growing.values().forEach(large -> large.file().leave());
        growing.clear();
        synchronized (this) {
            Work ended = work;
            work = null;
            if (ended != null) {
                ended.lease().close();
            }
        }
    }
}
