// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.event;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.fault.Faults;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.bucket.NotificationRules;
import io.github.camelb2.emulator.state.file.ChangeListener.Change;
import io.github.camelb2.emulator.state.file.FileVersion;

/**
 * Turns changes of files into webhooks, rule by rule. What a fault script calls {@code webhook} is one delivery; {@code lose}, {@code duplicate},
 * {@code hold} and {@code delay} apply to it. Safe for use by many threads.
 */
public final class Events implements AutoCloseable {

    private static final int KEPT = 10_000;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Account account;
    private final Faults faults;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "b2-events");
        thread.setDaemon(true);
        return thread;
    });
    /** Made when it is first needed: that takes longer than everything else of a start. */
    private @Nullable HttpClient http;
    /** By bucket id and rule name; guarded by {@code this}, like everything below. */
    private final Map<String, RuleQueue> queues = new HashMap<>();

    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private @Nullable String secondSecret;
    private @Nullable String testSecret;
    private volatile boolean isClosed;

    public Events(Account account, Faults faults) {
        this.account = account;
        this.faults = faults;
        account.onChange(this::changed);
    }

    /** The last 10,000 attempts to deliver, the oldest first. */
    public synchronized List<Delivery> deliveries() {
        return new ArrayList<>(deliveries);
    }

    /** Signs with this secret too, behind the rule's own, as during the rotation of keys; null ends it. */
    public synchronized void alsoSignWith(@Nullable String secret) {
        this.secondSecret = secret;
    }

    /**
     * Signs test events with this secret in place of the rule's own, as the service was documented to at first; null for the rule's own, as it is
     * documented now.
     */
    public synchronized void signTestEventsWith(@Nullable String secret) {
        this.testSecret = secret;
    }

    /** Sends the test event of a rule. */
    public void sendTestEvent(String bucketName, String ruleName) {
        Bucket bucket = account.buckets().findByName(bucketName);
        if (bucket == null) {
            throw new IllegalArgumentException("no bucket " + bucketName);
        }
        for (JsonNode rule : bucket.notificationRules()) {
            if (rule.get("name").textValue().equals(ruleName)) {
                sendTestEvent(bucket, rule);
                return;
            }
        }
        throw new IllegalArgumentException("no rule " + ruleName + " in bucket " + bucketName);
    }

    synchronized HttpClient http() {
        HttpClient client = http;
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
            http = client;
        }
        return client;
    }

    private void sendTestEvent(Bucket bucket, JsonNode rule) {
        queue(bucket, rule).add(event("b2:TestEvent", bucket, rule, null), RuleQueue.Kind.TEST);
    }

    /** Greets the rules that were not there before, as B2 does when a rule is made. */
    public void rulesChanged(Bucket before, Bucket after) {
        List<String> known = new ArrayList<>();
        before.notificationRules().forEach(rule -> known.add(rule.get("name").textValue()));
        for (JsonNode rule : after.notificationRules()) {
            if (rule.get("isEnabled").booleanValue()
                    && !known.contains(rule.get("name").textValue())) {
                sendTestEvent(after, rule);
            }
        }
    }

    // Called under the account's lock: takes note and returns.
    private void changed(Change change) {
        if (isClosed) {
            return;
        }
        FileVersion file = change.version();
        Bucket bucket = account.buckets().find(file.bucketId());
        if (bucket == null) {
            return;
        }
        String type = "b2:" + change.type();
        for (JsonNode rule : bucket.notificationRules()) {
            boolean active = rule.get("isEnabled").booleanValue()
                    && !rule.get("isSuspended").booleanValue();
            if (active && file.name().startsWith(rule.get("objectNamePrefix").textValue()) && matches(rule, type)) {
                queue(bucket, rule).add(event(type, bucket, rule, file), RuleQueue.Kind.CHANGE);
            }
        }
    }

    private static boolean matches(JsonNode rule, String type) {
        for (JsonNode ofRule : rule.get("eventTypes")) {
            if (NotificationRules.matches(ofRule.textValue(), type)) {
                return true;
            }
        }
        return false;
    }

    private ObjectNode event(String type, Bucket bucket, JsonNode rule, @Nullable FileVersion file) {
        ObjectNode event = JSON.objectNode()
                .put("accountId", account.id())
                .put("bucketId", bucket.id())
                .put("bucketName", bucket.name())
                .put("eventId", eventId())
                .put("eventTimestamp", account.now())
                .put("eventType", type)
                .put("eventVersion", 1)
                .put("matchedRuleName", rule.get("name").textValue());
        // Test events are about no object.
        if (file == null) {
            return event;
        }
        boolean sized = !type.startsWith("b2:ObjectDeleted:");
        return event.put("objectName", file.name())
                .put("objectSize", sized ? Long.valueOf(file.length()) : null)
                .put("objectVersionId", file.id());
    }

    /** 64 hexadecimal digits. */
    private static String eventId() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }

    private synchronized RuleQueue queue(Bucket bucket, JsonNode rule) {
        String key = bucket.id() + "/" + rule.get("name").textValue();
        RuleQueue queue = queues.computeIfAbsent(key, name -> new RuleQueue(this, threads, faults, bucket.id()));
        queue.rule(rule);
        return queue;
    }

    synchronized List<String> secrets(JsonNode rule, RuleQueue.Kind kind) {
        if (kind == RuleQueue.Kind.TEST && testSecret != null) {
            return List.of(testSecret);
        }
        List<String> secrets = new ArrayList<>();
        JsonNode own = rule.at("/targetConfiguration/hmacSha256SigningSecret");
        if (own.isTextual()) {
            secrets.add(own.textValue());
            if (secondSecret != null) {
                secrets.add(secondSecret);
            }
        }
        return secrets;
    }

    synchronized void record(Delivery delivery) {
        deliveries.addLast(delivery);
        if (deliveries.size() > KEPT) {
            deliveries.removeFirst();
        }
    }

    /** Takes a rule out of service because its target does not answer. */
    void suspend(String bucketId, String ruleName, String reason) {
        Bucket bucket = account.buckets().find(bucketId);
        if (bucket == null) {
            return;
        }
        ArrayNode rules = ((ArrayNode) bucket.notificationRules()).deepCopy();
        for (JsonNode rule : rules) {
            if (rule.get("name").textValue().equals(ruleName)) {
                ((ObjectNode) rule).put("isSuspended", true).put("suspensionReason", reason);
            }
        }
        account.buckets().setNotificationRules(bucketId, rules);
    }

    @Override
    public void close() {
        isClosed = true;
        threads.shutdownNow();
    }
}
