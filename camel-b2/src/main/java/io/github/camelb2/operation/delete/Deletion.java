// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.delete;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.OnlyVersions;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.file.FileRequests;
import io.github.camelb2.operation.file.VersionFilter;
import io.github.camelb2.operation.request.DeleteFilesReport;
import io.github.camelb2.operation.request.DeleteFilesReport.Outcome;
import io.github.camelb2.operation.request.DeleteFilesReport.Result;
import io.github.camelb2.operation.request.DeleteFilesRequest;
import io.github.camelb2.operation.request.DeleteFilesRequest.FileToDelete;
import io.github.camelb2.operation.step.OperationScope;

/**
 * One run of {@code deleteFiles}; used by one thread, which lists while others delete, at most {@code maxConcurrency} at
 * a time. Results are in the order of the files.
 */
final class Deletion implements AutoCloseable {
    private final DeleteFilesRequest request;
    private final OperationScope scope;
    private final VersionFilter filter;
    private final boolean onlyOld;
    private final Instant now;
    private final int atATime;
    private final ExecutorService workers;
    private final Deque<Future<Result>> underWay = new ArrayDeque<>();
    private final List<Result> results = new ArrayList<>();
    private final List<Result> failures = new ArrayList<>();
    /** The name that the listing is at; the empty one is none. */
    private String listed = "";

    private boolean isUnknownAbove;
    private long matched;
    private long deleted;
    private long failed;

    Deletion(DeleteFilesRequest request, OperationScope scope) {
        this.request = request;
        this.scope = scope;
        this.filter = VersionFilter.of(scope.options());
        this.onlyOld = scope.options().getOnlyVersions() == OnlyVersions.old;
        this.now = scope.now();
        this.atATime = scope.options().transferOptions().maxConcurrency();
        this.workers = Executors.newFixedThreadPool(atATime, work -> {
            Thread thread = new Thread(work, "b2-deleteFiles");
            thread.setDaemon(true);
            return thread;
        });
    }

    DeleteFilesReport run() {
        if (!request.dryRun()) {
            DeleteRights.check("deleteFiles", request.bucketId(), scope);
        }
        if (request.files() != null) {
            request.files().forEach(this::deleteFile);
        } else {
            deleteUnder(Objects.requireNonNull(request.prefix(), "prefix"));
        }
        while (!underWay.isEmpty()) {
            takeOldest();
        }
        return new DeleteFilesReport(matched, deleted, failed, request.dryRun(), results, failures);
    }

    private void deleteFile(FileToDelete file) {
        if (!filter.acceptsName(file.fileName())) {
            return;
        }
        String id = file.fileId();
        if (id != null) {
            deleteVersion(file.fileName(), id);
            return;
        }
        List<FileVersion> versions = scope.client().versionsOf(request.bucketId(), file.fileName(), scope.settings());
        if (versions.isEmpty()) {
            add(done(failure(file.fileName(), null, "there is no version of that name")));
        }
        // A message may order a name twice, and its newest version stays each time.
        listed = "";
        // The oldest first, so that none shows that was hidden by a newer one.
        List<FileVersion> wanted = new ArrayList<>();
        for (FileVersion version : versions) {
            if (!staysAsListed(version) && filter.accepts(version, now)) {
                wanted.add(0, version);
            }
        }
        wanted.forEach(version -> delete(version.fileName(), version.fileId()));
    }

    private void deleteVersion(String fileName, String id) {
        if (!onlyOld && !filter.needsVersion()) {
            delete(fileName, id);
            return;
        }
        try {
            FileVersion version = scope.call(GetFileInfo.of(id));
            if (!(onlyOld && staysInItsName(version)) && filter.accepts(version, now)) {
                delete(fileName, id);
            }
        } catch (B2Exception e) {
            add(done(failure(fileName, id, String.valueOf(e.getMessage()))));
        }
    }

    private boolean staysInItsName(FileVersion version) {
        listed = "";
        for (FileVersion one : scope.client().versionsOf(request.bucketId(), version.fileName(), scope.settings())) {
            boolean stays = staysAsListed(one);
            if (one.fileId().equals(version.fileId())) {
                return stays;
            }
        }
        return version.hasUnknownAction();
    }

    private void deleteUnder(String prefix) {
        ListFileVersions listing =
                ListFileVersions.of(request.bucketId()).withPrefix(prefix).withMaxFileCount(FileRequests.PAGE);
        Iterator<FileVersion> all = scope.client().listFileVersions(listing, scope.settings());
        while (all.hasNext()) {
            FileVersion version = all.next();
            // What is unfinished may be under way: cancelUnfinishedLargeFiles knows about its age.
            if (version.unfinished()) {
                continue;
            }
            if (!staysAsListed(version) && filter.accepts(version, now)) {
                delete(version.fileName(), version.fileId());
            }
        }
    }

    /**
     * Where only old versions go: the newest stays, and one that B2 calls by a word which nobody here knows stays with all
     * that lies below it. Asked of each version of a name in the order of the listing.
     */
    private boolean staysAsListed(FileVersion version) {
        boolean isNewest = !version.fileName().equals(listed);
        listed = version.fileName();
        isUnknownAbove = version.hasUnknownAction() || (isUnknownAbove && !isNewest);
        return onlyOld && (isNewest || isUnknownAbove);
    }

    private void delete(String fileName, String fileId) {
        matched++;
        if (request.dryRun()) {
            add(done(new Result(fileName, fileId, Outcome.WOULD_DELETE, null)));
        } else {
            add(workers.submit(() -> tryDeleting(fileName, fileId)));
        }
    }

    private void add(Future<Result> result) {
        underWay.add(result);
        if (underWay.size() > atATime) {
            takeOldest();
        }
    }

    private static Future<Result> done(Result result) {
        return CompletableFuture.completedFuture(result);
    }

    // One file that is locked, missing or refused is no reason to leave the others.
    private Result tryDeleting(String fileName, String fileId) {
        try {
            scope.call(new DeleteFileVersion(fileName, fileId, request.bypassGovernance()));
            return new Result(fileName, fileId, Outcome.DELETED, null);
        } catch (B2Exception e) {
            return failure(fileName, fileId, String.valueOf(e.getMessage()));
        }
    }

    private void takeOldest() {
        try {
            keep(underWay.remove().get());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RuntimeCamelException("deleteFiles was interrupted after " + deleted + " deletions", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("deleteFiles failed after " + deleted + " deletions", e.getCause());
        }
    }

    private static Result failure(String fileName, @Nullable String fileId, String reason) {
        return new Result(fileName, fileId, Outcome.FAILED, reason);
    }

    private void keep(Result result) {
        if (result.outcome() == Outcome.DELETED) {
            deleted++;
        } else if (result.outcome() == Outcome.FAILED) {
            failed++;
            if (failures.size() < DeleteFilesReport.MAX_RESULTS) {
                failures.add(result);
            }
        }
        if (results.size() < DeleteFilesReport.MAX_RESULTS) {
            results.add(result);
        }
    }

    /** What is under way ends; nothing more begins. */
    @Override
    public void close() {
        workers.shutdown();
    }
}
