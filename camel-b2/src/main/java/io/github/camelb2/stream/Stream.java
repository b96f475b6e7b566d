// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
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

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.transfer.local.LocalFailure;

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

    /** Until the account has said what its smallest part is. */
    private static final long LIKELY_PART = 5_000_000;

    private final StreamSettings settings;
    private final InstantSource clock;
    private final Spool spool;
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

    /** What tells files apart that are gathered at the same time. */
    record Key(String partition, @Nullable Long window) {}

    private Stream(CamelContext context, StreamSettings settings, Spool spool, BatchStore store, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.spool = spool;
        this.store = store;
        this.commit = new GroupCommit(this, spool);
        ExecutorServiceManager threads = context.getExecutorServiceManager();
        this.workers = threads.newFixedThreadPool(
                this, "b2-streaming-upload", settings.options().getMaxConcurrency());
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
                Key key = new Key(batch.manifest().partition(), batch.manifest().window());
                boolean goesOn = !batch.isSealed()
                        && !isFull(batch)
                        && batch.manifest().options().equals(settings.fingerprint());
                if (goesOn && open.putIfAbsent(key, batch) == null) {
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
     * @param wish the name that a new file would like
     * @param waiter told when the message is as safe as the option acknowledge says, unless this throws
     * @throws B2Exception if it could not be written, or the spool was full for too long
     */
    void add(Key key, byte[] content, boolean isRepeated, Supplier<String> wish, Waiter waiter)
            throws InterruptedException {
        String name = null;
        while (true) {
            synchronized (lock) {
                awaitRoom((long) content.length + Journal.FRAME + 1);
                Batch batch = open.get(key);
                if (batch == null && name != null) {
                    batch = create(key, name);
                }
                if (batch != null) {
                    append(key, batch, content, isRepeated, waiter);
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
        while (!closing && spooled + more > settings.spoolMaxBytes()) {
            if (!waited) {
                figures.waited();
                waited = true;
            }
            closeLargest();
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw full("it is full, and nothing was stored for "
                        + settings.options().getRetryTimeout() + " ms; "
                        + figures.lastFailure().orElse("B2 takes what is sent too slowly"));
            }
            lock.wait(left);
        }
        if (closing) {
            throw new IllegalStateException(
                    "The streaming uploads to " + settings.options().getBucketName() + " are stopped");
        }
    }

    private B2LocalContentException full(String why) {
        return new B2LocalContentException(ErrorDetails.local("streamingUpload", "spool " + spool.directory(), why)
                .withAdvice("raise spoolMaxBytes=" + settings.options().getSpoolMaxBytes()
                        + ", or look why files are not stored"));
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
                            java.util.HexFormat.of().formatHex(settings.separator()),
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

    private void append(Key key, Batch batch, byte[] content, boolean isRepeated, Waiter waiter) {
        long before = batch.journal().end();
        try {
            long position = batch.add(content, isRepeated);
            spooled += position - before;
            figures.added(isRepeated);
            batch.await(position, waiter);
            if (settings.isAcknowledgedBySpool()) {
                commit.wants(batch, position);
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
            long left = batch.manifest().openedAt() + settings.timeout() - clock.millis();
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
        try {
            isMore = store.store(batch);
            batch.succeeded();
        } catch (IOException | RuntimeException e) {
            later(batch, e);
        } finally {
            synchronized (lock) {
                batch.busy(false);
                if (isMore) {
                    storeIfWorthwhile(batch);
                }
            }
        }
    }

    /** Acknowledged messages are never given up: the file is tried again until it is stored. */
    private void later(Batch batch, Exception failure) {
        synchronized (lock) {
            if (ended) {
                return;
            }
        }
        figures.failed(failure);
        long wait = Math.min(
                settings.options().getMaxBackoff(),
                settings.options().getInitialBackoff() << Math.min(16, batch.failed()));
        LOG.warn(
                "A file of {} messages cannot be stored in bucket {} as {}; they stay in {}, and it is tried again in {} ms",
                batch.messages(),
                settings.options().getBucketName(),
                batch.name() == null ? batch.manifest().wish() : batch.name(),
                batch.journal().path(),
                wait,
                failure);
        schedule(() -> kick(batch), wait);
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
        if (settings.options().getAcknowledge() == io.github.camelb2.Acknowledge.part) {
            takeWaiting(batch, part.to()).forEach(waiter -> waiter.done(null, null));
        }
    }

    /** The whole file is stored, and whoever is to be told was: it leaves the spool. */
    void stored(Batch batch, StoredBatch file) throws IOException {
        List<Waiter> waiting;
        synchronized (lock) {
            batch.done();
            live.remove(batch);
            open.values().remove(batch);
            spooled -= batch.journal().end();
            waiting = batch.takeWaiting(Long.MAX_VALUE);
            lock.notifyAll();
        }
        figures.stored(batch.messages());
        waiting.forEach(waiter -> waiter.done(file, null));
        batch.journal().delete();
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

    int filesToStore() {
        synchronized (lock) {
            return live.size();
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
        long deadline = System.nanoTime() + wait.toNanos();
        try {
            while (!live.isEmpty()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    LOG.warn(
                            "{} files of streaming uploads are not stored yet; they stay in {}, and are stored after the next"
                                    + " start",
                            live.size(),
                            spool.directory());
                    return;
                }
                lock.wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        left.forEach(waiter -> waiter.done(null, stopped));
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
