package io.github.camelb2.operation.file;

import java.util.Optional;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.model.Encryption;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.client.model.MetadataDirective;
import io.github.camelb2.operation.header.FileAttributes;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.operation.step.Reply;

/** Copies a version, or a range of it, within the account. */
public final class CopyFileOperation implements Operation<CopyFile, FileVersion> {
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
        return new CopyFile(
                sourceId(params, scope),
                name.orElseGet(params::fileName),
                bucket.map(it -> scope.client().bucketId(it, scope.settings())).orElse(null),
                params.range().orElse(null),
                replaces ? MetadataDirective.REPLACE : null,
                replaces ? FileAttributes.contentType(params) : null,
                replaces ? FileAttributes.info(params) : null,
                FileAttributes.retention(params).orElse(null),
                FileAttributes.legalHold(params).orElse(null),
                encryption.filter(Encryption.SseC.class::isInstance).orElse(null),
                encryption.orElse(null));
    }

    private static String sourceId(Params params, OperationScope scope) {
        return params.findFileId().orElseGet(() -> FileRequests.head(FileRequests.of(params), scope)
                .fileId());
    }

    @Override
    public FileVersion run(CopyFile request, OperationScope scope) {
        return scope.copy(request);
    }

    @Override
    public void reply(FileVersion result, Reply reply) {
        reply.produced(reply.params().destinationBucketName(), result);
    }
}
