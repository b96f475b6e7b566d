// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.distributed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The large files that workers have begun in a run, or in those before, and that nobody is known to have finished. Those
 * of a worker that died cost as files do until somebody cancels them. Not thread-safe: the coordinator's monitor guards
 * it.
 */
final class BegunFiles {
    /** Whoever has the key can make ids up, and none must fill the memory. */
    private static final int MOST = 10_000;

    private static final class Entry {
        private BegunFile file;
        private String worker;
        private long heardMillis;
        /** Its worker said that it is not at work on it any more. */
        private boolean isLeft;

        private Entry(BegunFile file, String worker, long heardMillis) {
            this.file = file;
            this.worker = worker;
            this.heardMillis = heardMillis;
        }
    }

    /** What has become of those of one plan, for the ledger. */
    record Change(List<BegunFile> stored, List<String> gone) {
        static final Change NONE = new Change(List.of(), List.of());
    }

    private final Map<String, Entry> byId = new LinkedHashMap<>();
    /** Without those of other runs. */
    private final Map<Long, List<Entry>> byPlan = new HashMap<>();

    /** Those that were finished last: a message about one may come behind the answer that it is finished. */
    private final Set<String> finished = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    });

    /** Takes over what was known before; nobody knows whether their workers live. */
    void know(List<BegunFile> before, long nowMillis) {
        before.stream().limit(MOST).forEach(file -> put(new Entry(file, "", nowMillis)));
    }

    private void put(Entry entry) {
        byId.put(entry.file.fileId(), entry);
        if (entry.file.planId() != BegunFile.OF_OTHER_RUN) {
            byPlan.computeIfAbsent(entry.file.planId(), id -> new ArrayList<>(1))
                    .add(entry);
        }
    }

    private void remove(Entry entry) {
        byId.remove(entry.file.fileId());
        List<Entry> ofPlan = byPlan.get(entry.file.planId());
        if (ofPlan != null) {
            ofPlan.remove(entry);
            if (ofPlan.isEmpty()) {
                byPlan.remove(entry.file.planId());
            }
        }
    }

    private List<Entry> of(long planId) {
        return byPlan.getOrDefault(planId, List.of());
    }

    /** A worker tells that it is at work on a file; empty if that is known, or too many are. */
    Optional<BegunFile> begun(BegunFile file, String worker, long nowMillis) {
        if (finished.contains(file.fileId())) {
            return Optional.empty();
        }
        Entry known = byId.get(file.fileId());
        if (known != null && known.file.planId() == file.planId()) {
            known.worker = worker;
            known.heardMillis = nowMillis;
            known.isLeft = false;
            return Optional.empty();
        }
        if (known != null) {
            // It was begun in a run before, and is gone on with.
            remove(known);
        }
        if (byId.size() >= MOST) {
            return Optional.empty();
        }
        put(new Entry(file, worker, nowMillis));
        return Optional.of(file);
    }

    /** A worker tells that it is at work on a plan. */
    void heard(long planId, String worker, long nowMillis) {
        for (Entry entry : of(planId)) {
            if (entry.worker.equals(worker)) {
                entry.heardMillis = nowMillis;
            }
        }
    }

    /** A worker has ended its work on a plan: whatever it had begun is finished, or left. */
    void left(long planId, String worker) {
        for (Entry entry : of(planId)) {
            if (entry.worker.equals(worker)) {
                entry.isLeft = true;
            }
        }
    }

    /** What a plan wanted is stored, as a version of that id. */
    Change stored(long planId, String fileId) {
        List<String> gone = new ArrayList<>(1);
        Entry ended = byId.get(fileId);
        if (ended != null) {
            remove(ended);
            finished.add(fileId);
            gone.add(fileId);
        }
        List<BegunFile> stored = new ArrayList<>(0);
        for (Entry entry : of(planId)) {
            if (!entry.file.isStored()) {
                entry.file = entry.file.stored();
                stored.add(entry.file);
            }
        }
        return new Change(stored, gone);
    }

    int size() {
        return byId.size();
    }

    /** Those that nobody wants and nobody can be at work on: their workers have said so, or nothing since that time. */
    List<BegunFile> unwanted(Predicate<BegunFile> isUnwanted, long silentSinceMillis) {
        return byId.values().stream()
                .filter(entry -> isUnwanted.test(entry.file))
                .filter(entry -> entry.isLeft || entry.heardMillis <= silentSinceMillis)
                .map(entry -> entry.file)
                .toList();
    }

    /** Whether one that nobody wants may turn out to have no worker: it was heard of between those times, not later. */
    boolean isAnyInDoubt(Predicate<BegunFile> isUnwanted, long silentSinceMillis, long askedMillis) {
        return byId.values().stream()
                .anyMatch(entry -> isUnwanted.test(entry.file)
                        && !entry.isLeft
                        && entry.heardMillis > silentSinceMillis
                        && entry.heardMillis <= askedMillis);
    }
}
