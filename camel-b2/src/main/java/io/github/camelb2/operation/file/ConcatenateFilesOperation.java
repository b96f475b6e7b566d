// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import io.github.camelb2.RemoteContent;
import io.github.camelb2.RemoteFileBody;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.copy.Piece;
import io.github.camelb2.operation.header.FileAttributes;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.ConcatenateRequest;
import io.github.camelb2.operation.step.BucketNeed;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.operation.step.Reply;

/** Makes one file of pieces; those that B2 has are copied there. */
public final class ConcatenateFilesOperation implements Operation<ConcatenateRequest, Stored> {
    @Override
    public Class<ConcatenateRequest> requestType() {
        return ConcatenateRequest.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.NAME;
    }

    @Override
    public ConcatenateRequest bind(Params params, OperationScope scope) {
        List<Object> given = params.bodyList(
                Object.class,
                "its members are files of B2 (FileVersion, FileId, maps with fileId, downloaded bodies) or what uploadFile stores");
        return new ConcatenateRequest(
                FileAttributes.file(params, OptionalLong.empty()),
                given.stream().map(one -> piece(params, scope, one)).toList());
    }

    private static Piece piece(Params params, OperationScope scope, Object one) {
        if (one instanceof Piece piece) {
            return piece;
        }
        if (one instanceof FileVersion version) {
            return Piece.remote(version.fileId());
        }
        if (one instanceof FileId version) {
            return Piece.remote(version.fileId());
        }
        if (one instanceof Map<?, ?> map) {
            Object id = map.get("fileId");
            if (id == null) {
                throw new IllegalArgumentException("concatenateFiles: a map in the body must say its fileId");
            }
            return Piece.remote(id.toString());
        }
        if (one instanceof RemoteFileBody remote && scope.isOurs(remote.content())) {
            RemoteContent content = remote.content();
            return new Piece.Remote(content.version().fileId(), content.range(), content.encryption());
        }
        return Piece.local(BodySources.of(params.exchange(), one, OptionalLong.empty()));
    }

    @Override
    public Stored run(ConcatenateRequest request, OperationScope scope) {
        if (ExistingFile.isKept("concatenateFiles", request.file(), scope)) {
            return Stored.ignored(request.file().bucketName(), request.file().fileName());
        }
        FileVersion stored =
                scope.client().concatenate(request.file(), request.pieces(), scope.transfers(), scope.settings());
        return Stored.of(request.file().bucketName(), stored);
    }

    @Override
    public void reply(Stored result, Reply reply) {
        if (result.describe(reply)) {
            reply.body(result.version());
        }
    }
}
