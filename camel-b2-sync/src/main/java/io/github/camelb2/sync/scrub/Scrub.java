// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2CapExceededException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.RequestGate;
import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.Side;
import io.github.camelb2.sync.plan.actions.ShellQuoting;
import io.github.camelb2.sync.plan.item.PathOrder;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.limit.BorrowedThreads;
import io.github.camelb2.sync.run.limit.Deadline;
import io.github.camelb2.sync.run.look.Look;
import io.github.camelb2.sync.scan.ListedVersion;
import io.github.camelb2.sync.scrub.ScrubBudget.Answer;
import io.github.camelb2.sync.scrub.VersionReader.Outcome;
import io.github.camelb2.sync.scrub.VersionReader.Turn;

/**
 * One run over the versions of a bucket: lists and reads those whose turn it is, within its budgets. Where a limit ends the
 * listing, the next run goes on with the first name that it has left. Memory does not grow with versions. Used by one thread,
 * once.
 */
public final class Scrub {
    private static final int MOST_AHEAD = 64;

    private static final String STOPPED = "it was stopped";
    /** One transaction each, where each counts; else B2 bills a larger page the same and spares waiting. */
    private static final int PAGE_WITHIN_MONEY = 1_000;

    private static final int PAGE = 10_000;

    /** @param isShown whether it is the newest one of its name */
    private record Pending(String name, RemoteVersion version, boolean isShown, Future<Outcome> outcome) {}

    private final SyncJob job;
    private final Look look;
    private final ScrubSettings settings;
    private final String runId;
    private final InstantSource clock;
    private final BucketSide bucket;
    private final Location.Bucket place;
    private final VersionReader reader;
    private final ScrubBudget budget;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<Damage> damage = new ArrayList<>();
    /** Why it ends before its end, as a limit of time that is over; empty if it does not. */
    private volatile String over = "";

    /** Somebody has stopped it. */
    private volatile boolean wasStopped;

    private String trouble = "";
    /** Why the listing ended before its end. */
    private String stopped = "";
    /** The name that was listed last, and the first one of which a version waits for the next run. */
    private String listed = "";

    private @Nullable String firstLeft;
    private @Nullable RemoteVersion shown;
    /** The name of which something was told last, and whether the version that it shows is good. */
    private String told = "";

    private boolean isShownGood;

    private long versions;
    private long good;
    private long bytes;
    private long earlier;
    private long left;
    /** Of those, for which no run will ever have room. */
    private long neverRead;

    /** Of which B2 gave no content, for reasons of its own, and what it said of the first one. */
    private long unreadCount;

    private String firstUnread = "";

    private long withoutDigest;
    private long damaged;
    private long repaired;

    /**
     * Of the destination, where it is a bucket, else of the source; the other one is the second side.
     *
     * @param looks gives both sides, whose requests the gate lets pass
     */
    public Scrub(
            SyncJob job, Function<RequestGate, Look> looks, ScrubSettings settings, String runId, InstantSource clock) {
        this.job = job;
        this.budget = new ScrubBudget(settings, job.prices());
        this.look = looks.apply(budget.ofDownloads());
        budget.hear(look.bill()::get);
        this.settings = settings;
        this.runId = runId;
        this.clock = clock;
        boolean isDestination = job.destination() instanceof Location.Bucket;
        this.place = (Location.Bucket) (isDestination ? job.destination() : job.source());
        this.bucket = (BucketSide)
                (isDestination ? look.sides().destination() : look.sides().source());
        Side second = isDestination ? look.sides().source() : look.sides().destination();
        boolean isRepairing = settings.repair() == ScrubSettings.Repair.FROM_SECOND_SIDE;
        this.reader = new VersionReader(bucket, isRepairing ? new Repairer(bucket, second) : null, budget, clock);
    }

    /**
     * Reads what is due.
     *
     * @param readers read the versions; not ended here
     * @throws IOException if the memory fails
     */
    public ScrubReport run(ExecutorService readers) throws IOException {
        long started = clock.millis();
        try (ScrubMemory memory = settings.memory().open(place.text());
                Deadline time = Deadline.begin(job.time(), clock, this::end)) {
            time.check();
            ScrubMemory.Pass pass = thisPass(memory.pass(), started);
            memory.begin(pass);
            BorrowedThreads threads = new BorrowedThreads(readers);
            readAll(memory, pass, time, threads);
            deliver(memory, threads, 0);
            if (trouble.isEmpty()) {
                end(memory, pass);
            }
            if (trouble.isEmpty() && wasStopped) {
                trouble = STOPPED;
            }
            return report(started);
        } finally {
            pending.forEach(one -> one.outcome().cancel(true));
        }
    }

