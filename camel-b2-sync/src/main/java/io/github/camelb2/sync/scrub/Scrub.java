// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
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

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.action.Side;
import io.github.camelb2.sync.action.failure.ErrorClass;
import io.github.camelb2.sync.plan.actions.ShellQuoting;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.run.limit.Deadline;
import io.github.camelb2.sync.run.look.Look;
import io.github.camelb2.sync.scan.ListedVersion;

/**
 * One run over the versions of a bucket: reads those whose turn it is, within its budgets, and compares what came with the
 * digest that was recorded. Memory does not grow with versions. Used by one thread, once.
 */
public final class Scrub {
    private static final int MOST_AHEAD = 64;

    /** What reading a version came to. */
    private sealed interface Outcome {
        /** It holds what its digest says, in this run or then. */
        record Good(long millis, boolean isRead) implements Outcome {}

        /** It does not, or cannot be read; in the first case when that was found, else 0. */
        record Bad(Damage damage, long millis) implements Outcome {}

        /** It was deleted meanwhile, or its turn comes later. */
        record Nothing(long lastMillis) implements Outcome {}
    }

    private record Pending(String name, RemoteVersion version, Future<Outcome> outcome) {}

    private final SyncJob job;
    private final Look look;
    private final ScrubSettings settings;
    private final String runId;
    private final InstantSource clock;
    private final BucketSide bucket;
    private final Location.Bucket place;
    private final @Nullable Repairer repairer;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final List<Damage> damage = new ArrayList<>();
    private volatile String fatal = "";
    private String trouble = "";
    private long versions;
    private long good;
    private long bytes;
    private long earlier;
    private long left;
    private long withoutDigest;
    private long damaged;
    private long repaired;
    private final ScrubBudget budget;

