// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * A repository as one scan sees it: it is asked once for the keys of a page, and not again for what it is known to hold.
 *
 * <p>What is settled stays settled, so that a key that was found needs no second question; but somebody may take keys
 * away, to have files delivered again. That is why in each sweep a part of what is known is asked for anew: everything
 * where that takes {@link #ANEW_BULK} keys or fewer, so that only a larger bucket hears of it later than with its next
 * sweep. That a key is missing is known for the page only, and never enough to act on: somebody else may have added it
 * since. A repository in this JVM's memory is asked each time, which is how it tells what is still in use. Not
 * thread-safe.
 */
final class PagedRepository implements IdempotentRepository {
    static final int ANEW_BULK = 100_000;
    static final int ANEW_SINGLE = 1000;

    private final IdempotentRepository repository;
    private final boolean isInMemory;
    private final KnownKeys known;
    private final int anew;
    private final Set<String> present = new HashSet<>();
    private final Set<String> missing = new HashSet<>();
    private long sweep;

    /** @param capacity how many keys of earlier pages are kept in mind at most */
    PagedRepository(IdempotentRepository repository, int capacity) {
        this.repository = repository;
        this.isInMemory = repository instanceof RecentKeys || repository instanceof MemoryIdempotentRepository;
        this.known = new KnownKeys(capacity);
        this.anew = isBulk() ? ANEW_BULK : ANEW_SINGLE;
    }

    boolean isBulk() {
        return repository instanceof BulkRepository;
    }

    boolean isInMemory() {
        return isInMemory;
    }

    /** The next keys are those of another page. */
    void turnPage() {
        present.clear();
        missing.clear();
    }

    /** The next page is the first one of another sweep. */
    void nextSweep() {
        sweep++;
    }

    /** Asks for keys that stay where they are. */
    void ask(Collection<String> keys) {
        Set<String> unknown = new HashSet<>();
        for (String key : keys) {
            if (known.isTrusted(key, sweep, anew)) {
                present.add(key);
            } else {
                unknown.add(key);
            }
        }
        askAnew(unknown);
        unknown.stream().filter(present::contains).forEach(known::add);
        if (unknown.stream().anyMatch(it -> missing.contains(it) && known.contains(it))) {
            // Somebody takes keys away. What else has gone is asked for as its page comes.
            known.clear();
        }
    }

    /** Asks for keys that may be taken away at any time. Does nothing where keys are asked for one by one. */
    void askAnew(Collection<String> keys) {
        if (repository instanceof BulkRepository bulk && !keys.isEmpty()) {
            Set<String> found = bulk.containedOf(keys);
            keys.forEach(key -> (found.contains(key) ? present : missing).add(key));
        }
    }

    /** Whether the key is there, by the question for this page if there was one. */
    @Override
    public boolean contains(String key) {
        if (present.contains(key)) {
            return true;
        }
        if (missing.contains(key)) {
            return false;
        }
        boolean isThere = repository.contains(key);
        if (!isInMemory) {
            learn(key, isThere);
        }
        return isThere;
    }

    private void learn(String key, boolean isThere) {
        if (isThere) {
            present.add(key);
            known.add(key);
        } else if (known.contains(key)) {
            known.clear();
        }
    }

    @Override
    public boolean add(String key) {
        if (present.contains(key)) {
            return false;
        }
        boolean isNew = repository.add(key);
        missing.remove(key);
        return isNew;
    }

    @Override
    public boolean remove(String key) {
        present.remove(key);
        return repository.remove(key);
    }

    @Override
    public boolean confirm(String key) {
        return repository.confirm(key);
    }

    @Override
    public void clear() {
        turnPage();
        known.clear();
        repository.clear();
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}
}
