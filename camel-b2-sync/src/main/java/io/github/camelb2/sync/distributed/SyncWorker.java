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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.retry.Sleeper;
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

    /** What the worker is set up for. */
    public interface Site {
        /** The name of the sync. */
        String sync();

        /** Tells the options apart. */
        String options();

        /** The two places. */
        String roots();

        /** Why a local side is not the one of that run; empty if it is, or none is local. */
        Optional<String> otherTree(String runId);

        /** A sentence as other machines may read it: without paths of this one. */
        String worded(String text);

        /** @throws IllegalArgumentException if its own options do not allow what the plan removes */
        void admit(PathPlan plan, long destinationNames);

        /** Looks again, and does what is still to be done. */
        PlanResult carryOut(PathPlan plan);
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
    /** With the last message that asked for it, which is the one that is answered. */
    private final Map<Doing, RunMessage.Act> underWay = new HashMap<>();

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
        long later;
        synchronized (this) {
            later = newest.epoch();
        }
        if (message instanceof RunMessage.Act act && act.about().epoch() < later) {
            String why = name + ": a later run of this sync, of epoch " + later + ", is known here; without a ledger"
                    + " epochs are times, so look at the clocks of the machines that coordinate";
            answer(act, PlanResult.of(Outcome.DECLINED, why));
        }
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
        Optional<String> stranger = whyNotThisRun(act);
        Optional<String> declined = stranger.or(() -> whyNotThisPlan(act));
        if (declined.isPresent()) {
            LOG.debug("Worker {} does not take {}: {}", name, act.plan().path(), declined.get());
            answer(act, PlanResult.of(Outcome.DECLINED, name + ": " + declined.get()));
            pauseIf(stranger.isPresent() || !hasDoneWell);
            return;
        }
        Doing doing = new Doing(act.plan().runId(), act.plan().planId());
        PlanResult before;
        synchronized (this) {
            before = done.get(doing);
            if (before == null && underWay.put(doing, act) != null) {
                // It came twice, and whoever is at it answers.
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
            result = carryOut(act, doing);
        } finally {
            asked = ended(doing, result, asked);
        }
        answer(asked, result);
        pauseIf(result.outcome() == Outcome.FATAL);
    }

    /** The message that is to be answered: a later one may have come meanwhile. */
    private synchronized RunMessage.Act ended(Doing doing, PlanResult result, RunMessage.Act first) {
        if (result.outcome().isWell()) {
            done.put(doing, result);
            hasDoneWell = true;
            pauses = 0;
        }
        RunMessage.Act last = underWay.remove(doing);
        return last == null ? first : last;
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
        if (!about.roots().equals(site.roots())) {
            return Optional.of("it was made for other places than this worker has");
        }
        return site.otherTree(about.runId());
    }

    private Optional<String> whyNotThisPlan(RunMessage.Act act) {
        if (clock.millis() > act.validUntilMillis()) {
            return Optional.of("it came too late to be carried out, or the clocks of two machines differ");
        }
        try {
            site.admit(act.plan(), act.destinationNames());
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private PlanResult carryOut(RunMessage.Act act, Doing doing) {
        long period = Math.max(1, act.leaseMillis() / RENEWALS_PER_LEASE);
        ScheduledFuture<?> renewal =
                renewals.scheduleAtFixedRate(() -> renew(doing), period, period, TimeUnit.MILLISECONDS);
        try {
            return site.carryOut(act.plan());
        } catch (RuntimeException e) {
            LOG.warn("Worker {} broke off over {}", name, act.plan().path(), e);
            return PlanResult.of(Outcome.POISON, name + " broke off: " + e);
        } finally {
            renewal.cancel(false);
        }
    }

    private void renew(Doing doing) {
        RunMessage.Act act;
        synchronized (this) {
            act = underWay.get(doing);
        }
        if (act == null) {
            return;
        }
        try {
            replies.send(json.write(new RunMessage.Progress(
                    act.about(), name, act.seq(), act.plan().planId())));
        } catch (Exception e) {
            // A lease that ends costs a second look, no more.
            LOG.debug(
                    "Worker {} could not renew its lease for {}",
                    name,
                    act.plan().path(),
                    e);
        }
    }

    private void answer(RunMessage.Act act, PlanResult result) throws Exception {
        PlanResult told = result.worded(site::worded);
        replies.send(json.write(
                new RunMessage.Result(act.about(), name, act.seq(), act.plan().planId(), told)));
    }
}
