// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.fault;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The faults of a running emulator: rules can be added and cleared at any time. Safe for use by many threads.
 *
 * <pre>
 * faults.add("b2_upload_part #3: status 503 service_unavailable retry-after 2");
 * faults.add("b2_download_file_by_name #1: drop response 10000");
 * faults.add("b2_finish_large_file #1: lose-answer");
 * faults.add("* 5% seed 7: status 500");
 * </pre>
 *
 * A rule counts the requests that match it from the moment it is added. The language is described in the emulator's documentation page.
 */
public final class Faults {

    private static final String REALISTIC = """
            b2_upload_* 1%: status 503 service_unavailable no tomes available
            b2_* 0.2% seed 2: expire-token
            b2_list_file_*: slow-first-page 700ms
            """;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition released = lock.newCondition();
    /** Guarded by {@code lock}. */
    private final List<FaultRule> rules = new ArrayList<>();
    /** Rules that stay; guarded by {@code lock}. */
    private final List<FaultRule> lasting = new ArrayList<>();
    /** How often {@link #clear} was called, which ends all hanging; guarded by {@code lock}. */
    private long generation;

    /** Faults as the real service has them every day, which stay when others are cleared. */
    public static Faults realistic() {
        Faults faults = new Faults();
        faults.lasting.addAll(FaultScript.parse(REALISTIC));
        return faults;
    }

    /** Adds the rules of a script; a script that makes no sense is an {@link IllegalArgumentException} that quotes it. */
    public void add(String script) {
        List<FaultRule> parsed = FaultScript.parse(script);
        lock.lock();
        try {
            rules.addAll(parsed);
        } finally {
            lock.unlock();
        }
    }

    /** Removes all rules that were added and lets go of requests that hang. */
    public void clear() {
        lock.lock();
        try {
            rules.clear();
            generation++;
            released.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The rules in force, those that stay first, and how many requests each has struck. */
    public Map<String, Long> inForce() {
        lock.lock();
        try {
            Map<String, Long> struck = new LinkedHashMap<>();
            Stream.concat(lasting.stream(), rules.stream())
                    .forEach(rule -> struck.merge(rule.text(), rule.fired(), Long::sum));
            return struck;
        } finally {
            lock.unlock();
        }
    }

    /** How many requests were struck by the rules now in force. */
    public long fired() {
        lock.lock();
        try {
            return rules.stream().mapToLong(FaultRule::fired).sum();
        } finally {
            lock.unlock();
        }
    }

    /** How many requests were struck by the rule with exactly this text. */
    public long fired(String rule) {
        lock.lock();
        try {
            return rules.stream()
                    .filter(known -> known.text().equals(rule.strip()))
                    .mapToLong(FaultRule::fired)
                    .sum();
        } finally {
            lock.unlock();
        }
    }

    /** What goes wrong with a request that begins now; each rule that matches counts it. */
    public FaultPlan plan(String call, @Nullable String fileName) {
        lock.lock();
        try {
            if (rules.isEmpty() && lasting.isEmpty()) {
                return FaultPlan.NONE;
            }
            List<FaultAction> actions = new ArrayList<>();
            for (FaultRule rule : lasting) {
                actions.addAll(rule.strike(call, fileName));
            }
            for (FaultRule rule : rules) {
                actions.addAll(rule.strike(call, fileName));
            }
            return actions.isEmpty() ? FaultPlan.NONE : new FaultPlan(actions, generation);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #hang}, for those who do I/O; the connection is of no use afterwards. */
    public void stall(FaultPlan plan) throws IOException {
        try {
            hang(plan);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the emulator is closing");
        }
    }

    /** Waits until {@link #clear} has been called since the request of this plan began, at most an hour. */
    void hang(FaultPlan plan) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.HOURS.toNanos(1);
            while (generation == plan.generation() && left > 0) {
                left = released.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
