// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.delete;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.model.file.CurrentVersions;
import io.github.camelb2.client.model.file.CurrentVersions.Standing;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.file.FileRequests;
import io.github.camelb2.operation.file.VersionFilter;
import io.github.camelb2.operation.request.CleanUpReport;
import io.github.camelb2.operation.request.CleanUpRequest;
import io.github.camelb2.operation.step.OperationScope;

/**
 * One run of {@code cleanUp}; used by one thread, which lists while others delete, at most {@code maxConcurrency} at a
 * time. One page of the listing is in memory, however long the chain of versions of a name is.
 *
 * <p>The age of a version counts from when it was replaced, so that whatever was current within that time can still be
 * had. What the name shows now is never removed: before each version goes, it is looked whether what lies above it is
 * still there. A hide marker goes when nothing is left below it that it could hide. A version that B2 calls by a word
 * which nobody here knows stays, with all that lies below it.
 */
final class CleanUp implements AutoCloseable {
    private static final Instant NOW_AND_LATER = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** More markers of one name than that wait for the next run. */
    private static final int MOST_MARKERS = 1_000;

    private final CleanUpRequest request;
    private final OperationScope scope;
    private final VersionFilter filter;
    private final Instant now;
    private final Instant limit;
    private final UnfinishedCleanUp unfinishedFiles;
    private final int atATime;
    private final ExecutorService workers;
    private final Deque<Future<Removal>> underWay = new ArrayDeque<>();

    /** Of the name that the listing is at: what it shows, what was before this version, and whether one could not go. */
    private @Nullable FileVersion shown;

    private @Nullable FileVersion newer;
    private boolean isSomethingLeft;
    /** Whether the name has one that nobody here knows: it may be about what lies below it. */
    private boolean isUnknownAbove;

    private final Deque<FileVersion> markers = new ArrayDeque<>();

    private final List<FileId> removed = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long seen;
    private long versions;
    private long bytes;
    private long hideMarkers;
    private long unfinished;
    private long spared;
    private long failed;

    /** What became of one that was to go; with the reason if it failed. */
    private record Removal(FileVersion version, End end, String reason) {}

    private enum End {
        REMOVED,
        SPARED,
        FAILED
    }

    CleanUp(CleanUpRequest request, OperationScope scope) {
        this.request = request;
        this.scope = scope;
        this.filter = VersionFilter.of(scope.options());
        this.now = scope.now();
        this.limit = now.minus(request.olderThan());
        this.unfinishedFiles = new UnfinishedCleanUp(request, scope, now);
        this.atATime = scope.options().transferOptions().maxConcurrency();
        this.workers = Executors.newFixedThreadPool(atATime, work -> {
            Thread thread = new Thread(work, "b2-cleanUp");
            thread.setDaemon(true);
            return thread;
        });
    }

    CleanUpReport run() {
        if (!request.dryRun()) {
            DeleteRights.check("cleanUp", request.bucketId(), scope);
        }
        ListFileVersions listing =
                new ListFileVersions(request.bucketId(), null, null, FileRequests.PAGE, request.prefix(), null);
        Iterator<FileVersion> all = scope.client().listFileVersions(listing, scope.settings());
        CurrentVersions current = new CurrentVersions(NOW_AND_LATER);
        while (all.hasNext()) {
            FileVersion version = all.next();
            seen++;
            consider(version, current.of(version));
        }
        endName();
        drain();
        return new CleanUpReport(
                request.dryRun(), seen, versions, bytes, hideMarkers, unfinished, spared, failed, removed, failures);
    }

    private void consider(FileVersion version, Standing standing) {
        if (standing == Standing.NO_VERSION) {
            if (version.unfinished() && isOld(version.uploadTimestamp()) && filter.accepts(version, now)) {
                begin(version, () -> cancelled(version));
            }
        } else if (standing == Standing.CURRENT) {
            endName();
            shown = version;
            newer = version;
            isUnknownAbove = version.hasUnknownAction();
        } else {
            isUnknownAbove |= version.hasUnknownAction();
            replaced(version);
            newer = version;
        }
    }

