// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import io.github.camelb2.Acknowledge;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.transfer.local.LocalFailure;
import io.github.camelb2.stream.Positions.Position;

/**
 * What all producers of one endpoint gather: decides which file a message goes to, when that is closed, and who waits for
 * what. Thread-safe.
 *
 * <p>Each batch is in one of three states: open, in {@link #open}, and gets messages; sealed, and gets none; done, and gone.
 * It is stored by one thread at a time, which is told by {@code isBusy}.
 */
final class Stream {
    private static final Logger LOG = LoggerFactory.getLogger(Stream.class);
    private static final Duration LAST_RETRY_WAIT = Duration.ofSeconds(5);

    private static final long NEVER = -1;
    private static final Duration HURRY = Duration.ofMinutes(1);
    private static final Duration HURRY_STEP = Duration.ofMillis(500);

    /** Others may have made room on it. */
    private static final long LOOK_AT_DISK_AGAIN = 1_000;

    /** Until the account has said what its smallest part is. */
    private static final long LIKELY_PART = 5_000_000;

    private final StreamSettings settings;
    private final InstantSource clock;
    private final Spool spool;
    private final DiskRoom disk;

    /** Guarded by the lock. */
    private final Positions positions;

    private final StreamFigures figures = new StreamFigures();
    private final GroupCommit commit;
    private final Thread committer;
    private final ExecutorService workers;
    private final ScheduledExecutorService timer;
    private final BatchStore store;

    /** Guards all below, the state of all batches, and what is appended to their journals: its order is that of the file. */
    private final Object lock = new Object();

    /** Batches that get messages, by partition and window, that which was idle for longest first. */
    private final Map<Key, Batch> open = new LinkedHashMap<>(16, 0.75f, true);

    /** Batches that are not stored. */
    private final Set<Batch> live = new LinkedHashSet<>();

    private long spooled;
    private long partSize = LIKELY_PART;
    private boolean closing;
    private boolean ended;

    /** Until when files are closed soon after their first message, as {@link System#nanoTime}; null for not. */
    private @Nullable Long hurryUntil;

    /** What tells files apart that are gathered at the same time. */
    record Key(String partition, @Nullable Long window) {}

    private Stream(CamelContext context, StreamSettings settings, Spool spool, BatchStore store, InstantSource clock)
            throws IOException {
        this.disk = new DiskRoom(spool.directory());
        this.positions = Positions.open(spool.directory());
        this.settings = settings;
        this.clock = clock;
        this.spool = spool;
        this.store = store;
        this.commit = new GroupCommit(this, spool);
        ExecutorServiceManager threads = context.getExecutorServiceManager();
        this.workers = threads.newFixedThreadPool(
                this,
                "b2-streaming-upload",
                settings.options().transferOptions().maxConcurrency());
        this.timer = threads.newSingleThreadScheduledExecutor(this, "b2-streaming-timer");
        this.committer = threads.newThread("b2-streaming-spool", commit);
    }

    /**
     * Opens the spool, and goes on with what an earlier process has left there.
     *
     * @throws IOException if it cannot be opened, or is of another bucket
     */
    static Stream start(CamelContext context, StreamSettings settings, BatchStore store, InstantSource clock)
            throws IOException {
        Spool spool = Spool.open(settings.spool());
        Stream stream = null;
        try {
            List<Batch> left = Leftovers.read(spool, settings);
            stream = new Stream(context, settings, spool, store, clock);
            store.begin(stream, spool, left);
            stream.goOn(left);
            stream.committer.start();
            return stream;
        } finally {
            if (stream == null) {
                spool.close();
            }
        }
    }

    /** How long a part is, only the account knows: asked at the start, until it is known. */
    private void learnPartSize() {
        try {
            partSizeIs(store.partSize());
        } catch (RuntimeException e) {
            figures.failed(e);
            LOG.warn("{}: the account cannot be asked for the size of parts; it is tried again", spool.directory(), e);
            schedule(() -> kick(this::learnPartSize), settings.options().getMaxBackoff());
        }
    }

