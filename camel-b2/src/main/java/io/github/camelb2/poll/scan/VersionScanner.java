// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.IncludeVersions;
import io.github.camelb2.client.model.file.FilePage;
import io.github.camelb2.client.model.file.FileVersion;

/**
 * Walks through all versions of a bucket in the order of B2's listing, again and again: one walk is a sweep.
 *
 * <p>A page is asked for when its first entry is needed, and one page is held at a time. A page that cannot be read
 * leaves everything as it was: the next call asks for it again. Where the sweep is survives from poll to poll. Not
 * thread-safe.
 */
public final class VersionScanner {
    /** After this time the rest of a page is read anew, so that what it says is not too old. */
    private static final Duration PAGE_LIFE = Duration.ofMinutes(5);

    /** Asks B2 for one page of versions. */
    @FunctionalInterface
    public interface Pages {
        FilePage from(@Nullable String startFileName, @Nullable String startFileId);
    }

    /**
     * One version of the listing.
     *
     * @param isSuperseded whether a consumer of latest versions passes it over, because another version of its name is
     *     newer and wanted
     */
    public record Finding(FileVersion version, boolean isSuperseded) {}

    /** Where a sweep is; {@link #rewind} goes back there. */
    public record Mark(@Nullable SweepPlace last) {}

    /** What one sweep did. */
    public record Figures(long versions, long calls) {}

    private final Pages pages;
    private final boolean latestOnly;
    private final boolean hideMarkers;
    private final InstantSource clock;

    private Iterator<FileVersion> entries = Collections.emptyIterator();
    private @Nullable FileVersion ahead;
    private @Nullable String nextFileName;
    private @Nullable String nextFileId;
    private boolean underWay;
    private Instant readAt = Instant.EPOCH;

    private @Nullable SweepPlace last;
    private boolean isLastPassedOver;
    private boolean isHiddenName;
    private @Nullable SweepPlace resumeAfter;

    private long versions;
    private long calls;
    private Figures lastSweep = new Figures(0, 0);

    public VersionScanner(Pages pages, IncludeVersions include, boolean hideMarkers, InstantSource clock) {
        this.pages = pages;
        this.latestOnly = include == IncludeVersions.latest;
        this.hideMarkers = hideMarkers;
        this.clock = clock;
    }

    /** The next version that is wanted or superseded; empty at the end of the sweep, after which the next sweep begins. */
    public Optional<Finding> next() {
        while (peek() != null) {
            FileVersion version = take();
            // A folder has no version, and an unfinished large file is none yet.
            if (version.representsFolder() || version.unfinished()) {
                continue;
            }
            boolean isOlder = latestOnly && isSameName(version, last) && !isLastPassedOver;
            isLastPassedOver = false;
            if (!isOlder) {
                // Nobody consumes the name while it is hidden, so that nothing supersedes what lies below.
                isHiddenName = latestOnly && version.hides() && !hideMarkers;
            }
            last = SweepPlace.behind(version);
            if (!isHiddenName) {
                return Optional.of(new Finding(version, isOlder));
            }
        }
        endSweep();
        return Optional.empty();
    }

    /** The version last found is none that others are superseded by. */
    public void passOver() {
        isLastPassedOver = true;
    }

    /** Whether older versions of the name last found follow; they must be seen before the name is consumed. */
    public boolean isInsideName() {
        return latestOnly && last != null && isSameName(peek(), last);
    }

    public Mark mark() {
        return new Mark(last);
    }

    /** Goes on behind the mark with a new page. */
    public void rewind(Mark mark) {
        entries = Collections.emptyIterator();
        ahead = null;
        nextFileName = mark.last() == null ? null : mark.last().fileName();
        nextFileId = null;
        underWay = mark.last() != null;
        last = mark.last();
        isLastPassedOver = false;
        resumeAfter = mark.last();
        isHiddenName = false;
    }

    /** Reads the rest of an old page anew. Must not be called inside a name. */
    public void refresh() {
        boolean holdsEntries = ahead != null || entries.hasNext();
        if (holdsEntries && readAt.plus(PAGE_LIFE).isBefore(clock.instant())) {
            rewind(mark());
        }
    }

    /** What the last sweep that came to its end did. */
    public Figures lastSweep() {
        return lastSweep;
    }

    private void endSweep() {
        lastSweep = new Figures(versions, calls);
        versions = 0;
        calls = 0;
        rewind(new Mark(null));
    }

    private FileVersion take() {
        FileVersion version = peek();
        if (version == null) {
            throw new IllegalStateException("the sweep is at its end");
        }
        ahead = null;
        versions++;
        return version;
    }

    private @Nullable FileVersion peek() {
        while (ahead == null) {
            if (entries.hasNext()) {
                FileVersion entry = entries.next();
                ahead = isBehindResume(entry) ? entry : null;
            } else if (underWay && nextFileName == null) {
                return null;
            } else {
                read();
            }
        }
        return ahead;
    }

    private void read() {
        FilePage page = pages.from(nextFileName, nextFileId);
        calls++;
        entries = page.files().iterator();
        nextFileName = page.nextFileName();
        nextFileId = page.nextFileId();
        underWay = true;
        readAt = clock.instant();
    }

    /** Of the name that the sweep goes on in, only what is older than the version it came to; of others everything. */
    private boolean isBehindResume(FileVersion entry) {
        SweepPlace resume = resumeAfter;
        if (resume == null) {
            return true;
        }
        if (!isSameName(entry, resume)) {
            resumeAfter = null;
            return true;
        }
        return !latestOnly
                && entry.uploadTimestamp() <= resume.uploadTimestamp()
                && !entry.fileId().equals(resume.fileId());
    }

    private static boolean isSameName(@Nullable FileVersion one, @Nullable SweepPlace other) {
        return one != null && other != null && one.fileName().equals(other.fileName());
    }
}
