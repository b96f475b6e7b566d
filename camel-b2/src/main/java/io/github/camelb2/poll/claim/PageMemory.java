// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.github.camelb2.client.model.file.FileVersion;

/**
 * What the memory of a consumer says of the versions that one scan comes to, asked for page by page: one question for a
 * page of which everything is settled.
 *
 * <p>That a version is settled may be relied on. That it is not may be out of date, so whoever delivers it must ask the
 * memory itself once more when he has the claim. Not thread-safe.
 */
public final class PageMemory {
    /** What a sweep keeps in mind of the repository, in keys. */
    private static final int CAPACITY = 1_000_000;

    private final VersionMemory memory;
    private final PagedRepository paged;
    private final VersionMemory known;
    private final OwnFiles own;
    private final boolean hasNotes;

    private PageMemory(VersionMemory memory, OwnFiles own, boolean hasNotes, int capacity) {
        this.memory = memory;
        this.paged = new PagedRepository(memory.repository(), capacity);
        this.known = memory.through(paged);
        this.own = own;
        this.hasNotes = hasNotes;
    }

    /**
     * For a scan that comes to the same versions again and again.
     *
     * @param hasNotes whether anything is done with a version after its reading, which a note may say is not done yet
     */
    public static PageMemory ofSweep(VersionMemory memory, OwnFiles own, boolean hasNotes) {
        return new PageMemory(memory, own, hasNotes, CAPACITY);
    }

    /** For a scan that comes to each version once. */
    public static PageMemory ofLook(VersionMemory memory, OwnFiles own, boolean hasNotes) {
        return new PageMemory(memory, own, hasNotes, 0);
    }

    /** Asks what is known of the versions of the page that the scan comes to now. */
    public void turnTo(List<FileVersion> versions) {
        paged.turnPage();
        if (paged.isInMemory()) {
            return;
        }
        paged.ask(keys(versions, known::settledKeysOf));
        if (!paged.isBulk()) {
            // Asked one by one when their turn comes, if they are not known from an earlier sweep.
            paged.ask(keys(versions, own::keysOf));
            return;
        }
        List<FileVersion> settled = new ArrayList<>();
        List<FileVersion> others = new ArrayList<>();
        versions.forEach(it -> (known.isSettled(it) ? settled : others).add(it));
        paged.ask(keys(others, own::keysOf));
        if (hasNotes) {
            paged.askAnew(keys(settled, it -> Set.of(VersionMemory.noteOf(it))));
        }
    }

    private static Set<String> keys(Collection<FileVersion> versions, Function<FileVersion, Set<String>> keysOf) {
        Set<String> keys = new HashSet<>();
        versions.forEach(it -> keys.addAll(keysOf.apply(it)));
        return keys;
    }

    /** The scan begins from the front. */
    public void nextSweep() {
        paged.nextSweep();
    }

    public boolean isSettled(FileVersion version) {
        return known.isSettled(version);
    }

    /** Whether what comes after the reading may have begun and not ended; whoever does it asks the memory once more. */
    public boolean isAfterReadOpen(FileVersion version) {
        return hasNotes && (!paged.isBulk() || known.isAfterReadOpen(version));
    }

    /** Whether the consumer has stored the version itself; to be asked after {@link OwnFiles#isUnderWay}. */
    public boolean isOwn(FileVersion version) {
        // It may have been stored since the page was asked for.
        return own.isIn(known, version) || paged.isBulk() && own.isIn(memory, version);
    }

    /** Remembers that this one version is never to be delivered, whatever key it would have. */
    public void passOver(FileVersion version) {
        known.passOver(version);
    }
}
