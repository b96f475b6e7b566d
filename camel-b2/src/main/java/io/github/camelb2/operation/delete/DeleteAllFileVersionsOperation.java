package io.github.camelb2.operation.delete;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.model.FileId;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.operation.file.FileRequests;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.FileNameRequest;
import io.github.camelb2.operation.step.BucketNeed;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;

/**
 * Deletes all versions and hide markers of one name for ever, the oldest first, so that no older version shows in
 * between. The first failure ends it. Unfinished large files stay: they may be under way.
 */
public final class DeleteAllFileVersionsOperation implements Operation<FileNameRequest, List<FileId>> {
    @Override
    public Class<FileNameRequest> requestType() {
        return FileNameRequest.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID;
    }

    @Override
    public FileNameRequest bind(Params params, OperationScope scope) {
        return FileRequests.name(params);
    }

    @Override
    public List<FileId> run(FileNameRequest request, OperationScope scope) {
        List<FileId> versions = versions(request.bucketId(), request.fileName(), scope);
        for (FileId version : versions) {
            scope.call(new DeleteFileVersion(version.fileName(), version.fileId(), request.bypassGovernance()));
        }
        return versions;
    }

    /** The versions of a name, the oldest first. */
    static List<FileId> versions(String bucketId, String fileName, OperationScope scope) {
        ListFileVersions listing = ListFileVersions.of(bucketId)
                .withStartFileName(fileName)
                .withPrefix(fileName)
                .withMaxFileCount(FileRequests.PAGE);
        List<FileId> versions = new ArrayList<>();
        Iterator<FileVersion> all = scope.client().listFileVersions(listing, scope.settings());
        while (all.hasNext()) {
            FileVersion version = all.next();
            if (!version.fileName().equals(fileName)) {
                break;
            }
            if (!version.unfinished()) {
                versions.add(new FileId(version.fileId(), fileName));
            }
        }
        Collections.reverse(versions);
        return versions;
    }
}
