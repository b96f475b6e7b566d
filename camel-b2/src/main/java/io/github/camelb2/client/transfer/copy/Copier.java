// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.copy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.LargeFileCalls.CopyPart;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.MetadataDirective;
import io.github.camelb2.client.model.large.Part;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.Transfers;
import io.github.camelb2.client.transfer.plan.PartLimits;
import io.github.camelb2.client.transfer.plan.PartPlan;
import io.github.camelb2.client.transfer.plan.Slice;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.resume.LargeFile;
import io.github.camelb2.client.transfer.resume.UploadClaims;
import io.github.camelb2.client.transfer.work.TransferProgress;
import io.github.camelb2.client.transfer.work.TransferTools;

/**
 * Copies files of any size inside B2: in one call, or, where B2 says that this is too big for it, as a large file whose
 * parts are copied in parallel. Thread-safe; blocks its caller.
 */
public final class Copier {
    private static final String TOO_BIG = "source_too_large";

    private final TransferTools tools;
    private final UploadClaims claims;

    public Copier(TransferTools tools, UploadClaims claims) {
        this.tools = tools;
        this.claims = claims;
    }

    /** @see Transfers#copy */
    public FileVersion copy(CopyFile request, TransferOptions options, CallSettings settings) {
        try {
            return tools.call(request, settings);
        } catch (B2Exception e) {
            if (!e.code().equals(TOO_BIG)) {
                throw e;
            }
            return copyParts(request, options, settings);
        }
    }

    private FileVersion copyParts(CopyFile request, TransferOptions options, CallSettings settings) {
        FileVersion source = tools.call(GetFileInfo.of(request.sourceFileId()), settings);
        ByteRange range = request.range();
        long start = range == null ? 0 : range.start();
        long length = range == null ? source.contentLength() : range.lengthWithin(source.contentLength());
        PartLimits limits = PartLimits.of(tools.login(settings));
        PartPlan plan = PartPlan.forCopy(length, options.partSize(), options.maxConcurrency(), limits);
        LargeFile.Terms terms =
                new LargeFile.Terms(request.subject(), LargeFile.Origin.STARTED, LargeFile.Afterwards.CANCEL, settings);
        try (TransferProgress progress = tools.progress(request.fileName(), length, settings)) {
            LargeFile file = LargeFile.start(tools, claims, start(request, source), terms);
            FileVersion copy = file.complete(() -> {
                List<Slice> parts = plan.parts().stream()
                        .map(part -> new Slice(part.number(), part.offset() + start, part.length()))
                        .toList();
                return copyParts(file.id(), request, parts, options, settings, progress);
            });
            progress.end();
            return copy;
        }
    }

    private List<String> copyParts(
            String largeFileId,
            CopyFile request,
            List<Slice> parts,
            TransferOptions options,
            CallSettings settings,
            TransferProgress progress)
            throws InterruptedException {
        Map<Integer, String> copied = new ConcurrentSkipListMap<>();
        Iterator<Slice> next = parts.iterator();
        tools.crew(options).run(taken -> {
            Slice slice;
            synchronized (next) {
                if (!next.hasNext()) {
                    return false;
                }
                slice = next.next();
            }
            taken.run();
            Part part = tools.call(
                    part(
                            largeFileId,
                            request.sourceFileId(),
                            slice,
                            request.sourceServerSideEncryption(),
                            request.destinationServerSideEncryption()),
                    settings);
            copied.put(slice.number(), part.contentSha1());
            progress.add(slice.length());
            return true;
        });
        return new ArrayList<>(copied.values());
    }

    /** One part of a large file from another file; B2 wants to know again of customer keys only. */
    static CopyPart part(
            String largeFileId,
            String sourceFileId,
            Slice slice,
            @Nullable Encryption source,
            @Nullable Encryption destination) {
        CopyPart part = CopyPart.of(sourceFileId, largeFileId, slice.number())
                .withRange(ByteRange.of(slice.offset(), slice.end() - 1));
        if (source instanceof Encryption.SseC) {
            part = part.withSourceServerSideEncryption(source);
        }
        return destination instanceof Encryption.SseC ? part.withDestinationServerSideEncryption(destination) : part;
    }

    /** The beginning of a large file with what the copy is to have: that of the source, or what the request says. */
    private static StartLargeFile start(CopyFile request, FileVersion source) {
        boolean replaces = MetadataDirective.REPLACE.equals(request.metadataDirective());
        String bucketId = Objects.requireNonNullElse(request.destinationBucketId(), source.bucketId());
        String contentType = Objects.requireNonNullElse(request.contentType(), source.contentType());
        Map<String, String> info =
                replaces ? Objects.requireNonNullElse(request.fileInfo(), Map.of()) : keptInfo(request, source);
        return new StartLargeFile(
                bucketId,
                request.fileName(),
                contentType,
                info,
                request.destinationServerSideEncryption(),
                request.fileRetention(),
                request.legalHold(),
                null);
    }

    /** The SHA-1 of the whole stays with a whole copy, also one that B2 knew itself, and goes from a part of it. */
    private static Map<String, String> keptInfo(CopyFile request, FileVersion source) {
        Map<String, String> info = new HashMap<>(source.fileInfo());
        if (request.range() == null) {
            source.knownSha1().ifPresent(sha1 -> info.putIfAbsent(FileInfo.LARGE_FILE_SHA1, sha1));
        } else {
            info.remove(FileInfo.LARGE_FILE_SHA1);
        }
        return info;
    }
}