    /** Ends it before the next version: what is left is the next run's. Any thread may call it. */
    public void stop() {
        wasStopped = true;
        end(STOPPED);
    }

    private void end(String reason) {
        over = reason;
        budget.end();
    }

    private ScrubMemory.Pass thisPass(ScrubMemory.Pass last, long started) {
        // A clock that was ahead once must not end all scrubs until then.
        boolean isNew = last.startMillis() == 0
                || last.startMillis() > started
                || (last.isEnded()
                        && started - last.startMillis() >= settings.every().toMillis());
        return new ScrubMemory.Pass(
                isNew ? started : last.startMillis(), false, isNew || last.isEnded() ? "" : last.next());
    }

    private void end(ScrubMemory memory, ScrubMemory.Pass pass) throws IOException {
        if (!stopped.isEmpty()) {
            memory.keepRest();
        }
        tell(memory.unheard());
        boolean isEnded = stopped.isEmpty() && left == neverRead;
        String next = "";
        if (!isEnded && (!stopped.isEmpty() || budget.limitsMoney())) {
            String reached = listed.isEmpty() ? pass.next() : listed;
            if (over.isEmpty() && versions == earlier + withoutDigest && reached.equals(pass.next())) {
                trouble = "scrubCost has no room for all versions of " + ShellQuoting.quote(reached) + ": raise it";
            }
            next = firstLeft == null ? (stopped.isEmpty() ? "" : reached) : firstLeft;
        }
        memory.finish(new ScrubMemory.Pass(pass.startMillis(), isEnded, next));
    }

    private void readAll(ScrubMemory memory, ScrubMemory.Pass pass, Deadline time, BorrowedThreads readers)
            throws IOException {
        try {
            Iterator<ListedVersion> listing = bucket.pages(
                    pass.next(),
                    budget.limitsMoney() ? PAGE_WITHIN_MONEY : PAGE,
                    () -> over.isEmpty() && takePage(),
                    budget.ofListing());
            while (trouble.isEmpty() && over.isEmpty() && listing.hasNext()) {
                ListedVersion one = listing.next();
                time.check();
                if (shown == null || !one.name().equals(listed)) {
                    listed = one.name();
                    shown = one.version();
                }
                if (over.isEmpty() && one.version().isContent()) {
                    boolean isStoredAbove = shown != one.version()
                            && shown.sha1().equals(one.version().sha1());
                    long last = memory.last(listed, one.version().fileId());
                    long believed = Math.abs(last) > clock.millis() ? 0 : last;
                    String path = listed.substring(place.prefix().length());
                    take(new Turn(path, one.version(), believed, isStoredAbove), pass.startMillis(), readers);
                }
                deliver(memory, readers, MOST_AHEAD);
            }
            stopped = stopped.isEmpty() ? over : stopped;
        } catch (B2CapExceededException e) {
            if (budget.hasNoMoneyLeft()) {
                stopForMoney();
            } else {
                trouble = "the listing broke off: " + e.getMessage();
            }
        } catch (B2Exception e) {
            trouble = "the listing broke off: " + e.getMessage();
        }
    }

    private boolean takePage() {
        boolean mayAsk = budget.takePage();
        if (!mayAsk) {
            stopForMoney();
        }
        return mayAsk;
    }

    private void stopForMoney() {
        if (!over.isEmpty()) {
            return;
        }
        if (listed.isEmpty()) {
            trouble = "scrubCost has no room for one page of the listing, so nothing is ever read: raise it";
        }
        stopped = "scrubCost has no room for more of the listing";
    }

    private void take(Turn turn, long due, BorrowedThreads readers) {
        versions++;
        if (turn.version().sha1().isEmpty()) {
            withoutDigest++;
            return;
        }
        if (turn.lastMillis() >= due) {
            earlier++;
            add(turn, CompletableFuture.completedFuture(new Outcome.Good(turn.lastMillis(), false)));
            return;
        }
        Answer answer = reader.take(turn);
        if (answer != Answer.TAKEN) {
            add(turn, CompletableFuture.completedFuture(unread(turn, answer)));
            return;
        }
        try {
            add(turn, readers.submit(() -> reader.read(turn)));
        } catch (RejectedExecutionException e) {
            trouble = STOPPED;
        }
    }

    private Outcome unread(Turn turn, Answer answer) {
        if (answer == Answer.LATER && firstLeft == null) {
            firstLeft = listed;
        }
        if (turn.lastMillis() >= 0) {
            left++;
            neverRead += answer == Answer.NEVER ? 1 : 0;
            return turn.untouched();
        }
        return turn.known();
    }