    private boolean isOld(long timestamp) {
        return timestamp <= limit.toEpochMilli();
    }

    private void replaced(FileVersion version) {
        FileVersion successor = newer;
        FileVersion top = shown;
        if (successor == null
                || top == null
                || isUnknownAbove
                || !isOld(successor.uploadTimestamp())
                || !filter.accepts(version, now)) {
            if (!version.hides()) {
                // What lies above it may have to hide it again.
                spared += markers.size();
                markers.clear();
            }
            return;
        }
        if (!version.hides()) {
            begin(version, () -> deleted(version, top));
        } else if (markers.size() < MOST_MARKERS) {
            markers.addLast(version);
        } else {
            spared++;
        }
    }

    /** The markers of the name go when all below them has gone, the oldest first. */
    private void endName() {
        FileVersion top = shown;
        if (top != null && !markers.isEmpty()) {
            drain();
            while (!markers.isEmpty()) {
                FileVersion marker = markers.removeLast();
                if (isSomethingLeft) {
                    spared++;
                } else {
                    begin(marker, () -> deleted(marker, top));
                    drain();
                }
            }
        }
        markers.clear();
        isSomethingLeft = false;
        shown = null;
        newer = null;
    }

    /** Removes one; the answer says how that ended, or the exception does. */
    @FunctionalInterface
    private interface Work {
        End run();
    }

    private void begin(FileVersion version, Work work) {
        underWay.add(workers.submit(() -> {
            try {
                return new Removal(version, work.run(), "");
            } catch (B2Exception e) {
                // One that is locked or refused is no reason to leave the others.
                return new Removal(version, End.FAILED, String.valueOf(e.getMessage()));
            }
        }));
        if (underWay.size() > atATime) {
            takeOldest();
        }
    }

    private End deleted(FileVersion version, FileVersion top) {
        if (request.dryRun()) {
            return End.REMOVED;
        }
        try {
            scope.call(GetFileInfo.of(top.fileId()));
        } catch (B2NotFoundException e) {
            // Somebody has deleted what the name showed: now it may show this one.
            return End.SPARED;
        }
        try {
            scope.call(new DeleteFileVersion(version.fileName(), version.fileId(), request.bypassGovernance()));
            return End.REMOVED;
        } catch (B2NotFoundException e) {
            // Somebody else was faster.
            return End.SPARED;
        }
    }

    private End cancelled(FileVersion file) {
        boolean isToGo = request.dryRun() ? !unfinishedFiles.isToStay(file) : unfinishedFiles.cancel(file);
        return isToGo ? End.REMOVED : End.SPARED;
    }

    private void drain() {
        while (!underWay.isEmpty()) {
            takeOldest();
        }
    }

    private void takeOldest() {
        try {
            keep(underWay.remove().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeCamelException("cleanUp was interrupted after " + versions + " versions", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cleanUp failed after " + versions + " versions", e.getCause());
        }
    }

    private void keep(Removal removal) {
        FileVersion version = removal.version();
        if (removal.end() == End.REMOVED) {
            count(version);
            if (removed.size() < CleanUpReport.MAX_NAMED) {
                removed.add(new FileId(version.fileId(), version.fileName()));
            }
            return;
        }
        // Where it is of a name before, or lies above all markers, some stay until the next run that need not.
        isSomethingLeft |= version.hasContent();
        if (removal.end() == End.SPARED) {
            spared++;
            return;
        }
        failed++;
        if (failures.size() < CleanUpReport.MAX_NAMED) {
            failures.add(FileNames.quote(version.fileName()) + " " + version.fileId() + ": " + removal.reason());
        }
    }

    private void count(FileVersion version) {
        if (version.unfinished()) {
            unfinished++;
        } else if (version.hides()) {
            hideMarkers++;
        } else {
            versions++;
            bytes += version.contentLength();
        }
    }

    /** What is under way ends; nothing more begins. */
    @Override
    public void close() {
        workers.shutdown();
    }
}