    /** Of the destination, where it is a bucket, else of the source; the other one is the second side. */
    public Scrub(SyncJob job, Look look, ScrubSettings settings, String runId, InstantSource clock) {
        this.job = job;
        this.look = look;
        this.settings = settings;
        this.runId = runId;
        this.clock = clock;
        boolean isDestination = job.destination() instanceof Location.Bucket;
        this.place = (Location.Bucket) (isDestination ? job.destination() : job.source());
        this.bucket = (BucketSide)
                (isDestination ? look.sides().destination() : look.sides().source());
        this.budget = new ScrubBudget(settings, job.prices(), look.bill()::get);
        Side second = isDestination ? look.sides().source() : look.sides().destination();
        this.repairer =
                settings.repair() == ScrubSettings.Repair.FROM_SECOND_SIDE ? new Repairer(bucket, second) : null;
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
                Deadline time = Deadline.begin(job.time(), clock, reason -> budget.end())) {
            time.check();
            ScrubMemory.Pass last = memory.pass();
            // A clock that was ahead once must not end all scrubs until then.
            boolean isNew = last.startMillis() == 0
                    || last.startMillis() > started
                    || (last.isEnded()
                            && started - last.startMillis() >= settings.every().toMillis());
            ScrubMemory.Pass pass = isNew ? new ScrubMemory.Pass(started, false) : last;
            memory.begin(new ScrubMemory.Pass(pass.startMillis(), false));
            readAll(memory, pass.startMillis(), time, readers);
            deliver(memory, 0);
            if (trouble.isEmpty()) {
                memory.finish(new ScrubMemory.Pass(pass.startMillis(), left == 0));
            }
            return report(started);
        } finally {
            pending.forEach(one -> one.outcome().cancel(true));
        }
    }

    private void readAll(ScrubMemory memory, long due, Deadline time, ExecutorService readers) throws IOException {
        String name = "";
        @Nullable RemoteVersion shown = null;
        try {
            Iterator<ListedVersion> listing = bucket.list();
            while (trouble.isEmpty() && listing.hasNext()) {
                ListedVersion one = listing.next();
                time.check();
                if (!one.name().equals(name)) {
                    name = one.name();
                    shown = one.version();
                }
                if (!one.version().isHideMarker()) {
                    boolean isStoredAbove = shown != null
                            && shown != one.version()
                            && shown.sha1().equals(one.version().sha1());
                    long last = memory.last(name, one.version().fileId());
                    take(one, Math.abs(last) > clock.millis() ? 0 : last, due, isStoredAbove, readers);
                }
                deliver(memory, MOST_AHEAD);
            }
        } catch (B2Exception e) {
            trouble = "the listing broke off: " + e.getMessage();
        }
    }

    private void take(ListedVersion one, long last, long due, boolean isStoredAbove, ExecutorService readers) {
        versions++;
        RemoteVersion version = one.version();
        if (version.sha1().isEmpty()) {
            withoutDigest++;
        } else if (last >= due) {
            earlier++;
            add(one, CompletableFuture.completedFuture(new Outcome.Good(last, false)));
        } else if (!budget.take(readings(last, isStoredAbove), version.size())) {
            add(one, CompletableFuture.completedFuture(unread(one, last, isStoredAbove)));
        } else {
            try {
                add(one, readers.submit(() -> read(path(one.name()), version, last, isStoredAbove)));
            } catch (RejectedExecutionException e) {
                trouble = "it was stopped";
            }
        }
    }

    /** What is known to be damaged gets its repair at once, or first looks would leave no room for any. */
    private int readings(long last, boolean isStoredAbove) {
        return repairer != null && last < 0 && !isStoredAbove ? 2 + repairer.readings() : 1;
    }

    /** What was found damaged is told in each run, also where nothing is left to look again. */
    private Outcome unread(ListedVersion one, long last, boolean isStoredAbove) {
        if (last >= 0 || isStoredAbove) {
            left++;
            return new Outcome.Nothing(last);
        }
        String path = path(one.name());
        String what = ShellQuoting.quote(path) + " (" + one.version().fileId() + ") was found damaged at "
                + Instant.ofEpochMilli(-last) + ", and there was no room to read it again";
        return new Outcome.Bad(damage(path, one.version(), what, Damage.State.LEFT), -last);
    }

    private void add(ListedVersion one, Future<Outcome> outcome) {
        pending.add(new Pending(one.name(), one.version(), outcome));
    }

    private String path(String name) {
        return name.substring(place.prefix().length());
    }

    private Outcome read(String path, RemoteVersion version, long last, boolean isStoredAbove) {
        try {
            boolean isProvidedFor = readings(last, isStoredAbove) > 1;
            Optional<String> came = readTwice(version, isProvidedFor);
            if (came.isEmpty()) {
                return new Outcome.Good(clock.millis(), true);
            }
            if (isStoredAbove) {
                // Repaired by an earlier run: what the name shows is read for itself.
                return new Outcome.Good(clock.millis(), false);
            }
            String what = ShellQuoting.quote(path) + " (" + version.fileId() + ") " + came.get();
            return new Outcome.Bad(repair(path, version, what, isProvidedFor), clock.millis());
        } catch (B2NotFoundException e) {
            return isListed(path, version) ? unreadable(path, version, last, e) : new Outcome.Nothing(0);
        } catch (IOException | B2Exception e) {
            return unreadable(path, version, last, e);
        }
    }

    /** What does not fit, or fails, is read once more, if the budget allows it: a line may have been bad, and not the disk. */
    private Optional<String> readTwice(RemoteVersion version, boolean isProvidedFor) throws IOException {
        String came = "";
        try {
            came = bucket.sha1OfContent(version);
        } catch (IOException | B2Exception e) {
            if (ErrorClass.of(e) != ErrorClass.FILE || !(isProvidedFor || budget.take(1, version.size()))) {
                throw e;
            }
            return judged(version, bucket.sha1OfContent(version), "");
        }
        if (came.equals(version.sha1()) || !(isProvidedFor || budget.take(1, version.size()))) {
            return judged(version, came, " (read once: the budget has no room for a second look)");
        }
        return judged(version, bucket.sha1OfContent(version), "");
    }

    private static Optional<String> judged(RemoteVersion version, String came, String note) {
        return came.equals(version.sha1())
                ? Optional.empty()
                : Optional.of("holds content of SHA-1 " + came + ", and was stored with " + version.sha1() + note);
    }

    /** B2 may say that it is not there, and list it: then it is not there for a restore either. */
    private boolean isListed(String path, RemoteVersion version) {
        try {
            return bucket.versions(path).stream().anyMatch(one -> one.fileId().equals(version.fileId()));
        } catch (B2Exception e) {
            // Nobody knows, so it counts.
            return true;
        }
    }

    private Outcome unreadable(String path, RemoteVersion version, long last, Exception e) {
        if (ErrorClass.of(e) != ErrorClass.FILE && !(e instanceof B2NotFoundException)) {
            fatal = String.valueOf(e.getMessage());
            return new Outcome.Nothing(last);
        }
        String what = ShellQuoting.quote(path) + " (" + version.fileId() + ") is listed and cannot be read: "
                + e.getMessage();
        return new Outcome.Bad(damage(path, version, what, Damage.State.LEFT), 0);
    }

    private Damage repair(String path, RemoteVersion version, String what, boolean isProvidedFor) {
        if (repairer == null) {
            return damage(path, version, what, Damage.State.LEFT);
        }
        if (!isProvidedFor && !budget.take(repairer.readings(), version.size())) {
            return damage(
                    path,
                    version,
                    what + "; not repaired: what is left of scrubBytes or scrubCost has no room for "
                            + repairer.readings() + " more readings of its " + version.size() + " bytes",
                    Damage.State.LEFT);
        }
        try {
            String stored = repairer.repair(path, version);
            return damage(path, version, what + "; its content was stored again as " + stored, Damage.State.REPAIRED);
        } catch (IOException | B2Exception e) {
            return damage(path, version, what + "; not repaired: " + e.getMessage(), Damage.State.LEFT);
        }
    }

    private static Damage damage(String path, RemoteVersion version, String what, Damage.State state) {
        return new Damage(path, version.fileId(), version.size(), version.sha1(), what, state);
    }

    private void deliver(ScrubMemory memory, int most) throws IOException {
        while (pending.size() > most && trouble.isEmpty()) {
            Pending first = pending.remove();
            try {
                tell(memory, first, first.outcome().get());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                trouble = "it was interrupted";
            } catch (ExecutionException e) {
                throw new IllegalStateException("a version could not be read: " + e.getCause(), e);
            }
            if (trouble.isEmpty()) {
                trouble = fatal;
            }
        }
    }

    private void tell(ScrubMemory memory, Pending one, Outcome outcome) throws IOException {
        Optional<Long> keep = Optional.empty();
        if (outcome instanceof Outcome.Good found) {
            keep = Optional.of(found.millis());
            good += found.isRead() ? 1 : 0;
            bytes += found.isRead() ? one.version().size() : 0;
        } else if (outcome instanceof Outcome.Nothing nothing) {
            keep = Optional.of(nothing.lastMillis()).filter(millis -> millis != 0);
        } else if (outcome instanceof Outcome.Bad bad) {
            boolean isRepaired = bad.damage().state() == Damage.State.REPAIRED;
            repaired += isRepaired ? 1 : 0;
            damaged += isRepaired ? 0 : 1;
            keep = Optional.of(-bad.millis()).filter(millis -> millis != 0 && !isRepaired);
            if (damage.size() < ScrubReport.MAX_LISTED) {
                damage.add(bad.damage());
            }
        }
        if (keep.isPresent()) {
            memory.keep(one.name(), one.version().fileId(), keep.get());
        }
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
                trouble,
                bill,
                job.prices().of(bill));
    }
}
