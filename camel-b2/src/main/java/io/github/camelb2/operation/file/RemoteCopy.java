// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.RemoteContent;
import io.github.camelb2.RemoteFileBody;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.MetadataDirective;
import io.github.camelb2.operation.request.UploadRequest;
import io.github.camelb2.operation.step.OperationScope;

/** Stores what is in B2 already, in the same account, without moving it through this machine. */
final class RemoteCopy {
    private RemoteCopy() {}

    /** Whether the content of the upload can be copied; B2 lets no copy have an upload timestamp of its own. */
    static boolean isPossible(UploadRequest request, OperationScope scope) {
        return request.content() instanceof RemoteFileBody.Source remote
                && remote.content().length() > 0
                && scope.isOurs(remote.content())
                && request.file().customUploadTimestamp() == null;
    }

    /** Of a request that {@link #isPossible}. */
    static FileVersion run(UploadRequest request, OperationScope scope) {
        RemoteFileBody.Source remote = (RemoteFileBody.Source) request.content();
        FileVersion copied = copied(remote.content(), request, scope);
        remote.wasCopied();
        return copied;
    }

    private static FileVersion copied(RemoteContent content, UploadRequest request, OperationScope scope) {
        content.giveUpUnread();
        UploadFile file = request.file();
        String name = file.bucketName();
        String bucketId = file.bucketId();
        if (bucketId != null || name == null) {
            return scope.copy(copy(content, file, bucketId));
        }
        return scope.client().inBucket(name, id -> scope.copy(copy(content, file, id)), scope.settings());
    }

    private static CopyFile copy(RemoteContent content, UploadFile file, @Nullable String bucketId) {
        String type = UploadFile.AUTO_CONTENT_TYPE.equals(file.contentType())
                ? content.version().contentType()
                : file.contentType();
        return new CopyFile(
                content.version().fileId(),
                file.fileName(),
                bucketId,
                content.range(),
                MetadataDirective.REPLACE,
                type,
                infoWithSha1(file.fileInfo(), content::version, content.range()),
                file.fileRetention(),
                file.legalHold(),
                content.encryption(),
                file.serverSideEncryption());
    }

    /**
     * The information of a copy, with the SHA-1 of the whole, which of a large file only the information of its source has.
     */
    static Map<String, String> infoWithSha1(
            Map<String, String> info, Supplier<FileVersion> source, @Nullable ByteRange range) {
        Map<String, String> all = new LinkedHashMap<>(info);
        String sha1 = range == null ? source.get().fileInfo().get(FileInfo.LARGE_FILE_SHA1) : null;
        if (sha1 != null) {
            all.put(FileInfo.LARGE_FILE_SHA1, sha1);
        }
        return all;
    }
}
