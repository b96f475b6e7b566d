package io.github.camelb2.operation.delete;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.model.FileId;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.operation.file.FileRequests;
import io.github.camelb2.operation.request.DeleteFilesReport;
import io.github.camelb2.operation.request.DeleteFilesReport.Outcome;
import io.github.camelb2.operation.request.DeleteFilesReport.Result;
import io.github.camelb2.operation.request.DeleteFilesRequest;
import io.github.camelb2.operation.request.DeleteFilesRequest.FileToDelete;
import io.github.camelb2.operation.step.OperationScope;

/** One run of {@code deleteFiles}; used by one thread. */
final class Deletion {
    private final DeleteFilesRequest request;
    private final OperationScope scope;
    private final List<Result> results = new ArrayList<>();
    private final List<Result> failures = new ArrayList<>();
    private long matched;
    private long deleted;
    private long failed;

    Deletion(DeleteFilesRequest request, OperationScope scope) {
        this.request = request;
        this.scope = scope;
    }

    DeleteFilesReport run() {
        if (request.files() != null) {
            request.files().forEach(this::deleteFile);
        } else {
            deleteUnder(Objects.requireNonNull(request.prefix(), "prefix"));
        }
        return new DeleteFilesReport(matched, deleted, failed, request.dryRun(), results, failures);
    }

    private void deleteFile(FileToDelete file) {
        if (file.fileId() != null) {
            delete(file.fileName(), file.fileId());
            return;
        }
        List<FileId> versions = DeleteAllFileVersionsOperation.versions(request.bucketId(), file.fileName(), scope);
        if (versions.isEmpty()) {
            fail(file.fileName(), null, "there is no version of that name");
        }
        versions.forEach(version -> delete(version.fileName(), version.fileId()));
    }

    private void deleteUnder(String prefix) {
        ListFileVersions listing =
                ListFileVersions.of(request.bucketId()).withPrefix(prefix).withMaxFileCount(FileRequests.PAGE);
        Iterator<FileVersion> all = scope.client().listFileVersions(listing, scope.settings());
        while (all.hasNext()) {
            FileVersion version = all.next();
            // What is unfinished may be under way: cancelUnfinishedLargeFiles knows about its age.
            if (!version.unfinished()) {
                delete(version.fileName(), version.fileId());
            }
        }
    }

    private void delete(String fileName, String fileId) {
        matched++;
        if (request.dryRun()) {
            keep(new Result(fileName, fileId, Outcome.WOULD_DELETE, null));
            return;
        }
        try {
            scope.call(new DeleteFileVersion(fileName, fileId, request.bypassGovernance()));
            deleted++;
            keep(new Result(fileName, fileId, Outcome.DELETED, null));
        } catch (B2UnauthorizedException e) {
            // The key may delete nothing: the rest would fail in the same way.
            throw e;
        } catch (B2Exception e) {
            fail(fileName, fileId, String.valueOf(e.getMessage()));
        }
    }

    private void fail(String fileName, @Nullable String fileId, String reason) {
        failed++;
        Result result = new Result(fileName, fileId, Outcome.FAILED, reason);
        keep(result);
        if (failures.size() < DeleteFilesReport.MAX_RESULTS) {
            failures.add(result);
        }
    }

    private void keep(Result result) {
        if (results.size() < DeleteFilesReport.MAX_RESULTS) {
            results.add(result);
        }
    }
}
