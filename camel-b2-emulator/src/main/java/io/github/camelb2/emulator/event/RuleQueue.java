// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.event;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.fault.FaultAction;
import io.github.camelb2.emulator.fault.FaultPlan;
import io.github.camelb2.emulator.fault.Faults;

/**
 * The events of one rule on their way to its target: in batches, each tried three times, one batch after the other. A target that fails three
 * times has its rule suspended. Backblaze does not publish its own schedule.
 */
final class RuleQueue {

    private static final Logger LOG = LoggerFactory.getLogger(RuleQueue.class);
    private static final int MAX_WAITING = 100_000;
    private static final int ATTEMPTS = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_HOLD_MILLIS = 500;

    private final Events events;
    private final Executor threads;
    private final Faults faults;
    private final String bucketId;
    /** Guarded by {@code this}, like everything below. */
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private JsonNode rule = JsonNodeFactory.instance.objectNode();
    private boolean running;

    RuleQueue(Events events, Executor threads, Faults faults, String bucketId) {
        this.events = events;
        this.threads = threads;
        this.faults = faults;
        this.bucketId = bucketId;
    }

    /** What kind of event it is: a test event that fails suspends nothing. */
    enum Kind {
        CHANGE,
        TEST
    }

    private record Waiting(ObjectNode event, Kind kind) {}

    synchronized void rule(JsonNode newest) {
        this.rule = newest;
    }

    synchronized void add(ObjectNode event, Kind kind) {
        if (waiting.size() >= MAX_WAITING) {
            LOG.warn("more than {} events wait for {}: the oldest is lost", MAX_WAITING, rule.get("name"));
            waiting.removeFirst();
        }
        waiting.addLast(new Waiting(event, kind));
        notifyAll();
        if (!running) {
            running = true;
            threads.execute(this::run);
        }
    }

    private void run() {
        Deque<List<Waiting>> held = new ArrayDeque<>();
        try {
            for (List<Waiting> batch = take(held); batch != null; batch = take(held)) {
                deliver(batch, held);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next batch; when there is none, one that was held back; null when there is nothing to do. */
    private synchronized @Nullable List<Waiting> take(Deque<List<Waiting>> held) throws InterruptedException {
        if (waiting.isEmpty() && !held.isEmpty()) {
            // Something may come that can overtake what is held.
            wait(LONGEST_HOLD_MILLIS);
        }
        if (waiting.isEmpty()) {
            List<Waiting> late = held.pollFirst();
            running = late != null;
            return late;
        }
        List<Waiting> batch = new ArrayList<>();
        int most = rule.path("targetConfiguration").path("maxEventsPerBatch").asInt(1);
        while (batch.size() < most && !waiting.isEmpty()) {
            batch.add(waiting.removeFirst());
        }
        return batch;
    }

    private void deliver(List<Waiting> batch, Deque<List<Waiting>> held) throws InterruptedException {
        FaultPlan plan =
                faults.plan("webhook", batch.get(0).event().path("objectName").textValue());
        if (plan.has(FaultAction.LoseEvent.class)) {
            return;
        }
        if (plan.has(FaultAction.HoldEvent.class)) {
            held.addLast(batch);
            return;
        }
        if (plan.has(FaultAction.Delay.class)) {
            TimeUnit.NANOSECONDS.sleep(
                    plan.find(FaultAction.Delay.class).orElseThrow().time().toNanos());
        }
        send(batch);
        if (plan.has(FaultAction.DuplicateEvent.class)) {
            send(batch);
        }
        for (List<Waiting> late = held.pollFirst(); late != null; late = held.pollFirst()) {
            send(late);
        }
    }

    private void send(List<Waiting> batch) throws InterruptedException {
        JsonNode current;
        synchronized (this) {
            current = rule;
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        var array = body.putArray("events");
        batch.forEach(one -> array.add(one.event()));
        byte[] bytes = body.toPrettyString().getBytes(StandardCharsets.UTF_8);
        int status = 0;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            status = post(current, bytes, batch.get(0).kind());
            // B2 asks for 200; anything else is tried again.
            if (status == 200) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(FIRST_PAUSE_MILLIS << attempt);
        }
        if (batch.get(0).kind() == Kind.CHANGE) {
            events.suspend(
                    bucketId,
                    current.get("name").textValue(),
                    status == 0 ? "The target could not be reached" : "The target answered " + status);
        }
    }

    private int post(JsonNode current, byte[] body, Kind kind) throws InterruptedException {
        JsonNode target = current.get("targetConfiguration");
        String url = target.get("url").textValue();
        String signature = Signatures.of(body, events.secrets(current, kind));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json; charset=UTF-8")
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", "B2/EventNotifications")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        target.get("customHeaders")
                .forEach(header -> request.header(
                        header.get("name").textValue(), header.get("value").textValue()));
        if (!signature.isEmpty()) {
            request.header(Signatures.HEADER, signature);
        }
        int status = 0;
        try {
            status = events.http()
                    .send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            LOG.debug("webhook of rule {} failed: {}", rule.get("name"), e.toString());
        }
        events.record(new Delivery(
                current.get("name").textValue(), url, new String(body, StandardCharsets.UTF_8), signature, status));
        return status;
    }
}
