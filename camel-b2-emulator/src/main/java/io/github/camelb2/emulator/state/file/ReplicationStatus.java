// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.state.Core;
import io.github.camelb2.emulator.state.Records;

/**
 * How far the files of replicating buckets have come, for those that replication has to do with: written down like every other change. Safe for
 * use by many threads.
 */
public final class ReplicationStatus {

    /** How far a version is on its way to other buckets, or that it came from one. */
    public enum Status {
        PENDING,
        COMPLETED,
        FAILED,
        REPLICA
    }

    private static final Logger LOG = LoggerFactory.getLogger(ReplicationStatus.class);
    private static final Status[] STATUSES = Status.values();

    private final Core core;
    private final Files files;
    /** By bucket and by the number in the file id, which takes less memory than the id; guarded by {@code core}. */
    private final Map<String, Map<Long, Status>> byBucket = new HashMap<>();

    public ReplicationStatus(Core core, Files files) {
        this.core = core;
        this.files = files;
    }

    /** The status of a version, or null if replication has nothing to do with it. */
    public @Nullable Status find(FileVersion file) {
        synchronized (core) {
            Map<Long, Status> ofBucket = byBucket.get(file.bucketId());
            return ofBucket == null ? null : ofBucket.get(file.key().sequence());
        }
    }

    /**
     * Writes down how far a version is; one that is gone meanwhile is passed over. Never fails: the version is stored by now, and its upload
     * succeeded.
     */
    public void set(FileVersion file, Status status) {
        synchronized (core) {
            if (files.find(file.id()) == null) {
                return;
            }
            put(file.id(), status);
            try {
                core.log(record(file.id(), status));
            } catch (UncheckedIOException e) {
                LOG.warn("That {} is {} is known until the emulator ends, not longer", file.name(), status, e);
            }
        }
    }

    private void put(String fileId, Status status) {
        FileIds.bucketOf(fileId).ifPresent(bucketId -> byBucket.computeIfAbsent(bucketId, id -> new HashMap<>())
                .put(FileIds.sequenceOf(fileId), status));
    }

    /** The versions that are on their way, in the order in which they were made. */
    public List<FileVersion> pending() {
        synchronized (core) {
            List<FileVersion> pending = new ArrayList<>();
            forEach((file, status) -> {
                if (status == Status.PENDING) {
                    pending.add(file);
                }
            });
            pending.sort(java.util.Comparator.comparingLong(file -> file.key().sequence()));
            return pending;
        }
    }

    /** A record for each of them. */
    public void records(Consumer<ObjectNode> out) {
        synchronized (core) {
            forEach((file, status) -> out.accept(record(file.id(), status)));
        }
    }

    private void forEach(BiConsumer<FileVersion, Status> use) {
        byBucket.forEach((bucketId, ofBucket) -> ofBucket.forEach((sequence, status) -> {
            FileVersion file = files.find(bucketId, sequence);
            if (file != null) {
                use.accept(file, status);
            }
        }));
    }

    private static ObjectNode record(String fileId, Status status) {
        return Records.of("replication").put("id", fileId).put("status", status.name());
    }

    /** Does what a record says. */
    public void restore(JsonNode entry) {
        String word = entry.get("status").textValue();
        for (Status status : STATUSES) {
            if (status.name().equals(word)) {
                put(entry.get("id").textValue(), status);
                return;
            }
        }
        throw new IllegalArgumentException("unknown replication status " + word);
    }

    /** A version is gone. */
    public void forget(String fileId) {
        synchronized (core) {
            FileIds.bucketOf(fileId)
                    .ifPresent(bucketId -> byBucket.computeIfPresent(bucketId, (id, ofBucket) -> {
                        ofBucket.remove(FileIds.sequenceOf(fileId));
                        return ofBucket.isEmpty() ? null : ofBucket;
                    }));
        }
    }
}
