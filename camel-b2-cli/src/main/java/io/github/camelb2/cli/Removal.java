// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.request.DeleteFilesReport;
import io.github.camelb2.operation.request.DeleteFilesReport.Outcome;
import io.github.camelb2.operation.request.DeleteFilesReport.Result;
import io.github.camelb2.operation.request.DeleteFilesRequest.FileToDelete;

/**
 * Hides or deletes what a listing finds, a batch at a time: memory does not grow with the listing, and a signal is heard
 * between two batches. Used by one thread.
 */
final class Removal {
    /** As many parts and ranges as an endpoint takes at a time. */
    static final int MOST_THREADS = 100;

    private static final int BATCH = 200;

    private final Session session;
    private final Screen screen;
    private final boolean json;
    private final int threads;
    private final boolean dryRun;
    private final BooleanSupplier isStopping;
    private long done;
    private long failed;
    private long unfinished;

    Removal(Session session, Screen screen, boolean json, int threads, boolean dryRun, BooleanSupplier isStopping) {
        this.session = session;
        this.screen = screen;
        this.json = json;
        this.threads = threads;
        this.dryRun = dryRun;
        this.isStopping = isStopping;
    }

    long done() {
        return done;
    }

    long failed() {
        return failed;
    }

    /** Large files that are not finished, which may be under way. */
    long unfinished() {
        return unfinished;
    }

    /** Deletes one version. */
    void version(B2Place what, Map<String, Object> governance) throws Exception {
        FileVersion found = session.request(
                        what.bucket(),
                        "getFileInfo",
                        Map.of(),
                        Map.of(B2Constants.OVERRIDE_FILE_ID, String.valueOf(what.fileId())),
                        "")
                .getMessage()
                .getBody(FileVersion.class);
        if (!dryRun) {
            Map<String, Object> headers = new HashMap<>(governance);
            headers.put(B2Constants.OVERRIDE_FILE_ID, found.fileId());
            headers.put(B2Constants.OVERRIDE_FILE_NAME, found.fileName());
            session.request(what.bucket(), "deleteFileVersion", Map.of(), headers, "");
        }
        tell(dryRun ? "would delete" : "delete", found.fileName(), found.fileId(), null);
    }

    /** Deletes all versions of a name, or of all names below it. */
    void versions(B2Place what, boolean recursive, Map<String, Object> governance) throws Exception {
        Iterator<FileVersion> listing = listing("listFileVersions", what, recursive);
        List<FileToDelete> batch = new ArrayList<>();
        while (!isStopping.getAsBoolean() && listing.hasNext()) {
            FileVersion version = listing.next();
            if (!recursive && !version.fileName().equals(what.path())) {
                break;
            }
            if (version.unfinished()) {
                unfinished++;
            } else {
                batch.add(new FileToDelete(version.fileName(), version.fileId()));
            }
            if (batch.size() == BATCH) {
                delete(what.bucket(), batch, governance);
                batch.clear();
            }
        }
        if (!batch.isEmpty() && !isStopping.getAsBoolean()) {
            delete(what.bucket(), batch, governance);
        }
    }

    private void delete(String bucket, List<FileToDelete> batch, Map<String, Object> governance) throws Exception {
        Map<String, Object> headers = new HashMap<>(governance);
        headers.put(B2Constants.FILES_TO_DELETE, List.copyOf(batch));
        headers.put(B2Constants.DRY_RUN, dryRun);
        DeleteFilesReport report = session.request(
                        bucket, "deleteFiles", Map.of("maxConcurrency", threads), headers, "")
                .getMessage()
                .getBody(DeleteFilesReport.class);
        for (Result result : report.results()) {
            tell(
                    result.outcome() == Outcome.DELETED ? "delete" : "would delete",
                    result.fileName(),
                    result.fileId(),
                    result.outcome() == Outcome.FAILED ? String.valueOf(result.reason()) : null);
        }
    }

    /** Hides a name, or all names below it. */
    void names(B2Place what, boolean recursive) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            Iterator<FileVersion> listing = listing("listFileNames", what, recursive);
            List<String> batch = new ArrayList<>();
            while (!isStopping.getAsBoolean() && listing.hasNext()) {
                String name = listing.next().fileName();
                if (!recursive && !name.equals(what.path())) {
                    break;
                }
                batch.add(name);
                if (batch.size() == BATCH) {
                    hide(what.bucket(), batch, workers);
                    batch.clear();
                }
            }
            if (!batch.isEmpty() && !isStopping.getAsBoolean()) {
                hide(what.bucket(), batch, workers);
            }
        } finally {
            workers.shutdown();
        }
    }

    private void hide(String bucket, List<String> names, ExecutorService workers) throws Exception {
        List<Callable<@Nullable String>> calls = new ArrayList<>();
        for (String name : names) {
            calls.add(() -> dryRun ? null : hide(bucket, name));
        }
        Iterator<String> name = names.iterator();
        for (Future<@Nullable String> call : workers.invokeAll(calls)) {
            try {
                tell(dryRun ? "would hide" : "hide", name.next(), null, call.get());
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception failure ? failure : e;
            }
        }
    }

    /** Why it failed; null if it did not. */
    private @Nullable String hide(String bucket, String name) throws Exception {
        try {
            session.request(bucket, "hideFile", Map.of(), Map.of(B2Constants.OVERRIDE_FILE_NAME, name), "");
            return null;
        } catch (B2Exception e) {
            return String.valueOf(e.getMessage());
        }
    }

    @SuppressWarnings("unchecked")
    private Iterator<FileVersion> listing(String operation, B2Place what, boolean recursive) throws Exception {
        Map<String, Object> headers = new HashMap<>();
        headers.put(B2Constants.PREFIX, recursive ? what.prefix() : what.path());
        if (!recursive) {
            headers.put(B2Constants.MAX_FILE_COUNT, BATCH);
        }
        return session.request(what.bucket(), operation, Map.of(), headers, "")
                .getMessage()
                .getBody(Iterator.class);
    }

    private void tell(String event, String name, @Nullable String fileId, @Nullable String failure) {
        if (failure == null) {
            done++;
        } else {
            failed++;
        }
        if (json) {
            Map<String, @Nullable Object> members =
                    Json.members("event", failure == null ? event : "failed", "fileName", name);
            if (fileId != null) {
                members.put("fileId", fileId);
            }
            if (failure != null) {
                members.put("reason", failure);
            }
            screen.line(Json.line(members));
        } else if (failure == null) {
            screen.line(event + " " + name + (fileId == null ? "" : " (" + fileId + ")"));
        } else {
            screen.say("failed: " + name + ": " + failure);
        }
    }
}
