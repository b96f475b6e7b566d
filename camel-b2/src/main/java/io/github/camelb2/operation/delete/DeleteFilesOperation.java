// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.delete;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.DeleteFilesReport;
import io.github.camelb2.operation.request.DeleteFilesRequest;
import io.github.camelb2.operation.request.DeleteFilesRequest.FileToDelete;
import io.github.camelb2.operation.step.BucketNeed;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;

/** Deletes many files for ever and says of each what became of it; one failure does not end it. */
public final class DeleteFilesOperation implements Operation<DeleteFilesRequest, DeleteFilesReport> {
    @Override
    public Class<DeleteFilesRequest> requestType() {
        return DeleteFilesRequest.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID_OF_EXISTING;
    }

    @Override
    public DeleteFilesRequest bind(Params params, OperationScope scope) {
        Optional<List<FileToDelete>> files =
                params.findList(Inputs.FILES_TO_DELETE, Object.class).map(given -> toDelete(params, given));
        Optional<String> prefix = params.find(Inputs.PREFIX);
        if (files.isEmpty() && prefix.isEmpty()) {
            throw params.missing(
                    "files",
                    "the header " + B2Constants.FILES_TO_DELETE + ", or, to delete all under it, "
                            + Inputs.PREFIX.whereToSet());
        }
        return new DeleteFilesRequest(
                params.bucketId(),
                files.orElse(null),
                files.isPresent() ? null : prefix.orElse(null),
                params.find(Inputs.DRY_RUN).orElse(false),
                params.find(Inputs.BYPASS_GOVERNANCE).orElse(null));
    }

    private static List<FileToDelete> toDelete(Params params, List<Object> given) {
        List<FileToDelete> files = new ArrayList<>();
        for (Object one : given) {
            files.add(toDelete(params, one));
        }
        return files;
    }

    private static FileToDelete toDelete(Params params, Object one) {
        if (one instanceof FileToDelete file) {
            return file;
        }
        if (one instanceof String name) {
            return new FileToDelete(name, null);
        }
        if (one instanceof FileId version) {
            return new FileToDelete(version.fileName(), version.fileId());
        }
        if (one instanceof FileVersion version) {
            return new FileToDelete(version.fileName(), version.fileId());
        }
        if (one instanceof Map<?, ?> map && map.get("fileName") != null) {
            Object id = map.get("fileId");
            return new FileToDelete(String.valueOf(map.get("fileName")), id == null ? null : String.valueOf(id));
        }
        if (one instanceof Map.Entry<?, ?> pair) {
            return new FileToDelete(String.valueOf(pair.getKey()), String.valueOf(pair.getValue()));
        }
        if (one instanceof Collection<?> pair && pair.size() == 2) {
            List<Object> both = new ArrayList<>(pair);
            return new FileToDelete(String.valueOf(both.get(0)), String.valueOf(both.get(1)));
        }
        throw params.wrong(
                Inputs.FILES_TO_DELETE,
                one.getClass().getName(),
                "each member must be a name, a FileId or FileVersion, a list of a name and a file id, or a map with fileName and fileId");
    }

    @Override
    public DeleteFilesReport run(DeleteFilesRequest request, OperationScope scope) {
        try (Deletion deletion = new Deletion(request, scope)) {
            return deletion.run();
        }
    }
}