    private void goOn(List<Batch> left) {
        synchronized (lock) {
            for (Batch batch : left) {
                live.add(batch);
                spooled += batch.journal().end();
                figures.recovered(batch.messages());
                batch.positions().forEach((source, number) -> positions.took(new Position(source, number)));
                Key key = new Key(batch.manifest().partition(), batch.manifest().window());
                boolean goesOn = !batch.isSealed()
                        && !isFull(batch)
                        && batch.manifest().options().equals(settings.fingerprint());
                if (goesOn && open.putIfAbsent(key, batch) == null) {
                    batch.journal().holdOpen();
                    closeInTime(key, batch);
                } else {
                    seal(batch);
                }
            }
            closeIdleOnes();
            live.forEach(this::storeIfWorthwhile);
            kick(this::learnPartSize);
        }
        if (!left.isEmpty()) {
            LOG.info("Streaming uploads go on with {} files of {}", left.size(), spool.directory());
        }
    }

    /**
     * Adds a message to a file.
     *
     * @param position the number that it has in its source, null where that numbers none
     * @param wish the name that a new file would like
     * @param waiter told when the message is as safe as the option acknowledge says, unless this throws
     * @throws B2Exception if it could not be written, or the spool was full for too long
     */
    void add(
            Key key,
            byte[] content,
            boolean isRepeated,
            @Nullable Position position,
            Supplier<String> wish,
            Waiter waiter)
            throws InterruptedException {
        String name = null;
        while (true) {
            synchronized (lock) {
                awaitRoom((long) content.length + Journal.FRAME + 1);
                boolean isAgain = isRepeated || positions.has(position);
                Batch batch = open.get(key);
                if (batch == null && name != null) {
                    batch = create(key, name);
                }
                if (batch != null) {
                    append(key, batch, content, isAgain, position, waiter);
                    return;
                }
            }
            // The route's own code runs here: not under the lock.
            name = wish.get();
        }
    }

