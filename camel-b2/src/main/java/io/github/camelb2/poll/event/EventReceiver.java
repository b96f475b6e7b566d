// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.event;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.poll.notify.NotificationEvent;
import io.github.camelb2.poll.notify.SignedRequests;
import io.github.camelb2.poll.notify.Webhook;
import io.github.camelb2.poll.notify.Webhook.Answer;

/**
 * Answers B2: 200 only when every event of the request that is wanted has been delivered, or is stored; 503 otherwise, so
 * that B2 sends them again.
 *
 * <p>B2 waits for three seconds. What takes longer goes on, and is done when B2 asks the next time. Thread-safe.
 */
final class EventReceiver implements Webhook.Receiver {
    /** Less than B2's three seconds by what an answer may take on its way. */
    static final Duration PATIENCE = Duration.ofMillis(2_500);

    private static final Logger LOG = LoggerFactory.getLogger(EventReceiver.class);

    private final SignedRequests requests;
    private final String bucketName;
    private final Predicate<NotificationEvent> isWanted;
    private final Taking taking;

    /** Takes wanted events of one request. */
    @FunctionalInterface
    interface Taking {
        Answer take(List<NotificationEvent> events, byte[] body);
    }

    EventReceiver(SignedRequests requests, String bucketName, Predicate<NotificationEvent> isWanted, Taking taking) {
        this.requests = requests;
        this.bucketName = bucketName;
        this.isWanted = isWanted;
        this.taking = taking;
    }

    @Override
    public Answer receive(@Nullable String signatures, byte[] body) {
        return requests.answer(signatures, body, events -> take(events, body));
    }

    private Answer take(List<NotificationEvent> events, byte[] body) {
        // What is of another bucket is lost if it is answered with 200, and nobody would ever know.
        if (events.stream().anyMatch(it -> !it.isTest() && !it.bucketName().equals(bucketName))) {
            return requests.refuseOtherBucket();
        }
        List<NotificationEvent> wanted =
                events.stream().filter(it -> !it.isTest() && isWanted.test(it)).toList();
        LOG.debug("{} of {} events for bucket {} are wanted", wanted.size(), events.size(), bucketName);
        return wanted.isEmpty() ? new Answer(200, "nothing of it is wanted") : taking.take(wanted, body);
    }

    /**
     * Takes events by delivering them.
     *
     * @param patience after what time B2 is told to send them again, though they are still being delivered
     */
    static Taking delivering(EventBatch batch, ExecutorService threads, Duration patience) {
        return (events, body) -> {
            try {
                return answer(threads.submit(() -> batch.deliver(events, patience)), events.size(), patience);
            } catch (RejectedExecutionException e) {
                LOG.debug("All threads for events are busy", e);
                return again("too many events are being delivered");
            }
        };
    }

    private static Answer answer(Future<Integer> work, int count, Duration patience) {
        try {
            int left = work.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return left == 0
                    ? new Answer(200, "delivered")
                    : again(left + " of " + count + " events were not delivered");
        } catch (TimeoutException e) {
            LOG.debug("Not all of {} events were delivered within {}", count, patience, e);
            return again("the events are being delivered");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return again("the consumer stops");
        } catch (ExecutionException e) {
            LOG.warn("Events could not be delivered", e.getCause());
            return again("the events could not be delivered");
        }
    }

    static Answer again(String reason) {
        return new Answer(503, reason + "; send them again");
    }
}
