// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.merge.MergeJoin;
import io.github.camelb2.sync.plan.merge.UnknownNames;
import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.limit.BorrowedThreads;
import io.github.camelb2.sync.run.limit.Deadline;
import io.github.camelb2.sync.run.look.Look;
import io.github.camelb2.sync.scan.ScanFilters;

/**
 * One comparison of both sides, name by name in their order, that changes nothing.
 *
 * <p>Only what was looked at on both sides is called equal: what could not be read is unknown, and behind the place where
 * a listing breaks off nothing is said of any name. Memory does not grow with names. Used by one thread, once.
 */
public final class Check {
    /** So many names wait at most for the ones before them to be read. */
    private static final int MOST_AHEAD = 256;

    private static final String STOPPED = "it was stopped";

    private record Pending(Future<Finding> finding, long size) {}

    private final SyncJob job;
    private final Look look;
    private final CheckSettings settings;
    private final String runId;
    private final InstantSource clock;
    private final PairVerifier pairs;
    private final UnknownNames unknown;
    /** Of those, what the user has not left out. */
    private final UnknownNames unreadable;

    private final Deque<Pending> pending = new ArrayDeque<>();
    private boolean hasSource;
    private long read;
    private long leftOut;
    /** Something of that name was told to be unknown last. */
    private String lastUnknown = "";

    private String trouble = "";
    /** Why it ends before its end, as a limit of time that is over; empty if it does not. */
    private volatile String over = "";
    /** Somebody has stopped it. */
    private volatile boolean wasStopped;

    public Check(SyncJob job, Look look, CheckSettings settings, String runId, InstantSource clock) {
        this.job = job;
        this.look = look;
        this.settings = settings;
        this.runId = runId;
        this.clock = clock;
        this.pairs = new PairVerifier(look.sides(), look.transfer());
        this.unknown = new UnknownNames(job.policy().excludedAtDestination());
        this.unreadable = new UnknownNames(job.policy().excludedAtDestination());
    }

    /**
     * Looks at every name.
     *
     * @param readers read what has to be read; not ended here
     * @throws IOException if a file for the findings cannot be written
     */
    public CheckReport run(ExecutorService readers) throws IOException {
        Instant started = clock.instant();
        MergeJoin scans = new MergeJoin(look.source(), look.destination());
        try (Findings findings = Findings.of(settings);
                Deadline time = Deadline.begin(job.time(), clock, this::end)) {
            BorrowedThreads threads = new BorrowedThreads(readers);
            Seen seen = new Seen(findings, threads);
            time.check();
            while (trouble.isEmpty() && over.isEmpty() && scans.advance(seen)) {
                deliver(findings, threads, MOST_AHEAD);
                time.check();
            }
            if (trouble.isEmpty()) {
                trouble = over;
            }
            deliver(findings, threads, 0);
            judgeEnd();
            if (leftOut > 0) {
                findings.note("the filters left out " + leftOut + " names or directories, which were not compared");
            }
            notCompared(findings);
            if (look.sides().source() instanceof BucketSide bucket) {
                bucket.lost().ifPresent(findings::note);
            }
            if (trouble.isEmpty()) {
                findings.finish();
            }
            return report(findings, started);
        } finally {
            scans.close();
            pending.forEach(one -> one.finding().cancel(true));
        }
    }

    /** Ends it before its next name. Any thread may call it. */
    public void stop() {
        wasStopped = true;
        over = STOPPED;
    }

    private void end(String reason) {
        over = reason;
    }

    /** Whoever asks for more than content and time must not believe that it was compared. */
    private void notCompared(Findings findings) {
        Preserve preserve = job.transfers().preserve();
        if (preserve.hasAccess()) {
            findings.note("permissions and owners, which preserve keeps, were not compared");
        }
        if (preserve.has(Preserve.What.SYMLINKS)) {
            findings.note("of links it was compared where they lead to, and nothing of what lies there");
        }
    }

    private void judgeEnd() {
        if (trouble.isEmpty()) {
            trouble = unknown.overflow();
        }
        if (trouble.isEmpty() && !hasSource && job.policy().emptySource() == SyncPolicy.EmptySource.REFUSED) {
            trouble = "the source has no file at all, which is usually a mistake; if it is none, set"
                    + " allowEmptySource=true";
        }
    }

    private CheckReport report(Findings findings, Instant started) {
        return new CheckReport(
                runId,
                job.name(),
                job.source().text(),
                job.destination().text(),
                settings.verify(),
                settings.sample(),
                settings.conditions(),
                started,
                Duration.between(started, clock.instant()),
                findings.names(),
                findings.equalBy(),
                findings.bytes(),
                read,
                findings.listed(),
                findings.notes(),
                trouble,
                look.bill().get());
    }

    /** Takes findings in the order of their names until so many are left. */
    private void deliver(Findings findings, BorrowedThreads threads, int left) throws IOException {
        boolean wereEnded = false;
        while (pending.size() > left && !wereEnded && !Thread.currentThread().isInterrupted()) {
            Pending first = pending.remove();
            try {
                findings.add(threads.get(first.finding()), first.size());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RejectedExecutionException e) {
                wereEnded = true;
                trouble = trouble.isEmpty() ? STOPPED : trouble;
            } catch (ExecutionException e) {
                if (wasStopped) {
                    // Whoever stopped it has closed what it reads with, too.
                    trouble = trouble.isEmpty() ? STOPPED : trouble;
                    return;
                }
                throw new IllegalStateException("a file could not be compared: " + e.getCause(), e);
            }
            if (trouble.isEmpty() && !pairs.fatal().isEmpty()) {
                trouble = wasStopped ? STOPPED : pairs.fatal();
            }
        }
        if (Thread.currentThread().isInterrupted() && trouble.isEmpty()) {
            trouble = "it was interrupted";
        }
    }

