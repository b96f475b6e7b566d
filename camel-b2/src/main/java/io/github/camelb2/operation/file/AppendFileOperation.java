// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.model.protection.EncryptionMode;
import io.github.camelb2.client.transfer.copy.Piece;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.operation.header.FileAttributes;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.AppendRequest;
import io.github.camelb2.operation.request.KeptAttributes;
import io.github.camelb2.operation.step.BucketNeed;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.operation.step.Reply;

/**
 * Stores a version that has the content of the current one and the message body behind it. What B2 has is copied there,
 * unless it is too short for a part of its own. A file that is not there, or is hidden, is stored anew.
 */
public final class AppendFileOperation implements Operation<AppendRequest, FileVersion> {
    @Override
    public Class<AppendRequest> requestType() {
        return AppendRequest.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.ID;
    }

    @Override
    public AppendRequest bind(Params params, OperationScope scope) {
        params.find(Inputs.UPLOAD_TIMESTAMP).ifPresent(time -> {
            throw params.wrong(Inputs.UPLOAD_TIMESTAMP, time, "what is appended becomes current now; remove it");
        });
        UploadSource content = BodySources.of(params.exchange(), OptionalLong.empty());
        return new AppendRequest(
                params.bucketId(),
                FileAttributes.file(params, content.lastModified()),
                content,
                FileRequests.kept(
                        params, FileAttributes.saidContentType(params), FileAttributes.info(params, Optional.empty())));
    }

    @Override
    public FileVersion run(AppendRequest request, OperationScope scope) {
        return new Succession("appendFile", request.bucketId(), request.file().fileName(), scope)
                .store(request.content().isReplayable(), (before, madeOf) -> append(request, before, madeOf, scope));
    }

    private static FileVersion append(
            AppendRequest request, Optional<FileVersion> before, String madeOf, OperationScope scope) {
        List<Piece> pieces = new ArrayList<>();
        before.filter(it -> it.contentLength() > 0)
                .ifPresent(it -> pieces.add(
                        new Piece.Remote(it.fileId(), null, request.attributes().toRead(it))));
        pieces.add(Piece.local(request.content()));
        UploadFile file = before.map(it -> like(it, request, scope)).orElseGet(request::file);
        Map<String, String> info = new LinkedHashMap<>(file.fileInfo());
        info.put(KeptAttributes.MADE_OF, madeOf);
        return scope.client().concatenate(file.withFileInfo(info), pieces, scope.transfers(), scope.settings());
    }

    /** What the version before had; its time and its SHA-1 were those of less content. */
    private static UploadFile like(FileVersion before, AppendRequest request, OperationScope scope) {
        KeptAttributes kept = request.attributes();
        Map<String, String> info = kept.fileInfo(before);
        info.remove(FileInfo.LARGE_FILE_SHA1);
        if (!kept.fileInfo().containsKey(FileInfo.SRC_LAST_MODIFIED_MILLIS)) {
            info.remove(FileInfo.SRC_LAST_MODIFIED_MILLIS);
        }
        UploadFile given = request.file();
        @Nullable Encryption encryption = encryption(before, given, kept);
        UploadFile file = UploadFile.of(String.valueOf(given.bucketName()), given.fileName())
                .withContentType(kept.contentType(before))
                .withFileInfo(info);
        file = encryption == null ? file : file.withServerSideEncryption(encryption);
        var retention = kept.fileRetention(before, scope.now());
        file = retention == null ? file : file.withFileRetention(retention);
        var hold = kept.legalHold(before);
        return hold == null ? file : file.withLegalHold(hold);
    }

    /** What the step says, and else as before; a key of the customer never gives way to one of B2. */
    private static @Nullable Encryption encryption(FileVersion before, UploadFile given, KeptAttributes kept) {
        Encryption said = given.serverSideEncryption();
        return said == null || before.isEncrypted(EncryptionMode.SSE_C) ? kept.toStore(before) : said;
    }

    @Override
    public void reply(FileVersion result, Reply reply) {
        reply.stored(reply.params().bucketNameOrEmpty(), result);
    }
}
