// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.util.Map;
import java.util.Optional;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.MetadataDirective;
import io.github.camelb2.operation.header.FileAttributes;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.KeptAttributes;
import io.github.camelb2.operation.request.UpdateFileInfoRequest;
import io.github.camelb2.operation.step.BucketNeed;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.operation.step.Reply;

/** Changes type and information of a file: a copy of its current version upon itself, inside B2, whatever its size. */
public final class UpdateFileInfoOperation implements Operation<UpdateFileInfoRequest, FileVersion> {
    private static final String CALL = "updateFileInfo";

    @Override
    public Class<UpdateFileInfoRequest> requestType() {
        return UpdateFileInfoRequest.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID_OF_EXISTING;
    }

    @Override
    public UpdateFileInfoRequest bind(Params params, OperationScope scope) {
        Optional<String> type = FileAttributes.saidContentType(params);
        Map<String, String> info = FileAttributes.info(params, Optional.empty());
        if (type.isEmpty() && info.isEmpty()) {
            throw params.missing(
                    "something to change",
                    "the header " + B2Constants.FILE_INFO + " or " + B2Constants.CONTENT_TYPE + ", "
                            + B2Constants.CACHE_CONTROL + " and their like");
        }
        return new UpdateFileInfoRequest(
                params.bucketId(),
                params.fileName(),
                params.findFileId().orElse(null),
                FileRequests.kept(params, type, info));
    }

    @Override
    public FileVersion run(UpdateFileInfoRequest request, OperationScope scope) {
        return new Succession(CALL, request.bucketId(), request.fileName(), scope)
                .store(
                        request.fileId() == null,
                        (before, madeOf) ->
                                scope.copy(copy(request, before.orElseThrow(() -> absent(request)), scope)));
    }

    private static CopyFile copy(UpdateFileInfoRequest request, FileVersion before, OperationScope scope) {
        String wanted = request.fileId();
        if (wanted != null && !wanted.equals(before.fileId())) {
            throw new B2ConflictException(ErrorDetails.local(
                            CALL,
                            FileNames.quote(request.fileName()),
                            "version " + wanted + " is not the current one, which is " + before.fileId())
                    .withAdvice("say no file id to change the current one; copyFile makes an older one current"));
        }
        KeptAttributes kept = request.attributes();
        Map<String, String> info = kept.fileInfo(before);
        info.put(KeptAttributes.MADE_OF, before.fileId());
        return new CopyFile(
                before.fileId(),
                request.fileName(),
                request.bucketId(),
                null,
                MetadataDirective.REPLACE,
                kept.contentType(before),
                info,
                kept.fileRetention(before, scope.now()),
                kept.legalHold(before),
                kept.toRead(before),
                kept.toStore(before));
    }

    private static B2NotFoundException absent(UpdateFileInfoRequest request) {
        return new B2NotFoundException(new ErrorDetails(
                CALL,
                FileNames.quote(request.fileName()),
                404,
                "not_found",
                "there is no such file, or it is hidden",
                "check bucket and name",
                null));
    }

    @Override
    public void reply(FileVersion result, Reply reply) {
        reply.produced(reply.params().bucketNameOrEmpty(), result);
    }
}
