// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.sync.action.Mandate;
import io.github.camelb2.sync.action.failure.ErrorClass;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.report.PlanResult;
import io.github.camelb2.sync.report.PlanResult.Outcome;
import io.github.camelb2.sync.wire.RunMessage;
import io.github.camelb2.sync.wire.RunMessageJson;

/**
 * Carries out the plans that a coordinator gives: only those of the newest run of its sync, of its own options and places,
 * and within what its own options allow. Thread-safe: as many threads as the user likes bring messages. The monitor guards
 * what it remembers.
 */
public final class SyncWorker {
    private static final Logger LOG = LoggerFactory.getLogger(SyncWorker.class);
    private static final int MAX_REMEMBERED = 10_000;
    private static final int RENEWALS_PER_LEASE = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final int MOST_DOUBLINGS = 5;
    private static final String TOO_LATE = "it came too late to be carried out, or the clocks of two machines differ";

    /** What the worker is set up for. */
    public interface Site {
        /** The name of the sync. */
        String sync();

        /** Tells the options apart. */
        String options();

        /**
         * Whether these are the two places, whatever they are called here.
         *
         * @throws io.github.camelb2.client.api.B2Exception if B2 does not tell
         */
        boolean isHere(String roots);

        /**
         * The time by the clock of B2, as its last answers told it: the one that all machines agree on.
         *
         * @throws io.github.camelb2.client.api.B2Exception if B2 has told nothing, and does not now
         */
        long serviceMillis();

        /** The same when B2 was asked a moment ago. */
        long serviceMillisNow();

        /** Why a local side is not the one of that run; empty if it is, or none is local. */
        Optional<String> otherTree(String runId);

        /** A sentence as other machines may read it: without paths of this one. */
        String worded(String text);

        /** @throws IllegalArgumentException if its own options do not allow what the plan removes */
        void admit(PathPlan plan, long destinationNames);

        /**
         * Looks again, and does what is still to be done, as long as the mandate lasts.
         *
         * @param largeFiles is told the id of each large file that is begun for the plan, by any thread
         */
        PlanResult carryOut(PathPlan plan, Mandate mandate, Consumer<String> largeFiles);
    }

    /** The way back to the coordinator. */
    @FunctionalInterface
    public interface Replies {
        /** @throws Exception if the broker does not take it now */
        void send(String message) throws Exception;
    }

    /** A plan, of whatever run gives it out: one that goes on with another gives out the plans of that. */
    private record Doing(String runId, long planId) {}

    private final String name;
    private final Site site;
    private final RunMessageJson json;
    private final Replies replies;
    private final InstantSource clock;
    private final ScheduledExecutorService renewals;
    private final Sleeper sleeper;
    private final Map<Doing, Held> underWay = new HashMap<>();

    private final Map<Doing, PlanResult> done = remembering();
    private final Map<String, Boolean> endedRuns = remembering();
    private RunMessage.About newest;
    private int pauses;
    /** Else its key may be another than everybody's. */
    private volatile boolean hasRead;
    /** Else its clock, its account or its disk may be at fault. */
    private volatile boolean hasDoneWell;

