// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.rule;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.NotificationCalls.GetBucketNotificationRules;
import io.github.camelb2.client.call.NotificationCalls.SetBucketNotificationRules;
import io.github.camelb2.client.model.bucket.NotificationRule;
import io.github.camelb2.client.retry.Sleeper;
import io.github.camelb2.operation.step.OperationScope;

/**
 * Changes one notification rule of a bucket and leaves the others as they are.
 *
 * <p>B2 takes all rules at once and knows no revision of them, so that of two programs that change them in one moment the
 * later one undoes what the earlier one did. So they are read twice before they are written, to see whether anybody is at
 * work, and once more a while after that: longer than such a program takes between its reading and its writing. What is
 * gone by then is done again, a few times.
 *
 * <p>In one JVM, whatever clients and contexts it has, one at a time changes the rules of a bucket, so that none is lost.
 * Of two machines one can still lose a rule: the other one has to stand still, between its second reading and its writing,
 * for longer than the first one waits before its last look.
 */
public final class RuleChange {
    private static final Logger LOG = LoggerFactory.getLogger(RuleChange.class);
    private static final int TRIES = 8;
    private static final Duration SHORTEST = Duration.ofMillis(15);
    /** How many times as long as a reading: others read twice and write, each of them slower than this one perhaps. */
    private static final int SETTLING = 6;

    private static final int LOCKS = 64;

    /** Of all buckets: those that share a lock by chance wait for each other. Fair, so that nobody waits for ever. */
    private static final List<ReentrantLock> TURNS =
            Stream.generate(() -> new ReentrantLock(true)).limit(LOCKS).toList();

    private final OperationScope scope;
    private final String bucketId;

    public RuleChange(OperationScope scope, String bucketId) {
        this.scope = scope;
        this.bucketId = bucketId;
    }

    /** The rules that there are. */
    public List<NotificationRule> rules() {
        return scope.call(GetBucketNotificationRules.of(bucketId)).eventNotificationRules();
    }

    /** The rule of that name among them. */
    public static Optional<NotificationRule> named(String name, List<NotificationRule> rules) {
        return rules.stream().filter(it -> it.name().equals(name)).findFirst();
    }

    /**
     * Adds the rule, or puts it in the place of that of its name; one that B2 has suspended comes into force again.
     *
     * @return the rules that there are now
     * @throws IllegalArgumentException if another rule has events of it; the message says what can be done
     * @throws B2ConflictException if others changed the rules again and again
     */
    public List<NotificationRule> put(NotificationRule wanted) {
        return apply(rules -> with(wanted, rules), rules -> named(wanted.name(), rules)
                .filter(it -> it.doesTheSameAs(wanted) && !Boolean.TRUE.equals(it.isSuspended()))
                .isPresent());
    }

    /** Removes the rule of that name, if there is one; as {@link #put}. */
    public List<NotificationRule> remove(String name) {
        return apply(
                rules -> rules.stream().filter(it -> !it.name().equals(name)).toList(),
                rules -> named(name, rules).isEmpty());
    }

    /**
     * Puts these rules in the place of all that the bucket has; nobody of this JVM is between reading and writing then.
     *
     * @return the rules that there are now
     */
    public List<NotificationRule> replaceAll(List<NotificationRule> rules) {
        return inTurn(
                () -> scope.call(SetBucketNotificationRules.of(bucketId, rules)).eventNotificationRules());
    }

    private <T> T inTurn(Supplier<T> work) {
        ReentrantLock turn = TURNS.get(Math.floorMod(bucketId.hashCode(), LOCKS));
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Waiting for others that change notification rules was interrupted", e);
        }
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }

    private static List<NotificationRule> with(NotificationRule wanted, List<NotificationRule> rules) {
        List<NotificationRule> after = new ArrayList<>();
        boolean isReplaced = false;
        for (NotificationRule rule : rules) {
            if (rule.name().equals(wanted.name())) {
                after.add(wanted);
                isReplaced = true;
            } else {
                RuleOverlap.refuse(wanted, rule);
                after.add(rule);
            }
        }
        if (!isReplaced) {
            after.add(wanted);
        }
        return after;
    }

    private List<NotificationRule> apply(
            UnaryOperator<List<NotificationRule>> change, Predicate<List<NotificationRule>> isDone) {
        return inTurn(() -> applyInTurn(change, isDone));
    }

    private List<NotificationRule> applyInTurn(
            UnaryOperator<List<NotificationRule>> change, Predicate<List<NotificationRule>> isDone) {
        List<NotificationRule> before = rules();
        for (int left = TRIES; left > 0; left--) {
            if (isDone.test(before)) {
                return before;
            }
            List<NotificationRule> after = change.apply(before);
            Instant began = scope.now();
            List<NotificationRule> again = rules();
            Duration reading = Duration.between(began, scope.now());
            if (set(before).equals(set(again))) {
                scope.call(SetBucketNotificationRules.of(bucketId, after));
                settle(reading);
                again = rules();
            }
            if (!isDone.test(again)) {
                LOG.debug(
                        "Somebody else changes the notification rules of bucket {}; {} tries are left",
                        bucketId,
                        left - 1);
            }
            before = again;
        }
        if (isDone.test(before)) {
            return before;
        }
        throw new B2ConflictException(ErrorDetails.local(
                        "b2_set_bucket_notification_rules",
                        "bucket " + bucketId,
                        "others changed the notification rules of the bucket " + TRIES + " times meanwhile")
                .withAdvice("let one program at a time change them, and try again"));
    }

    private static Set<NotificationRule> set(List<NotificationRule> rules) {
        return new HashSet<>(rules);
    }

    /** Two that began together do not go on together. */
    private static void settle(Duration reading) {
        long least =
                Math.max(SHORTEST.toMillis(), reading.multipliedBy(SETTLING).toMillis());
        try (Sleeper sleeper = Sleeper.create()) {
            sleeper.sleep(Duration.ofMillis(least + ThreadLocalRandom.current().nextLong(least)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Changing notification rules was interrupted", e);
        }
    }
}