    private void add(Turn turn, Future<Outcome> outcome) {
        pending.add(new Pending(listed, turn.version(), turn.version() == shown, outcome));
    }

    private void deliver(ScrubMemory memory, BorrowedThreads readers, int most) throws IOException {
        while (pending.size() > most && trouble.isEmpty()) {
            Pending first = pending.remove();
            try {
                Outcome outcome = readers.get(first.outcome());
                tell(memory, first, outcome instanceof Outcome.Found found ? reader.repair(found) : outcome);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                trouble = "it was interrupted";
            } catch (RejectedExecutionException e) {
                trouble = STOPPED;
            } catch (ExecutionException e) {
                if (wasStopped) {
                    // Whoever stopped it has closed what it reads with, too.
                    trouble = STOPPED;
                    return;
                }
                throw new IllegalStateException("a version could not be read: " + e.getCause(), e);
            }
            if (trouble.isEmpty() && !reader.fatal().isEmpty()) {
                trouble = wasStopped ? STOPPED : reader.fatal();
            }
        }
    }

    private void tell(ScrubMemory memory, Pending one, Outcome outcome) throws IOException {
        Optional<Long> keep = Optional.empty();
        boolean isGood = outcome instanceof Outcome.Good;
        if (!one.name().equals(told)) {
            isShownGood = false;
            told = one.name();
        }
        if (outcome instanceof Outcome.Good found) {
            keep = Optional.of(found.millis());
            good += found.isRead() ? 1 : 0;
            bytes += found.isRead() ? one.version().size() : 0;
        } else if (outcome instanceof Outcome.Later later) {
            left++;
            boolean isFirst = firstLeft == null || PathOrder.compare(one.name(), firstLeft) < 0;
            firstLeft = isFirst ? one.name() : firstLeft;
            keep = Optional.of(later.lastMillis()).filter(millis -> millis != 0);
        } else if (outcome instanceof Outcome.Unread unread) {
            // In each run, and no reason for a pass never to end.
            left++;
            neverRead++;
            firstUnread = unreadCount == 0 ? unread.why() : firstUnread;
            unreadCount++;
            keep = Optional.of(unread.lastMillis()).filter(millis -> millis != 0);
        } else if (outcome instanceof Outcome.Nothing nothing) {
            keep = Optional.of(nothing.lastMillis()).filter(millis -> millis != 0);
        } else if (outcome instanceof Outcome.Bad bad && bad.isStoredAbove() && isShownGood) {
            // Repaired by an earlier run.
            keep = Optional.of(clock.millis());
        } else if (outcome instanceof Outcome.Bad bad) {
            isGood = bad.damage().state() == Damage.State.REPAIRED;
            repaired += isGood ? 1 : 0;
            damaged += isGood ? 0 : 1;
            keep = isGood ? Optional.empty() : Optional.of(-bad.millis()).filter(millis -> millis != 0);
            list(bad.damage());
        }
        isShownGood |= one.isShown() && isGood;
        if (keep.isPresent()) {
            memory.keep(one.name(), one.version().fileId(), keep.get());
        }
    }

    private void tell(ScrubMemory.KnownDamage unheard) {
        damaged += unheard.count();
        for (ScrubMemory.KnownDamage.One one : unheard.first()) {
            String path = one.name().isEmpty()
                    ? ""
                    : one.name().substring(place.prefix().length());
            String shown = path.isEmpty() ? one.fileId() : ShellQuoting.quote(path) + " (" + one.fileId() + ")";
            String what = shown + " was found damaged at " + one.since() + ", and this run did not come to it";
            list(new Damage(path, one.fileId(), 0, "", what, Damage.State.LEFT));
        }
    }

    private void list(Damage one) {
        if (damage.size() < ScrubReport.MAX_LISTED) {
            damage.add(one);
        }
    }

    private String told(String why) {
        String unread = unreadCount == 0
                ? ""
                : "of " + unreadCount + " versions nothing is known, because they could not be read; the first: "
                        + firstUnread;
        return why.isEmpty() || unread.isEmpty() ? why + unread : why + "; " + unread;
    }

    private ScrubReport report(long started) {
        Bill bill = look.bill().get();
        return new ScrubReport(
                runId,
                job.name(),
                place.text(),
                Duration.ofMillis(clock.millis() - started),
                versions,
                good,
                bytes,
                earlier,
                left,
                withoutDigest,
                damaged,
                repaired,
                damage,
                stopped,
                told(trouble),
                bill,
                job.prices().of(bill));
    }
}