    private static <K, V> Map<K, V> remembering() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_REMEMBERED;
            }
        };
    }

    /**
     * @param name     names it in reports
     * @param renewals tells the coordinator while a plan takes long; whoever made it shuts it down
     * @param sleeper  waits after a plan that it did not take; whoever made it closes it
     */
    public SyncWorker(
            String name,
            Site site,
            RunMessageJson json,
            Replies replies,
            InstantSource clock,
            ScheduledExecutorService renewals,
            Sleeper sleeper) {
        this.name = name;
        this.site = site;
        this.json = json;
        this.replies = replies;
        this.clock = clock;
        this.renewals = renewals;
        this.sleeper = sleeper;
        this.newest = new RunMessage.About(site.sync(), "", Long.MIN_VALUE, "", "");
    }

    /**
     * Takes one message; returns when what it asks for is done and the answer was taken.
     *
     * @throws IllegalArgumentException if it is none of this sync, or not signed with the key
     * @throws Exception                if the answer could not be sent: the message has to come again
     */
    public void take(String text) throws Exception {
        RunMessage message;
        try {
            message = read(text);
        } catch (IllegalArgumentException e) {
            pauseIf(!hasRead);
            throw e;
        }
        hasRead = true;
        boolean isCurrent = isOfNewestRun(message);
        if (isCurrent && message instanceof RunMessage.Act act) {
            act(act);
        } else if (!isCurrent) {
            passOver(message);
        }
    }

    private RunMessage read(String text) {
        RunMessage message = json.read(text);
        if (!message.about().sync().equals(site.sync())) {
            throw new IllegalArgumentException(
                    "the message is one of sync " + message.about().sync() + ", and this worker is one of sync "
                            + site.sync() + ": give each sync a queue of its own");
        }
        return message;
    }

    /** A coordinator that lives has to learn why nobody does what it says. */
    private void passOver(RunMessage message) throws Exception {
        LOG.debug("Worker {} passes over a message of an old run: {}", name, message.about());
        RunMessage.About later;
        synchronized (this) {
            later = newest;
        }
        if (message instanceof RunMessage.Act act && act.about().epoch() < later.epoch()) {
            // It gives up when it hears of it.
            replies.send(json.write(new RunMessage.RunStarted(later)));
            answer(act, PlanResult.of(Outcome.DECLINED, name + ": " + laterRun(later)));
        }
    }

    private static String laterRun(RunMessage.About later) {
        return "a later run of this sync, of epoch " + later.epoch() + ", is known here; without a ledger"
                + " epochs are times, so look at the clocks of the machines that coordinate";
    }

    /** An older run changes nothing any more, nor one that has ended. */
    private synchronized boolean isOfNewestRun(RunMessage message) {
        RunMessage.About about = message.about();
        if (about.epoch() < newest.epoch()) {
            return false;
        }
        if (about.epoch() > newest.epoch()) {
            newest = about;
        }
        if (message instanceof RunMessage.RunEnded) {
            endedRuns.put(about.runId(), true);
        }
        return about.runId().equals(newest.runId()) && !endedRuns.containsKey(about.runId());
    }

    private void act(RunMessage.Act act) throws Exception {
        Optional<String> stranger;
        Optional<String> declined;
        try {
            stranger = whyNotThisRun(act);
            declined = stranger.isPresent() ? stranger : whyNotThisPlan(act);
        } catch (B2Exception e) {
            LOG.debug(
                    "Worker {} cannot ask B2 what it has to know of {}",
                    name,
                    act.plan().path(),
                    e);
            answer(act, withoutB2(e));
            pauseIf(true);
            return;
        }
        if (declined.isPresent()) {
            LOG.debug("Worker {} does not take {}: {}", name, act.plan().path(), declined.get());
            answer(act, PlanResult.of(Outcome.DECLINED, name + ": " + declined.get()));
            pauseIf(stranger.isPresent() || !hasDoneWell);
            return;
        }
        Doing doing = new Doing(act.plan().runId(), act.plan().planId());
        Held held = new Held(act);
        PlanResult before;
        synchronized (this) {
            before = done.get(doing);
            Held other = before == null ? underWay.putIfAbsent(doing, held) : null;
            if (other != null) {
                // It came twice, and whoever is at it answers the later one.
                other.again(act);
                return;
            }
        }
        if (before != null) {
            answer(act, before);
            return;
        }
        PlanResult result = PlanResult.of(Outcome.POISON, name + " broke off");
        RunMessage.Act asked = act;
        try {
            result = carryOut(held);
        } finally {
            asked = ended(doing, result, held);
        }
        answer(asked, result);
        pauseIf(result.outcome() == Outcome.FATAL);
    }

    /** The message that is to be answered: a later one may have come meanwhile. */
    private synchronized RunMessage.Act ended(Doing doing, PlanResult result, Held held) {
        if (result.outcome().isWell()) {
            done.put(doing, result);
            hasDoneWell = true;
            pauses = 0;
        }
        underWay.remove(doing);
        held.end();
        return held.act();
    }

    private PlanResult withoutB2(B2Exception failure) {
        Outcome outcome =
                switch (ErrorClass.of(failure)) {
                    case OUTAGE -> Outcome.OUTAGE;
                    case FATAL -> Outcome.FATAL;
                    case FILE -> Outcome.DECLINED;
                };
        return PlanResult.of(
                outcome,
                name + ": it has to know the buckets and the clock of B2 before it takes a plan: "
                        + failure.getMessage());
    }

    /** Whoever takes nothing is quick, and must not empty the queue: it may be set up wrongly, and others not. */
    private void pauseIf(boolean isUseless) throws InterruptedException {
        if (!isUseless) {
            return;
        }
        int times;
        synchronized (this) {
            times = pauses++;
        }
        sleeper.sleep(FIRST_PAUSE.multipliedBy(1L << Math.min(times, MOST_DOUBLINGS)));
    }

    private Optional<String> whyNotThisRun(RunMessage.Act act) {
        RunMessage.About about = act.about();
        if (!about.options().equals(site.options())) {
            return Optional.of("it was made for other options than this worker has");
        }
        if (!site.isHere(about.roots())) {
            return Optional.of(
                    "it was made for other places than this worker has: another directory, bucket or prefix, or"
                            + " a bucket of that name in another account or realm; give the worker a key of the account, and the"
                            + " realm, of the coordinator");
        }
        return site.otherTree(about.runId());
    }

    private Optional<String> whyNotThisPlan(RunMessage.Act act) {
        boolean isLate =
                site.serviceMillis() > act.validUntilMillis() && site.serviceMillisNow() > act.validUntilMillis();
        if (isLate) {
            return Optional.of(TOO_LATE);
        }
        try {
            site.admit(act.plan(), act.destinationNames());
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private PlanResult carryOut(Held held) {
        long period = Math.max(1, held.act().leaseMillis() / RENEWALS_PER_LEASE);
        ScheduledFuture<?> renewal =
                renewals.scheduleAtFixedRate(() -> renew(held), period, period, TimeUnit.MILLISECONDS);
        try {
            return site.carryOut(held.act().plan(), held, id -> begun(held, id));
        } catch (RuntimeException e) {
            LOG.warn("Worker {} broke off over {}", name, held.act().plan().path(), e);
            return PlanResult.of(Outcome.POISON, name + " broke off: " + e);
        } finally {
            renewal.cancel(false);
        }
    }

    /** Told at once: a worker that is killed now cannot tell it later, and nobody else knows of that file. */
    private void begun(Held held, String largeFile) {
        if (held.begun(largeFile)) {
            renewals.execute(() -> renew(held));
        }
    }

    private void renew(Held held) {
        RunMessage.Act act = held.act();
        if (held.loss().isPresent()) {
            return;
        }
        Holding.Moment begun = held.now();
        try {
            replies.send(json.write(new RunMessage.Progress(
                    act.about(), name, act.seq(), act.plan().planId(), held.largeFile())));
            held.said(begun);
        } catch (Exception e) {
            LOG.debug(
                    "Worker {} could not renew its lease for {}",
                    name,
                    act.plan().path(),
                    e);
        }
    }

    /**
     * A plan that this worker is at: until the coordinator has not heard of it for so long that another may have it, until a
     * later run is known, and, if it removes something, for as long as the coordinator is sure of itself. Its monitor guards
     * its fields.
     */
    private final class Held implements Mandate {
        private RunMessage.Act act;
        private final Holding said = new Holding(clock, System::nanoTime);
        private String lost = "";
        private String largeFile = "";
        private boolean hasEnded;

        private Held(RunMessage.Act act) {
            this.act = act;
        }

        /** The last message that asked for it, which is the one that is answered. */
        synchronized RunMessage.Act act() {
            return act;
        }

        synchronized void again(RunMessage.Act later) {
            act = later.seq() > act.seq() ? later : act;
        }

        /** Whether that is to be told: not when the plan has ended. */
        synchronized boolean begun(String fileId) {
            largeFile = fileId;
            return !hasEnded;
        }

        /** The one that was begun last; empty if none was. */
        synchronized String largeFile() {
            return largeFile;
        }

        synchronized void end() {
            hasEnded = true;
        }

        synchronized Holding.Moment now() {
            return said.now();
        }

        synchronized void said(Holding.Moment when) {
            if (lost.isEmpty()) {
                said.heldAt(when);
            }
        }

        @Override
        public Optional<String> loss() {
            RunMessage.About later = newestRun();
            synchronized (this) {
                Duration silent = said.since();
                boolean isLate = Leases.isRemoval(act.plan()) && site.serviceMillis() > act.validUntilMillis();
                if (!lost.isEmpty()) {
                    return Optional.of(lost);
                } else if (later.epoch() > act.about().epoch()) {
                    lost = laterRun(later);
                } else if (silent.toMillis() > act.leaseMillis()) {
                    lost = "its lease was lost, because it could not say for " + silent.toSeconds()
                            + " s that it is at it: it stood still, or the broker was away";
                }
                return Optional.of(lost.isEmpty() && isLate ? TOO_LATE : lost).filter(why -> !why.isEmpty());
            }
        }
    }

    private synchronized RunMessage.About newestRun() {
        return newest;
    }

    private void answer(RunMessage.Act act, PlanResult result) throws Exception {
        PlanResult told = result.worded(site::worded);
        replies.send(json.write(
                new RunMessage.Result(act.about(), name, act.seq(), act.plan().planId(), told)));
    }
}
