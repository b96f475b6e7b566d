// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.local.LocalFailure;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.operation.header.FileAttributes;
import io.github.camelb2.operation.header.Inputs;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.request.UploadRequest;
import io.github.camelb2.operation.step.BucketNeed;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;
import io.github.camelb2.operation.step.Reply;

/** Stores the message body as a file. */
public final class UploadFileOperation implements Operation<UploadRequest, Stored> {
    private static final Logger LOG = LoggerFactory.getLogger(UploadFileOperation.class);

    @Override
    public Class<UploadRequest> requestType() {
        return UploadRequest.class;
    }

    @Override
    public BucketNeed bucketNeed() {
        return BucketNeed.NAME;
    }

    @Override
    public UploadRequest bind(Params params, OperationScope scope) {
        Object body = params.exchange().getMessage().getBody();
        Optional<Path> localFile = BodySources.localFile(body);
        ConsumedFile.look(params.exchange(), localFile);
        UploadSource content = content(params);
        return new UploadRequest(
                FileAttributes.file(params, content.lastModified()),
                content,
                params.get(Inputs.CONTENT_MD5),
                scope.options().isDeleteAfterWrite() ? localFile.orElse(null) : null);
    }

    private static UploadSource content(Params params) {
        Long length = params.get(Inputs.CONTENT_LENGTH);
        UploadSource source =
                BodySources.of(params.exchange(), length == null ? OptionalLong.empty() : OptionalLong.of(length));
        if (length != null && source.length().orElse(length) != length) {
            throw new IllegalArgumentException("header " + B2Constants.CONTENT_LENGTH + " = " + length + ", but "
                    + source.describe() + " has " + source.length().orElse(0) + " bytes: remove the header");
        }
        String sha1 = params.get(Inputs.CONTENT_SHA1);
        return sha1 == null ? source : UploadSources.withSha1(source, sha1);
    }

    @Override
    public Stored run(UploadRequest request, OperationScope scope) {
        if (ExistingFile.isKept("uploadFile", request.file(), scope)) {
            return Stored.ignored(request.file().bucketName(), request.file().fileName());
        }
        FileVersion stored = request.contentMd5() == null && RemoteCopy.isPossible(request, scope)
                ? copy(request, scope)
                : upload(request, scope);
        checkMd5(request, stored, scope);
        delete(request);
        return Stored.of(request.file().bucketName(), stored);
    }

    private static FileVersion copy(UploadRequest request, OperationScope scope) {
        try {
            return RemoteCopy.run(request, scope);
        } catch (B2UnauthorizedException e) {
            // A key may be restricted to its own bucket; that of the other end reads the source, and this one writes.
            LOG.debug(
                    "The key may not copy {}; it is read and uploaded",
                    request.content().describe(),
                    e);
            return upload(request, scope);
        }
    }

    private static FileVersion upload(UploadRequest request, OperationScope scope) {
        UploadSource content = request.content();
        String md5 = request.contentMd5();
        if (md5 != null) {
            try {
                content = Md5Source.of(content, md5);
            } catch (IOException e) {
                throw LocalFailure.reading(request.content(), e);
            }
        }
        return scope.client().upload(request.file(), content, scope.transfers(), scope.settings());
    }

    // B2 takes no MD5 beforehand, so what it has stored under a wrong one is taken away again.
    private static void checkMd5(UploadRequest request, FileVersion stored, OperationScope scope) {
        String expected = request.contentMd5();
        String found = stored.contentMd5();
        if (expected == null || found == null || expected.equalsIgnoreCase(found)) {
            return;
        }
        B2ChecksumException failure = new B2ChecksumException(ErrorDetails.local(
                        "b2_upload_file",
                        request.file().subject(),
                        "the content has the MD5 " + found + ", not " + expected + "; the stored version was deleted")
                .withAdvice("check the header " + B2Constants.CONTENT_MD5));
        try {
            scope.call(DeleteFileVersion.of(stored.fileName(), stored.fileId()));
        } catch (B2Exception e) {
            failure.addSuppressed(e);
        }
        throw failure;
    }

    /** Only what is stored: a file may have been written to since its last byte was read, while B2 was finishing it. */
    private static void delete(UploadRequest request) {
        Path file = request.deleteAfterwards();
        if (file != null) {
            try {
                request.content().checkUnchanged();
            } catch (IOException e) {
                throw local(
                        "deleteAfterWrite",
                        "file " + file,
                        "what it was is stored, but it is not deleted: " + e.getMessage(),
                        e);
            }
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw local(
                        "deleteAfterWrite",
                        "file " + file,
                        "it is stored, but cannot be deleted: " + e.getMessage(),
                        e);
            }
        }
    }

    private static B2LocalContentException local(String call, String subject, String message, IOException cause) {
        return new B2LocalContentException(ErrorDetails.local(call, subject, message), cause);
    }

    @Override
    public void reply(Stored result, Reply reply) {
        if (result.describe(reply) && result.version() != null) {
            ConsumedFile.stored(reply.exchange(), result.version());
        }
    }
}
