// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntToLongFunction;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.call.LargeFileCalls.UploadPart;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.local.ContentDigests;
import io.github.camelb2.client.transfer.local.FirstReading;
import io.github.camelb2.client.transfer.local.LocalFailure;
import io.github.camelb2.client.transfer.local.SpooledPiece;
import io.github.camelb2.client.transfer.local.StreamCutter;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.plan.PartPlan;
import io.github.camelb2.client.transfer.plan.Slice;
import io.github.camelb2.client.transfer.resume.LargeFile;
import io.github.camelb2.client.transfer.resume.UnfinishedFiles;
import io.github.camelb2.client.transfer.resume.Upload;
import io.github.camelb2.client.transfer.work.PartCrew;
import io.github.camelb2.client.transfer.work.TransferTools;

/**
 * The upload of one large file: finds or starts it, sends its parts in parallel, finishes it. One object for one upload,
 * used by the thread that asked for it.
 */
final class LargeUpload {
    private static final Logger LOG = LoggerFactory.getLogger(LargeUpload.class);

    private final TransferTools tools;
    private final ContentSender sender;
    private final UnfinishedFiles unfinished;
    private final Upload upload;

    /** The SHA-1 of each part that B2 has. */
    private final Map<Integer, String> stored = new ConcurrentSkipListMap<>();

    /** What was read of the source before it is sent; changed only while no part is under way. */
    private volatile ContentDigests digests = ContentDigests.NONE;

    LargeUpload(TransferTools tools, ContentSender sender, UnfinishedFiles unfinished, Upload upload) {
        this.tools = tools;
        this.sender = sender;
        this.unfinished = unfinished;
        this.upload = upload;
    }

    /**
     * Sends a source that can be read again, resuming what an earlier upload left.
     *
     * @param reading of that source
     */
    FileVersion send(PartPlan plan, FirstReading reading) {
        try (UnfinishedFiles.Search search = unfinished.search(upload)) {
            Optional<UnfinishedFiles.Adopted> adopted = search.adopt(reading);
            FileVersion version = adopted.isPresent()
                    ? resume(search, adopted.get(), plan, reading)
                    : sendAnew(search, plan, reading);
            search.succeeded();
            return version;
        }
    }

    private FileVersion resume(
            UnfinishedFiles.Search search, UnfinishedFiles.Adopted adopted, PartPlan plan, FirstReading reading) {
        stored.putAll(adopted.stored());
        digests = adopted.read();
        long there = bytesOf(adopted.plan());
        upload.progress().resumed(there);
        try {
            return carry(adopted.file(), adopted.plan(), plan, reading);
        } catch (B2Exception e) {
            upload.progress().add(-there);
            if (!LargeFile.isRefusal(e)) {
                throw e;
            }
            // It was finished or cancelled meanwhile, or has another customer key.
            search.refused(adopted);
            LOG.info(
                    "Large file {} cannot be resumed; starting anew",
                    adopted.file().id(),
                    e);
            stored.clear();
            return sendAnew(search, plan, reading);
        }
    }

    private FileVersion sendAnew(UnfinishedFiles.Search search, PartPlan plan, FirstReading reading) {
        LargeFile file = start(plan, reading);
        try {
            return carry(file, plan, plan, reading);
        } catch (B2Exception e) {
            if (!file.hasProgressed() && LargeFile.isOfService(e)) {
                search.trustAgain();
            }
            throw e;
        }
    }

    /**
     * Brings a file to its end; where its vault seems to be closed, tries another file, which gets another vault, and
     * comes back if that one has no better luck.
     *
     * @param anew how a new file is cut
     */
    private FileVersion carry(LargeFile file, PartPlan plan, PartPlan anew, FirstReading reading) {
        sender.watch(file.id());
        try {
            return complete(file, () -> sendSlices(file, plan));
        } catch (B2ThrottledException e) {
            if (!file.hasClosedVault()) {
                throw e;
            }
            return inAnotherVault(file, plan, anew, reading, e);
        }
    }

    private FileVersion inAnotherVault(
            LargeFile old, PartPlan plan, PartPlan anew, FirstReading reading, B2ThrottledException closed) {
        LOG.warn(
                "Every new upload URL of large file {} was refused, as when its vault is closed; {} is started anew, and"
                        + " the old large file is cancelled when that is finished",
                old.id(),
                upload.file().subject(),
                closed);
        Map<Integer, String> before = Map.copyOf(stored);
        ContentDigests digestsBefore = digests;
        long there = bytesOf(plan);
        have(Map.of(), -there);
        LargeFile fresh;
        try {
            fresh = start(anew, reading);
        } catch (B2Exception e) {
            throw old.left(e);
        }
        sender.watch(fresh.id());
        try {
            FileVersion version = complete(fresh, () -> sendSlices(fresh, anew));
            old.replaced();
            return version;
        } catch (B2Exception e) {
            if (!fresh.hasClosedVault()) {
                throw old.left(e);
            }
            if (fresh.hasProgressed()) {
                throw old.left(fresh.left(e));
            }
        }
        // It is the service that is busy, and not one vault.
        fresh.replaced();
        have(before, there);
        digests = digestsBefore;
        LargeFile again = old.again();
        return complete(again, () -> sendSlices(again, plan));
    }

