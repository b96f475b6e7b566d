// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.store.Cards;
import io.github.camelb2.emulator.store.Content;
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
    private @Nullable Cards cards;
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
    public synchronized void journal(Journal opened, Cards followers) {
        this.journal = opened;
        this.cards = followers;
    }

    /** Writes a change down; if that fails, the change must not be made. */
    public synchronized void log(ObjectNode entry) {
        if (journal != null && cards != null) {
            cards.follow(entry, journal.append(entry));
        }
    }

    /**
     * Writes down a change whose record names content. The content gets a header from which the record can be made again, and its place in the
     * store once the journal has the record.
     *
     * @param content what is to be kept
     * @param bucketName for the header: records know buckets by id
     * @param record the record for a content
     * @return the content with its card, if it needs one
     */
    public synchronized Content log(Content content, String bucketName, Function<Content, ObjectNode> record) {
        if (journal == null) {
            return content;
        }
        try {
            Content prepared = store.prepare(content, named -> header(bucketName, record.apply(named)));
            boolean logged = false;
            try {
                log(record.apply(prepared));
                logged = true;
            } finally {
                if (!logged) {
                    store.dropCard(content, prepared);
                }
            }
            store.publish(prepared);
            return prepared;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write content: " + e.getMessage(), e);
        }
    }

    /** What is written behind the bytes of a content. */
    public static ObjectNode header(String bucketName, ObjectNode record) {
        ObjectNode header = JsonNodeFactory.instance.objectNode().put("bucketName", bucketName);
        return header.set("record", record);
    }

    public synchronized long nextSequence() {
        return ++lastSequence;
    }

    /** The highest number that was given out. */
    public synchronized long lastSequence() {
        return lastSequence;
    }

    public synchronized void sequenceAtLeast(long used) {
        lastSequence = Math.max(lastSequence, used);
    }
}
