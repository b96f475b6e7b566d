package io.github.camelb2.client.transfer;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntToLongFunction;

import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.FileInfo;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.client.retry.CallSettings;

/**
 * Uploads files of any size and kind: decides between one piece and parts, and hands on to those who know how.
 * Thread-safe; blocks its caller, who sends parts himself.
 */
final class Uploader {
    private final TransferTools tools;
    private final AtomicLong transfers;
    private final ContentSender sender;
    private final UnfinishedFiles unfinished;

    Uploader(TransferTools tools, AtomicLong transfers) {
        this.tools = tools;
        this.transfers = transfers;
        this.sender = new ContentSender(tools);
        this.unfinished = new UnfinishedFiles(tools);
    }

    /** @see Transfers#upload */
    FileVersion upload(UploadFile request, UploadSource source, TransferOptions options, CallSettings settings) {
        String bucketId = bucketId(request, settings);
        UploadFile file = withKnownSha1(request, source);
        PartLimits limits = PartLimits.of(tools.session().login(settings));
        TransferProgress progress = new TransferProgress(
                tools.listenerFor(settings),
                tools.clock(),
                transfers.incrementAndGet(),
                file.fileName(),
                source.length().orElse(-1));
        Upload upload = new Upload(file, request, bucketId, source, limits, options, settings, progress);
        FileVersion stored = source.isReplayable() ? fromReplayable(upload) : fromStream(upload);
        progress.end();
        return stored;
    }

    private String bucketId(UploadFile request, CallSettings settings) {
        String id = request.bucketId();
        String name = request.bucketName();
        if (id != null) {
            return id;
        }
        if (name == null) {
            throw new IllegalArgumentException("an upload needs bucketName or bucketId");
        }
        return tools.session().bucketId(name, settings);
    }

    /** A large file has no SHA-1 of its own, but keeps one that is known before it is started. */
    private static UploadFile withKnownSha1(UploadFile request, UploadSource source) {
        Optional<String> sha1 = source.sha1();
        return sha1.isEmpty() || request.fileInfo().containsKey(FileInfo.LARGE_FILE_SHA1)
                ? request
                : request.withInfo(FileInfo.LARGE_FILE_SHA1, sha1.get());
    }

    private FileVersion fromReplayable(Upload upload) {
        OptionalLong length = upload.source().length();
        if (length.isEmpty()) {
            throw LocalFailure.wrongSource(upload.source(), "a source that can be read again must know its length");
        }
        PartPlan plan = plan(upload, length.getAsLong());
        if (!plan.isLarge()) {
            return sendWhole(upload, upload.source(), length.getAsLong());
        }
        return new LargeUpload(tools, sender, unfinished, upload).send(plan);
    }

    /** A stream becomes a large file only if it goes on behind what would be its first part. */
    private FileVersion fromStream(Upload upload) {
        OptionalLong length = upload.source().length();
        PartPlan.checkPartSize(upload.options().partSize(), upload.limits());
        IntToLongFunction parts = length.isPresent()
                ? StreamParts.of(plan(upload, length.getAsLong()))
                : StreamParts.growing(upload.options().partSize(), upload.limits());
        try (StreamCutter cutter = StreamCutter.open(upload.source(), tools.temporaryDirectory())) {
            Optional<SpooledPiece> first = cutter.next(parts.applyAsLong(1));
            if (first.isEmpty()) {
                return sendWhole(upload, UploadSources.bytes(new byte[0]), 0);
            }
            try (SpooledPiece piece = first.get()) {
                if (cutter.hasEnded()) {
                    return sendWhole(upload, withSha1Of(upload.source(), piece.source()), piece.length());
                }
                return new LargeUpload(tools, sender, unfinished, upload).send(cutter, parts, piece);
            }
        }
    }

    private static UploadSource withSha1Of(UploadSource stream, UploadSource piece) {
        return stream.sha1().map(sha1 -> UploadSources.withSha1(piece, sha1)).orElse(piece);
    }

    private static PartPlan plan(Upload upload, long length) {
        try {
            return PartPlan.forUpload(
                    length, upload.options().partSize(), upload.options().maxConcurrency(), upload.limits());
        } catch (IllegalArgumentException e) {
            throw new B2LocalContentException(
                    ErrorDetails.local("upload", upload.source().describe(), String.valueOf(e.getMessage())), e);
        }
    }

    private FileVersion sendWhole(Upload upload, UploadSource source, long length) {
        return sender.sendFile(
                upload.asSmallFile(), upload.bucketId(), source, length, upload.progress(), upload.settings());
    }

    /**
     * One upload.
     *
     * @param file what a large file is started with
     * @param asSmallFile what is sent with a file in one piece: without a SHA-1 of ours, because B2 computes its own
     */
    record Upload(
            UploadFile file,
            UploadFile asSmallFile,
            String bucketId,
            UploadSource source,
            PartLimits limits,
            TransferOptions options,
            CallSettings settings,
            TransferProgress progress) {}
}