    /** Goes on with those parts. */
    private void have(Map<Integer, String> parts, long bytes) {
        stored.clear();
        stored.putAll(parts);
        upload.progress().add(bytes);
    }

    /** How much of the plan is stored. */
    private long bytesOf(PartPlan plan) {
        return plan.parts().stream()
                .filter(part -> stored.containsKey(part.number()))
                .mapToLong(Slice::length)
                .sum();
    }

    /** Starts a large file with the SHA-1 of the whole, where it is known or can be read: it cannot be added later. */
    private LargeFile start(PartPlan plan, FirstReading reading) {
        digests = upload.isReadFirst() ? reading.ofAll(plan.parts()) : ContentDigests.NONE;
        Optional<String> known = upload.source().sha1();
        String whole = digests.whole();
        if (known.isPresent() && !whole.isEmpty() && !whole.equals(known.get())) {
            throw LocalFailure.wrongSource(
                    upload.source(), "it has SHA-1 " + whole + " instead of " + known.get() + ", which was given");
        }
        return startWith(whole.isEmpty() ? known : Optional.of(whole));
    }

    private LargeFile startWith(Optional<String> sha1) {
        UploadFile file = upload.file();
        // Where the file information is full, the file is stored without rather than not at all.
        UploadFile asserting = sha1.flatMap(upload::withSha1).orElse(file);
        return LargeFile.start(
                tools,
                unfinished.claims(),
                asserting.toStartLargeFile(upload.bucketId()),
                upload.terms(LargeFile.Origin.STARTED));
    }

    private FileVersion complete(LargeFile file, LargeFile.Parts parts) {
        try {
            return file.complete(() -> {
                try {
                    return parts.bring();
                } catch (B2ThrottledException e) {
                    if (sender.isClosed(file.id())) {
                        file.vaultIsClosed();
                    }
                    throw e;
                }
            });
        } finally {
            sender.forget(file.id());
        }
    }

    private List<String> sendSlices(LargeFile file, PartPlan plan) throws InterruptedException {
        Iterator<Slice> slices = plan.without(stored).iterator();
        crew().run(taken -> {
            Slice slice;
            boolean more;
            synchronized (slices) {
                if (!slices.hasNext()) {
                    return false;
                }
                slice = slices.next();
                more = slices.hasNext();
            }
            if (more) {
                taken.run();
            }
            send(file, upload.source(), slice, slice.number());
            return true;
        });
        checkUnchanged();
        return sha1s();
    }

    /** Once more after the last part: what was stored before may be of other content than what was read now. */
    private void checkUnchanged() {
        try {
            upload.source().checkUnchanged();
        } catch (IOException e) {
            throw LocalFailure.reading(upload.source(), e);
        }
    }

    /** Sends a stream, whose first piece has been read. */
    FileVersion send(StreamCutter cutter, IntToLongFunction lengths, SpooledPiece first) {
        try (UnfinishedFiles.Search search = unfinished.search(upload)) {
            LargeFile file = startWith(upload.source().sha1());
            FileVersion version = complete(file, () -> sendPieces(file, cutter, lengths, first));
            search.succeeded();
            return version;
        }
    }

    private List<String> sendPieces(LargeFile file, StreamCutter cutter, IntToLongFunction lengths, SpooledPiece first)
            throws InterruptedException {
        AtomicReference<@Nullable SpooledPiece> ahead = new AtomicReference<>(first);
        // A stream is read by one worker at a time; the others send meanwhile what they have read.
        Semaphore turn = new Semaphore(1);
        AtomicInteger number = new AtomicInteger(1);
        crew().run(taken -> {
            SpooledPiece piece;
            turn.acquire();
            try {
                SpooledPiece read = ahead.getAndSet(null);
                piece = read != null ? read : next(cutter, lengths, number.incrementAndGet());
            } finally {
                turn.release();
            }
            if (piece == null) {
                return false;
            }
            taken.run();
            try (piece) {
                send(file, piece.source(), new Slice(piece.number(), 0, piece.length()), piece.number());
            }
            return true;
        });
        return sha1s();
    }

    private @Nullable SpooledPiece next(StreamCutter cutter, IntToLongFunction lengths, int number) {
        if (number > upload.limits().maximumCount() && !cutter.hasEnded()) {
            throw LocalFailure.wrongSource(upload.source(), "it is longer than B2 takes as one file");
        }
        return cutter.next(lengths.applyAsLong(number)).orElse(null);
    }

    private void send(LargeFile file, UploadSource source, Slice slice, int number) {
        UploadPart part = new UploadPart(file.id(), number, upload.file().serverSideEncryption());
        @Nullable String known = digests.parts().get(number);
        stored.put(number, sender.sendPart(part, source, slice, known, upload.progress(), upload.settings()));
        file.progressed();
    }

    private PartCrew crew() {
        return tools.crew(upload.options());
    }

    private List<String> sha1s() {
        return new ArrayList<>(stored.values());
    }
}