    /** What the scans find. */
    private final class Seen implements MergeJoin.Receiver {
        private final Findings findings;
        private final BorrowedThreads readers;

        Seen(Findings findings, BorrowedThreads readers) {
            this.findings = findings;
            this.readers = readers;
        }

        @Override
        public void pair(ScanItem.SyncFile from, ScanItem.@Nullable SyncFile to) {
            boolean isThere = to != null && to.isVisible();
            if (!from.isVisible()) {
                if (to != null) {
                    absent(to);
                }
                return;
            }
            hasSource = true;
            if (unknown.mayBeAtDestination(from.path())) {
                known(new Finding(
                        from.path(),
                        Verdict.UNKNOWN,
                        Verify.METADATA,
                        "the destination could not be read there, so it is not known what it holds"));
            } else if (to == null || !isThere) {
                known(Finding.of(from.path(), Verdict.MISSING, Verify.METADATA));
            } else {
                compare(from, to);
            }
        }

        private void compare(ScanItem.SyncFile from, ScanItem.SyncFile to) {
            // However small the share is, a sample of nothing would say nothing.
            boolean isLookedInto = settings.sample().has(from.path(), runId) || read == 0;
            Verify verify = isLookedInto ? settings.verify() : Verify.METADATA;
            Optional<Finding> seen = pairs.bySight(from, to, verify);
            if (seen.isPresent()) {
                add(CompletableFuture.completedFuture(seen.get()), from.size());
                return;
            }
            try {
                add(readers.submit(() -> pairs.byReading(from, to, verify)), from.size());
                read += verify == Verify.METADATA ? 0 : 1;
            } catch (RejectedExecutionException e) {
                trouble = STOPPED;
            }
        }

        @Override
        public void absent(ScanItem.SyncFile file) {
            boolean isLeftOut = unknown.staysAtDestination(file.path())
                    || (job.policy().excludedAtDestination() == SyncPolicy.ExcludedFiles.LEFT_ALONE
                            && look.excluded().test(file));
            if (!file.isVisible() || isLeftOut) {
                leftOut += file.isVisible() ? 1 : 0;
                return;
            }
            if (unknown.mayBeAtSource(file.path())) {
                if (unreadable.mayBeAtSource(file.path())) {
                    known(new Finding(
                            file.path(),
                            Verdict.UNKNOWN,
                            Verify.METADATA,
                            "the source has something there that could not be read, or is no file"));
                }
                return;
            }
            known(Finding.of(file.path(), Verdict.EXTRA, Verify.METADATA));
        }

        @Override
        public void refusedAtSource(ScanItem.Refused refused) {
            unknown.refusedAtSource(refused);
            unreadable.refusedAtSource(refused);
            refused(refused, Verdict.UNKNOWN);
        }

        @Override
        public void excluded(ScanItem.Excluded excluded) {
            unknown.excluded(excluded);
            leftOut++;
        }

        @Override
        public void refusedAtDestination(ScanItem.Refused refused) {
            unknown.refusedAtDestination(refused);
            if (isLeftOut(refused.path())) {
                return;
            }
            // No sync could have stored it there, so what the source has shows that it lacks it.
            boolean isOfBucket = job.destination() instanceof Location.Bucket;
            refused(refused, isOfBucket && !unknown.mayBeAtSource(refused.path()) ? Verdict.EXTRA : Verdict.UNKNOWN);
        }

        private boolean isLeftOut(String path) {
            ScanFilters.Place place =
                    job.source() instanceof Location.Directory ? ScanFilters.Place.LOCAL : ScanFilters.Place.B2;
            return job.policy().excludedAtDestination() == SyncPolicy.ExcludedFiles.LEFT_ALONE
                    && job.filters().exclusionOfName(path, place).isPresent();
        }

        private void refused(ScanItem.Refused refused, Verdict leftThere) {
            switch (refused.weight()) {
                case FAILURE ->
                    known(new Finding(refused.sortKey(), Verdict.UNKNOWN, Verify.METADATA, refused.reason()));
                case LEFT_THERE -> known(new Finding(refused.sortKey(), leftThere, Verify.METADATA, refused.reason()));
                case SKIP -> findings.note(refused.reason());
                case SILENT -> {
                    // The user does not want to hear of it.
                }
            }
        }

        @Override
        public void broken(String side, String reason) {
            trouble = "the scan of the " + side + " broke off, so nothing is known of the names behind: " + reason;
        }

        private void known(Finding finding) {
            if (finding.verdict() == Verdict.UNKNOWN) {
                if (finding.path().equals(lastUnknown)) {
                    // The other side has told why.
                    return;
                }
                lastUnknown = finding.path();
            }
            add(CompletableFuture.completedFuture(finding), 0);
        }

        private void add(Future<Finding> finding, long size) {
            pending.add(new Pending(finding, size));
        }
    }
}
