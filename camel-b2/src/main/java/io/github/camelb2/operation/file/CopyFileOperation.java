// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.util.Optional;
import java.util.function.Supplier;

import io.github.camelb2.B2Constants;
import io.github.camelb2.FileExist;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.MetadataDirective;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.operation.header.FileAttributes;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.operation.step.Reply;

/** Copies a version, or a range of it, within the account. */
public final class CopyFileOperation implements Operation<CopyFile, Stored> {
    @Override
    public Class<CopyFile> requestType() {
        return CopyFile.class;
    }

    @Override
    public CopyFile bind(Params params, OperationScope scope) {
        Optional<String> bucket = params.find(Inputs.DESTINATION_BUCKET_NAME);
        Optional<String> name = params.find(Inputs.DESTINATION_FILE_NAME);
        if (bucket.isEmpty() && name.isEmpty()) {
            throw params.missing(
                    "a destination",
                    "the header " + B2Constants.DESTINATION_FILE_NAME + " or " + B2Constants.DESTINATION_BUCKET_NAME);
        }
        boolean replaces = params.find(Inputs.METADATA_DIRECTIVE)
                .filter("REPLACE"::equalsIgnoreCase)
                .isPresent();
        Optional<Encryption> encryption = params.encryption();
        Optional<FileVersion> named =
                params.findFileId().isPresent() && scope.view().asOf().isEmpty()
                        ? Optional.empty()
                        : Optional.of(FileRequests.shown(FileRequests.of(params), scope));
        String sourceId = named.map(FileVersion::fileId).orElseGet(params::fileId);
        // The body may be of another file than the one that is copied.
        Optional<FileVersion> body =
                params.described().filter(file -> file.fileId().equals(sourceId));
        Optional<ByteRange> range = params.range();
        Supplier<FileVersion> known = () -> named.or(() -> body).orElseGet(() -> scope.call(GetFileInfo.of(sourceId)));
        return new CopyFile(
                sourceId,
                name.orElseGet(params::fileName),
                bucket.map(it -> scope.client().bucketId(it, scope.settings())).orElse(null),
                range.orElse(null),
                replaces ? MetadataDirective.REPLACE : null,
                replaces ? FileAttributes.contentType(params, body) : null,
                replaces ? RemoteCopy.infoWithSha1(FileAttributes.info(params, body), known, range.orElse(null)) : null,
                FileAttributes.retention(params).orElse(null),
                FileAttributes.legalHold(params).orElse(null),
                encryption.filter(Encryption.SseC.class::isInstance).orElse(null),
                encryption.orElse(null));
    }

    @Override
    public Stored run(CopyFile request, OperationScope scope) {
        return isKept(request, scope) ? Stored.ignored(null, request.fileName()) : Stored.of(null, scope.copy(request));
    }

    private static boolean isKept(CopyFile request, OperationScope scope) {
        if (scope.options().getFileExist() == FileExist.Override) {
            return false;
        }
        String id = request.destinationBucketId();
        return ExistingFile.isKept(
                "copyFile",
                id == null ? scope.call(GetFileInfo.of(request.sourceFileId())).bucketId() : id,
                request.fileName(),
                scope);
    }

    @Override
    public void reply(Stored result, Reply reply) {
        Stored named = new Stored(reply.params().destinationBucketName(), result.fileName(), result.version());
        if (named.describe(reply)) {
            reply.body(result.version());
        }
    }
}
