package io.github.camelb2.client.transfer.upload;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntToLongFunction;

import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.FileInfo;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.Transfers;
import io.github.camelb2.client.transfer.local.LocalFailure;
import io.github.camelb2.client.transfer.local.SpooledPiece;
import io.github.camelb2.client.transfer.local.StreamCutter;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.PartLimits;
import io.github.camelb2.client.transfer.plan.PartPlan;
import io.github.camelb2.client.transfer.plan.StreamParts;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.resume.UnfinishedFiles;
import io.github.camelb2.client.transfer.resume.Upload;
import io.github.camelb2.client.transfer.work.TransferProgress;
import io.github.camelb2.client.transfer.work.TransferTools;

/**
 * Uploads files of any size and kind: decides between one piece and parts, and hands on to those who know how.
 * Thread-safe; blocks its caller, who sends parts himself.
 */
public final class Uploader {
    private final TransferTools tools;
    private final ContentSender sender;
    private final UnfinishedFiles unfinished;

    public Uploader(TransferTools tools, ContentSender sender, UnfinishedFiles unfinished) {
        this.tools = tools;
        this.sender = sender;
        this.unfinished = unfinished;
    }

    /** @see Transfers#upload */
    public FileVersion upload(UploadFile request, UploadSource source, TransferOptions options, CallSettings settings) {
        TransferProgress progress =
                tools.progress(request.fileName(), source.length().orElse(-1), settings);
        PartLimits limits = PartLimits.of(tools.login(settings));
        PartPlan.checkPartSize(options.partSize(), limits);
        Upload upload =
                new Upload(withKnownSha1(request, source), request, "", source, limits, options, settings, progress);
        FileVersion stored = source.isReplayable() ? sendReplayable(upload) : sendStream(upload);
        progress.end();
        return stored;
    }

    /** Once more with the id that the bucket has now, where the one that was remembered is not valid any more. */
    private FileVersion inBucket(Upload upload, Function<Upload, FileVersion> send) {
        String id = upload.file().bucketId();
        if (id != null) {
            return send.apply(upload.toBucket(id));
        }
        String name = Objects.requireNonNull(upload.file().bucketName(), "bucketName");
        return tools.session().inBucket(name, known -> send.apply(upload.toBucket(known)), upload.settings());
    }

    /** A large file has no SHA-1 of its own, but keeps one that is known before it is started. */
    private static UploadFile withKnownSha1(UploadFile request, UploadSource source) {
        Optional<String> sha1 = source.sha1();
        return sha1.isEmpty() || request.fileInfo().containsKey(FileInfo.LARGE_FILE_SHA1)
                ? request
                : request.withInfo(FileInfo.LARGE_FILE_SHA1, sha1.get());
    }

    private FileVersion sendReplayable(Upload upload) {
        OptionalLong length = upload.source().length();
        if (length.isEmpty()) {
            throw LocalFailure.wrongSource(upload.source(), "a source that can be read again must know its length");
        }
        PartPlan plan = plan(upload, length.getAsLong());
        return inBucket(
                upload, it -> plan.isLarge() ? large(it).send(plan) : sendWhole(it, it.source(), plan.length()));
    }

    /** A stream becomes a large file only if it goes on behind what would be its first part. */
    private FileVersion sendStream(Upload upload) {
        OptionalLong length = upload.source().length();
        IntToLongFunction parts = length.isPresent()
                ? StreamParts.of(plan(upload, length.getAsLong()))
                : StreamParts.growing(upload.options().partSize(), upload.limits());
        try (StreamCutter cutter = StreamCutter.open(upload.source(), tools.temporaryDirectory())) {
            Optional<SpooledPiece> first = cutter.next(parts.applyAsLong(1));
            if (first.isEmpty()) {
                return inBucket(upload, it -> sendWhole(it, UploadSources.bytes(new byte[0]), 0));
            }
            try (SpooledPiece piece = first.get()) {
                return cutter.hasEnded()
                        ? inBucket(upload, it -> sendWhole(it, withSha1Of(it.source(), piece.source()), piece.length()))
                        : inBucket(upload, it -> large(it).send(cutter, parts, piece));
            }
        }
    }

    private LargeUpload large(Upload upload) {
        return new LargeUpload(tools, sender, unfinished, upload);
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
}
