// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.apache.camel.spi.IdempotentRepository;

import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.poll.after.AfterExchange;
import io.github.camelb2.poll.after.AfterRead;
import io.github.camelb2.poll.claim.Claim;
import io.github.camelb2.poll.claim.OwnFiles;
import io.github.camelb2.poll.claim.PageMemory;
import io.github.camelb2.poll.claim.VersionMemory;
import io.github.camelb2.poll.scan.DoneFiles;
import io.github.camelb2.poll.scan.MemoryLimit;
import io.github.camelb2.poll.scan.NewVersionFilter;
import io.github.camelb2.poll.scan.PolledBucket;
import io.github.camelb2.poll.scan.SweepPlace;
import io.github.camelb2.poll.scan.VersionScanner;
import io.github.camelb2.poll.scan.VersionScanner.Finding;

/**
 * Turns what a scan finds into claims on what is new. Not thread-safe.
 *
 * <p>Nothing is downloaded for it. Either it gives a list whose claims the caller closes, or it fails and has closed
 * them itself.
 */
final class NewVersions {
    /** A sweep that finds nothing keeps its place some times in a page of the listing, not only where the next one is asked for. */
    private static final int KEEP_EVERY = 500;

    private final NewVersionFilter filter;
    private final DoneFiles doneFiles;
    private final PolledBucket bucket;
    private final VersionMemory memory;
    private final PageMemory pages;
    private final IdempotentRepository inProgress;
    private final AfterExchange afterExchange;
    private final boolean keeps;
    private final MemoryLimit memoryLimit;
    private final OwnFiles own;
    private final Checkpoint checkpoint;
    private boolean isNameLeft;

    NewVersions(
            NewVersionFilter filter,
            DoneFiles doneFiles,
            PolledBucket bucket,
            VersionMemory memory,
            PageMemory pages,
            IdempotentRepository inProgress,
            AfterExchange afterExchange,
            AfterRead afterRead,
            MemoryLimit memoryLimit,
            OwnFiles own,
            Checkpoint checkpoint) {
        this.filter = filter;
        this.doneFiles = doneFiles;
        this.bucket = bucket;
        this.memory = memory;
        this.pages = pages;
        this.inProgress = inProgress;
        this.afterExchange = afterExchange;
        this.keeps = afterRead.keeps();
        this.memoryLimit = memoryLimit;
        this.own = own;
        this.checkpoint = checkpoint;
    }

    /** The scan comes to these versions now. */
    void turnTo(List<FileVersion> page) {
        pages.turnTo(page.stream().filter(filter::accepts).toList());
    }

    /**
     * Claims the next versions that are new, until there are {@code limit} of them or the sweep is at its end; of one
     * name the oldest comes first.
     *
     * @param goOn false ends it early, with an empty list
     */
    List<Claim> gather(VersionScanner scanner, int limit, BooleanSupplier goOn) {
        scanner.refresh();
        VersionScanner.Mark start = scanner.mark();
        long taken = memoryLimit.taken();
        List<Claim> claims = new ArrayList<>();
        int passed = 0;
        boolean isComplete = false;
        try {
            // A name is consumed only after its older versions are passed over, or they would turn up once it is gone.
            while (claims.size() < limit || scanner.isInsideName()) {
                if (!goOn.getAsBoolean()) {
                    return List.of();
                }
                Optional<Finding> finding = scanner.next();
                if (finding.isEmpty()) {
                    memoryLimit.sweepEnded();
                    pages.nextSweep();
                    isComplete = true;
                    checkpoint.sweepEnded(claims);
                    return oldestFirst(claims);
                }
                consider(finding.get(), scanner).flatMap(this::claim).ifPresent(claims::add);
                passed++;
                if (claims.isEmpty() && passed % KEEP_EVERY == 0 && !scanner.isInsideName()) {
                    keepPlace(scanner, claims);
                }
            }
            isComplete = true;
            keepPlace(scanner, claims);
            return oldestFirst(claims);
        } finally {
            if (!isComplete) {
                scanner.rewind(start);
                memoryLimit.backTo(taken);
                Claim.closeAll(claims);
            }
        }
    }

    private void keepPlace(VersionScanner scanner, List<Claim> claims) {
        SweepPlace place = scanner.mark().last();
        if (place != null) {
            checkpoint.claimed(claims, place);
        }
    }

    /**
     * Tells of each version that is new, in the order of the scan and without claiming it; {@link #claim} does that.
     *
     * @param goOn false ends it early, and then the answer is false; after that, and after a failure that is not of the
     *     listing, {@link #beginAnew}
     */
    boolean find(VersionScanner scanner, Consumer<FileVersion> found, BooleanSupplier goOn) {
        while (goOn.getAsBoolean()) {
            Optional<Finding> finding = scanner.next();
            if (finding.isEmpty()) {
                memoryLimit.sweepEnded();
                pages.nextSweep();
                return true;
            }
            consider(finding.get(), scanner).ifPresent(found);
        }
        return false;
    }

    /** The scan begins from the front, though it was not at its end. */
    void beginAnew(VersionScanner scanner) {
        scanner.rewind(new VersionScanner.Mark(null));
        memoryLimit.sweepEnded();
    }

    private Optional<FileVersion> consider(Finding finding, VersionScanner scanner) {
        FileVersion version = finding.version();
        if (!filter.accepts(version)) {
            return Optional.empty();
        }
        if (!finding.isSuperseded()) {
            // For the whole name: what lies below is superseded only by what is known.
            isNameLeft = own.isUnderWay(version.fileName());
        }
        if (isNameLeft) {
            return Optional.empty();
        }
        if (finding.isSuperseded()) {
            memoryLimit.take();
            pages.passOver(version);
            return Optional.empty();
        }
        if (pages.isSettled(version)) {
            memoryLimit.take();
            if (pages.isAfterReadOpen(version)) {
                afterExchange.resume(version);
            }
            return Optional.empty();
        }
        if (pages.isOwn(version)) {
            memoryLimit.take();
            scanner.passOver();
            return Optional.empty();
        }
        if (keeps) {
            memoryLimit.take();
        }
        return Optional.of(version);
    }

    /** The claim on a version that is new; empty if somebody else holds it or has settled it, or its done file is missing. */
    Optional<Claim> claim(FileVersion version) {
        Optional<String> doneName = doneFiles.doneFileOf(version.fileName());
        if (doneName.isEmpty()) {
            return Claim.take(version, null, memory, inProgress);
        }
        return bucket.visible(doneName.get()).flatMap(done -> Claim.take(version, done, memory, inProgress));
    }

    /** The listing gives the newest version of a name first. */
    private static List<Claim> oldestFirst(List<Claim> claims) {
        int start = 0;
        for (int i = 1; i <= claims.size(); i++) {
            if (i == claims.size() || !nameOf(claims.get(i)).equals(nameOf(claims.get(start)))) {
                Collections.reverse(claims.subList(start, i));
                start = i;
            }
        }
        return claims;
    }

    private static String nameOf(Claim claim) {
        return claim.version().fileName();
    }
}
