// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.io.IOException;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.ContentSha1;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.TrackRenames;
import io.github.camelb2.sync.plan.spool.LineSort;

/**
 * Finds which files of the source that came are ones that vanished from it, when both scans have ended: both kinds are sorted
 * by what makes them the same, outside of the heap, and read side by side. Local files are read only where one of their size
 * vanished. Used by one thread.
 */
final class Renames {
    /**
     * A file that came.
     *
     * @param seenMillis when the destination was looked at
     * @param action     what stores it as a copy of one that vanished; null where it is none
     */
    record Arrived(ScanItem.LocalFile file, long seenMillis, SyncAction.@Nullable Rename action) {}

    private static final String SEPARATOR = "\t";

    private final TrackRenames mode;
    private final ContentSha1 sha1;
    private final UnaryOperator<String> marks;
    private final ContentFilter goneSizes = ContentFilter.ofSizes();
    private final LineSort gone;
    private final LineSort arrived;
    private final LineSort keyed;
    private boolean holdsAny;

    private @Nullable Iterator<String> toKey;
    private @Nullable Join join;

    Renames(TrackRenames mode, Supplier<LineSort> sorts, ContentSha1 sha1, UnaryOperator<String> marks) {
        this.mode = mode;
        this.sha1 = sha1;
        this.marks = marks;
        this.gone = sorts.get();
        this.arrived = sorts.get();
        this.keyed = sorts.get();
    }

    /** Keeps a file back that only the source has; false for one that is planned at once. */
    boolean hold(ScanItem.SyncFile from, long seenMillis) {
        if (mode == TrackRenames.OFF || from.size() == 0 || !(from instanceof ScanItem.LocalFile)) {
            return false;
        }
        holdsAny = true;
        arrived.add(line(from.path(), from.size(), from.modifiedMillis(), seenMillis));
        return true;
    }

    /** Only the destination has it. */
    void vanished(ScanItem.SyncFile file) {
        if (mode == TrackRenames.OFF || !(file instanceof ScanItem.RemoteFile remote) || !remote.isVisible()) {
            return;
        }
        RemoteVersion version = remote.newest();
        boolean isKnown = mode == TrackRenames.SIZE_AND_TIME || !version.sha1().isEmpty();
        if (isKnown && version.size() > 0) {
            goneSizes.add(version.size(), 0);
            String key =
                    key(version.size(), mode == TrackRenames.SHA1 ? version.sha1() : time(version.modifiedMillis()));
            gone.add(line(key, file.path(), version.fileId()));
        }
    }

    private static String line(Object... fields) {
        StringBuilder line = new StringBuilder();
        for (Object field : fields) {
            line.append(line.isEmpty() ? "" : SEPARATOR).append(field);
        }
        return line.toString();
    }

    private static String key(long size, String what) {
        return size + ":" + what;
    }

    private static String time(long millis) {
        return String.valueOf(millis);
    }

    /** Whether {@link #next} may have more. */
    boolean hasNext() {
        return holdsAny && (join == null || join.hasNext());
    }

    /** Takes one step; empty where that has decided nothing yet. */
    Optional<Arrived> next() {
        if (toKey == null) {
            toKey = arrived.sorted();
        }
        if (toKey.hasNext()) {
            return keyNext(toKey.next().split(SEPARATOR));
        }
        if (join == null) {
            join = new Join(gone.sorted(), keyed.sorted());
        }
        return join.hasNext() ? Optional.of(join.next()) : Optional.empty();
    }

    private Optional<Arrived> keyNext(String[] fields) {
        ScanItem.LocalFile file =
                new ScanItem.LocalFile(fields[0], Long.parseLong(fields[1]), Long.parseLong(fields[2]));
        long seen = Long.parseLong(fields[3]);
        if (!goneSizes.mayContain(file.size(), 0)) {
            return Optional.of(new Arrived(file, seen, null));
        }
        String mark = "";
        String what = time(file.modifiedMillis());
        if (mode == TrackRenames.SHA1) {
            try {
                // First: what takes the file's place from now on has another.
                mark = marks.apply(file.path());
                what = sha1.of(file);
            } catch (IOException e) {
                // Its upload fails as well, and says why.
                return Optional.of(new Arrived(file, seen, null));
            }
        }
        keyed.add(line(key(file.size(), what), file.path(), file.size(), file.modifiedMillis(), seen, mark));
        return Optional.empty();
    }

    void close() {
        gone.close();
        arrived.close();
        keyed.close();
    }

    /** Reads both sorted kinds side by side. */
    private final class Join implements Iterator<Arrived> {
        private final Iterator<String> goneLines;
        private final Iterator<String> arrivedLines;
        private String @Nullable [] goneHead;
        private String @Nullable [] head;
        private String key = "";
        /** One of those that vanished with the key, and how many there are. */
        private String @Nullable [] match;

        private long matches;
        private long arrivals;

        Join(Iterator<String> goneLines, Iterator<String> arrivedLines) {
            this.goneLines = goneLines;
            this.arrivedLines = arrivedLines;
            this.goneHead = read(goneLines);
            this.head = read(arrivedLines);
        }

        private static String @Nullable [] read(Iterator<String> lines) {
            return lines.hasNext() ? lines.next().split(SEPARATOR, -1) : null;
        }

        @Override
        public boolean hasNext() {
            return head != null;
        }

        @Override
        public Arrived next() {
            String[] now = Objects.requireNonNull(head);
            head = read(arrivedLines);
            if (!now[0].equals(key)) {
                find(now[0]);
            }
            arrivals++;
            boolean isAlone = arrivals == 1 && matches == 1 && (head == null || !head[0].equals(key));
            boolean isSame = match != null && (mode == TrackRenames.SHA1 || isAlone);
            ScanItem.LocalFile file = new ScanItem.LocalFile(now[1], Long.parseLong(now[2]), Long.parseLong(now[3]));
            return new Arrived(file, Long.parseLong(now[4]), isSame ? rename(file, now) : null);
        }

        private SyncAction.Rename rename(ScanItem.LocalFile file, String[] fields) {
            String[] from = Objects.requireNonNull(match);
            return new SyncAction.Rename(
                    file.path(),
                    from[1],
                    from[2],
                    file.size(),
                    file.modifiedMillis(),
                    mode == TrackRenames.SHA1 ? key.substring(key.indexOf(':') + 1) : "",
                    fields[5]);
        }

        private void find(String wanted) {
            key = wanted;
            match = null;
            matches = 0;
            arrivals = 0;
            while (goneHead != null && goneHead[0].compareTo(wanted) <= 0) {
                if (goneHead[0].equals(wanted)) {
                    match = match == null ? goneHead : match;
                    matches++;
                }
                goneHead = read(goneLines);
            }
        }
    }
}
