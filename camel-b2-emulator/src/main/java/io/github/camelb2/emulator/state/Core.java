package io.github.camelb2.emulator.state;

import java.time.InstantSource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.store.ContentStore;
import io.github.camelb2.emulator.store.Journal;

/**
 * What all parts of an account share: the clock, the store, the journal, and the one lock (this object's monitor) that guards everything in
 * memory. The journal is written under that lock, because its order must be that of the changes.
 */
public final class Core {

    private final InstantSource clock;
    private final ContentStore store;
    private @Nullable Journal journal;
    private long lastSequence;

    public Core(InstantSource clock, ContentStore store) {
        this.clock = clock;
        this.store = store;
    }

    public long now() {
        return clock.millis();
    }

    public ContentStore store() {
        return store;
    }

    /** From now on changes are written down; before, they come from replay. */
    public synchronized void journal(Journal opened) {
        this.journal = opened;
    }

    public synchronized void log(ObjectNode entry) {
        if (journal != null) {
            journal.append(entry);
        }
    }

    public synchronized long nextSequence() {
        return ++lastSequence;
    }

    public synchronized void sequenceAtLeast(long used) {
        lastSequence = Math.max(lastSequence, used);
    }
}