    private void awaitRoom(long more) throws InterruptedException {
        if (more > settings.spoolMaxBytes()) {
            throw full("a message of " + more + " bytes is more than spoolMaxBytes");
        }
        long deadline = System.nanoTime()
                + TimeUnit.MILLISECONDS.toNanos(settings.options().getRetryTimeout());
        boolean waited = false;
        while (!closing && (spooled + more > settings.spoolMaxBytes() || isDiskShortOf(more))) {
            if (live.isEmpty()) {
                throw full(disk.describe());
            }
            if (!waited) {
                figures.waited();
                waited = true;
            }
            closeLargest();
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                String why = spooled + more > settings.spoolMaxBytes() ? "it is full" : disk.describe();
                throw full(why + ", and nothing was stored for "
                        + settings.options().getRetryTimeout() + " ms; "
                        + figures.lastFailure().orElse("B2 takes what is sent too slowly"));
            }
            lock.wait(Math.min(left, LOOK_AT_DISK_AGAIN));
        }
        if (closing) {
            throw new IllegalStateException(
                    "The streaming uploads to " + settings.options().getBucketName() + " are stopped");
        }
    }

    private boolean isDiskShortOf(long more) {
        try {
            long longest = BatchStore.LONGEST_PIECE_IN_PARTS * partSize;
            return disk.isShortOf(more, settings.batchBytes() > 0 ? Math.min(longest, settings.batchBytes()) : longest);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private B2LocalContentException full(String why) {
        return new B2LocalContentException(ErrorDetails.local("streamingUpload", "spool " + spool.directory(), why)
                .withAdvice("raise spoolMaxBytes=" + settings.options().getSpoolMaxBytes()
                        + ", make room on the disk, or look why files are not stored"));
    }

    /** Files that are gathered hold the room that one more message needs: one has to go. */
    private void closeLargest() {
        boolean isStoring = live.stream().anyMatch(batch -> batch.isSealed());
        if (!isStoring) {
            open.entrySet().stream()
                    .max(Comparator.comparingLong(entry -> entry.getValue().bytes()))
                    .ifPresent(largest -> close(largest.getKey(), largest.getValue()));
        }
    }

    private Batch create(Key key, String wish) {
        try {
            Batch batch = Batch.create(
                    spool.next(),
                    new Manifest(
                            UUID.randomUUID().toString(),
                            settings.options().getBucketName(),
                            StreamSettings.account(settings.options()),
                            wish,
                            key.partition(),
                            key.window(),
                            HexFormat.of().formatHex(settings.separator()),
                            settings.options().getCompression(),
                            settings.options().getAcknowledge().name(),
                            clock.millis(),
                            settings.fingerprint()));
            open.put(key, batch);
            live.add(batch);
            spooled += batch.journal().end();
            closeIdleOnes();
            closeInTime(key, batch);
            return batch;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void closeIdleOnes() {
        while (open.size() > settings.options().getMaxOpenFiles()) {
            Map.Entry<Key, Batch> idle = open.entrySet().iterator().next();
            close(idle.getKey(), idle.getValue());
        }
    }

    private void append(
            Key key, Batch batch, byte[] content, boolean isRepeated, @Nullable Position position, Waiter waiter) {
        long before = batch.journal().end();
        try {
            long end = batch.add(content, isRepeated, position);
            spooled += end - before;
            if (position != null) {
                positions.took(position);
            }
            figures.added(isRepeated);
            batch.await(end, waiter);
            if (settings.isAcknowledgedBySpool()) {
                commit.wants(batch, end);
            }
        } catch (IOException e) {
            if (batch.journal().isBroken()) {
                close(key, batch);
            }
            throw failed(e);
        }
        if (isFull(batch)) {
            close(key, batch);
        } else {
            storeIfWorthwhile(batch);
        }
    }

    private B2LocalContentException failed(IOException e) {
        return new B2LocalContentException(
                ErrorDetails.local(
                                "streamingUpload",
                                "spool " + spool.directory(),
                                "it cannot be written: " + LocalFailure.reason(e))
                        .withAdvice("make room on its disk; the message is not acknowledged"),
                e);
    }

    private boolean isFull(Batch batch) {
        return (settings.batchMessages() > 0 && batch.messages() >= settings.batchMessages())
                || (settings.batchBytes() > 0 && batch.bytes() >= settings.batchBytes());
    }

    private void closeInTime(Key key, Batch batch) {
        if (settings.timeout() > 0) {
            // A clock that was set back since then must not hold the file open for longer than from now on.
            long left = Math.min(settings.timeout(), batch.manifest().openedAt() + settings.timeout() - clock.millis());
            schedule(
                    () -> {
                        if (open.get(key) == batch) {
                            close(key, batch);
                        }
                    },
                    Math.max(0, left));
        }
    }

    /** No message follows; it is stored. */
    private void close(Key key, Batch batch) {
        open.remove(key, batch);
        seal(batch);
        kick(batch);
    }

    private void seal(Batch batch) {
        long before = batch.journal().end();
        try {
            batch.seal();
            spooled += batch.journal().end() - before;
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be written; what it has is stored",
                    batch.journal().path(),
                    e);
        }
    }

    /** Closes all files that are gathered now; they are stored soon. */
    void closeOpenFiles() {
        synchronized (lock) {
            if (!ended) {
                new ArrayList<>(open.entrySet()).forEach(entry -> close(entry.getKey(), entry.getValue()));
            }
        }
    }

    /**
     * Closes files soon after their first message, for a minute: a route or the context is stopping, and whoever waits for a
     * file must not wait for messages that never come.
     */
    void hurry() {
        synchronized (lock) {
            boolean isUnderWay = hurryUntil != null;
            hurryUntil = System.nanoTime() + HURRY.toNanos();
            if (!isUnderWay) {
                hurryAgain();
            }
        }
    }

    private void hurryAgain() {
        if (hurryUntil != null && hurryUntil - System.nanoTime() > 0 && !ended) {
            closeOpenFiles();
            schedule(this::hurryAgain, HURRY_STEP.toMillis());
        } else {
            hurryUntil = null;
        }
    }

    private void storeIfWorthwhile(Batch batch) {
        if (batch.isSealed() || batch.unsent() >= Math.max(partSize, batch.worthwhile())) {
            kick(batch);
        }
    }

    private void kick(Batch batch) {
        if (!batch.isBusy() && !batch.isDone() && !ended) {
            batch.busy(kick(() -> work(batch)));
        }
    }

    /** Whether a worker takes it; none does when the stream ends, and the next start stores what is left. */
    private boolean kick(Runnable work) {
        try {
            workers.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.debug("The stream is ending", e);
            return false;
        }
    }

    /** Does something under the lock when that time is over, unless the stream ends before. */
    private void schedule(Runnable step, long millis) {
        try {
            timer.schedule(
                    () -> {
                        synchronized (lock) {
                            step.run();
                        }
                    },
                    millis,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("The stream is ending", e);
        }
    }

    private void work(Batch batch) {
        boolean isMore = false;
        long again = NEVER;
        batch.tried();
        try {
            isMore = store.store(batch);
            batch.succeeded();
        } catch (IOException | RuntimeException e) {
            again = failed(batch, e);
        } finally {
            synchronized (lock) {
                // Before it is scheduled: a batch that is worked on is not taken.
                batch.busy(false);
                if (isMore) {
                    storeIfWorthwhile(batch);
                }
                if (again != NEVER) {
                    schedule(() -> kick(batch), again);
                }
            }
        }
    }

    /** Acknowledged messages are never given up: answers after how many milliseconds the file is tried again. */
    private long failed(Batch batch, Exception failure) {
        synchronized (lock) {
            if (ended) {
                return NEVER;
            }
        }
        boolean isFirst = figures.failed(failure);
        if (waitedTooLong(batch)) {
            return giveUp(batch, failure) ? NEVER : settings.options().getMaxBackoff();
        }
        long wait = Math.min(
                settings.options().getMaxBackoff(),
                settings.options().getInitialBackoff() << Math.min(16, batch.failed()));
        // An outage concerns all files: one warning, until something is stored again.
        LOG.atLevel(isFirst ? Level.WARN : Level.DEBUG)
                .setCause(failure)
                .log(
                        "A file of {} messages cannot be stored in bucket {} as {}; they stay in {}, and it is tried again in {} ms",
                        batch.messages(),
                        settings.options().getBucketName(),
                        batch.name() == null ? batch.manifest().wish() : batch.name(),
                        batch.journal().path(),
                        wait);
        return wait;
    }

    /** Messages of the spool are acknowledged, and wait for as long as it takes; exchanges that wait themselves do not. */
    private boolean waitedTooLong(Batch batch) {
        return !batch.manifest().acknowledge().equals(Acknowledge.spool.name())
                && batch.nanosTried()
                        >= TimeUnit.MILLISECONDS.toNanos(settings.options().getRetryTimeout());
    }

    /**
     * Leaves messages that were never acknowledged to their source: their exchanges fail. Those in parts that are stored
     * were acknowledged, and their file goes on, with the others, which may come twice then. Answers whether it is gone.
     */
    private boolean giveUp(Batch batch, Exception failure) {
        List<Waiter> waiting;
        boolean isKept;
        synchronized (lock) {
            isKept = !batch.parts().isEmpty() && settings.options().getAcknowledge() == Acknowledge.part;
            waiting = batch.takeWaiting(Long.MAX_VALUE);
            if (!isKept) {
                batch.done();
                live.remove(batch);
                open.values().remove(batch);
                spooled -= batch.journal().end();
                lock.notifyAll();
            }
        }
        if (isKept || batch.isSent()) {
            figures.repeatedFile(waiting.size());
        }
        LOG.warn(
                "{} messages for {} were not stored within retryTimeout={} ms: their exchanges fail",
                waiting.size(),
                batch.name() == null ? batch.manifest().wish() : batch.name(),
                settings.options().getRetryTimeout(),
                failure);
        waiting.forEach(waiter -> tell(waiter, null, failure));
        if (!isKept) {
            forget(batch);
        }
        return !isKept;
    }

    private void forget(Batch batch) {
        store.forget(batch);
        try {
            batch.journal().delete();
        } catch (IOException e) {
            LOG.warn("Cannot delete {}", batch.journal().path(), e);
        }
    }

    /** A route that breaks must not hold up the thread that tells all others. */
    static void tell(Waiter waiter, @Nullable StoredBatch file, @Nullable Exception failure) {
        try {
            waiter.done(file, failure);
        } catch (RuntimeException e) {
            LOG.warn("Whoever waited for a message of a streaming upload failed when told", e);
        }
    }

    /** Changes what a batch says of itself, as the thread that stores it. */
    <T> T under(Batch batch, Note<T> note) throws IOException {
        synchronized (lock) {
            long before = batch.journal().end();
            T answer = note.write();
            spooled += batch.journal().end() - before;
            return answer;
        }
    }

    /** Writes to a journal. */
    @FunctionalInterface
    interface Note<T> {
        T write() throws IOException;
    }

    private void partSizeIs(long bytes) {
        synchronized (lock) {
            partSize = bytes;
            live.forEach(this::storeIfWorthwhile);
        }
    }

    /** A part is stored: whoever waits for that is told. */
    void partStored(Batch batch, PartNote part) {
        figures.storedPart();
        if (settings.options().getAcknowledge() == Acknowledge.part) {
            takeWaiting(batch, part.to()).forEach(waiter -> tell(waiter, null, null));
        }
    }

    boolean isClosing() {
        synchronized (lock) {
            return closing;
        }
    }

    /** The whole file is stored, and its journal is to go. */
    void stored(Batch batch, StoredBatch file) {
        List<Waiter> waiting;
        synchronized (lock) {
            batch.done();
            live.remove(batch);
            open.values().remove(batch);
            spooled -= batch.journal().end();
            positions.keep(batch.positions());
            waiting = batch.takeWaiting(Long.MAX_VALUE);
            lock.notifyAll();
        }
        figures.stored(batch.messages());
        waiting.forEach(waiter -> tell(waiter, file, null));
    }

    /** Seals a batch from within, as it may have no more parts. */
    void closeFromWithin(Batch batch) {
        synchronized (lock) {
            close(new Key(batch.manifest().partition(), batch.manifest().window()), batch);
        }
    }

    List<Waiter> takeWaiting(Batch batch, long position) {
        synchronized (lock) {
            return batch.takeWaiting(position);
        }
    }

    boolean isStored(Batch batch) {
        synchronized (lock) {
            return batch.isDone();
        }
    }

    /** What was written may be lost: nobody is told that it is safe, and nothing more is written there. */
    Exception forceFailed(Batch batch, IOException e) {
        closeFromWithin(batch);
        return failed(e);
    }

    StreamFigures figures() {
        return figures;
    }

    long commits() {
        return commit.turns();
    }

    long spooledBytes() {
        synchronized (lock) {
            return spooled;
        }
    }

    int openFiles() {
        synchronized (lock) {
            return open.size();
        }
    }

    long messagesToStore() {
        synchronized (lock) {
            return live.stream().mapToLong(Batch::messages).sum();
        }
    }

    Path directory() {
        return spool.directory();
    }

    /**
     * Takes no more messages, closes the files that are gathered, and waits until they are stored. What is not stored then
     * stays in the spool, which the next start goes on with.
     */
    void close(Duration wait) {
        synchronized (lock) {
            closing = true;
            lock.notifyAll();
            if (!ended) {
                closeOpenFiles();
                awaitStored(wait);
            }
        }
        end();
    }

    private void awaitStored(Duration wait) {
        int left = filesToStore(wait);
        if (left > 0 && !Thread.currentThread().isInterrupted()) {
            LOG.warn(
                    "{} files of streaming uploads are not stored yet; they stay in {}, and are stored after the next"
                            + " start",
                    left,
                    spool.directory());
        }
    }

    /** How many files will still be stored, after so long at the most; answers earlier when there are none, or interrupted. */
    int filesToStore(Duration wait) {
        long deadline = System.nanoTime() + wait.toNanos();
        synchronized (lock) {
            try {
                long left = wait.toMillis();
                while (!live.isEmpty() && !ended && left > 0) {
                    lock.wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ended ? 0 : live.size();
        }
    }

    /** Lets go of everything as it is; what is open stays open, as when the process dies. */
    void end() {
        synchronized (lock) {
            if (ended) {
                return;
            }
            closing = true;
            ended = true;
            lock.notifyAll();
        }
        timer.shutdownNow();
        workers.shutdownNow();
        commit.close();
        boolean interrupted = Thread.interrupted();
        try {
            committer.join(LAST_RETRY_WAIT.toMillis());
            if (!workers.awaitTermination(LAST_RETRY_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("An upload of {} does not end", spool.directory());
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        letGo();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void letGo() {
        store.close();
        List<Waiter> left = new ArrayList<>();
        synchronized (lock) {
            for (Batch batch : live) {
                left.addAll(batch.takeWaiting(Long.MAX_VALUE));
                closeQuietly(batch.journal());
            }
        }
        closeQuietly(spool);
        IllegalStateException stopped = new IllegalStateException("The streaming uploads to "
                + settings.options().getBucketName() + " were stopped before the file of this message was stored");
        left.forEach(waiter -> tell(waiter, null, stopped));
    }

    private static void closeQuietly(java.io.Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            LOG.warn("Cannot close {}", closeable, e);
        }
    }

    /** What went wrong last, and has not gone well since. */
    Optional<String> trouble() {
        return figures.lastFailure();
    }
}
