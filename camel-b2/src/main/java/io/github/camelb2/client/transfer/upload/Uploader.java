// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntToLongFunction;

import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.Digits;
import io.github.camelb2.client.model.file.FileInfo;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.Transfers;
import io.github.camelb2.client.transfer.local.FirstReading;
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
    private final ConnectionLimit connections;

    public Uploader(TransferTools tools, ContentSender sender, UnfinishedFiles unfinished) {
        this.tools = tools;
        this.sender = sender;
        this.unfinished = unfinished;
        this.connections = new ConnectionLimit(
                tools.clock(), () -> tools.transport().bandwidth().bytesPerSecond());
    }

    /** @see Transfers#upload */
    public FileVersion upload(UploadFile request, UploadSource source, TransferOptions options, CallSettings settings) {
        try (TransferProgress progress =
                tools.progress(request.fileName(), source.length().orElse(-1), settings)) {
            PartLimits limits = PartLimits.of(tools.login(settings));
            PartPlan.checkPartSize(options.partSize(), limits);
            UploadSource known = withGivenSha1(request, source);
            Upload upload = new Upload(request, "", known, limits, options, settings, progress);
            FileVersion stored = send(upload);
            progress.end();
            return stored;
        }
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

    private FileVersion send(Upload upload) {
        UploadSource source = upload.source();
        if (source.isReplayable()) {
            return sendReplayable(upload);
        }
        boolean mustBeRead = upload.options().largeFileSha1() == TransferOptions.LargeFileSha1.ALWAYS
                && source.sha1().isEmpty();
        return mustBeRead ? sendSpooled(upload) : sendStream(upload);
    }

    /** The source with the SHA-1 that its file information says it has: nothing is said that is not true of the bytes. */
    private static UploadSource withGivenSha1(UploadFile request, UploadSource source) {
        String said = request.fileInfo().get(FileInfo.LARGE_FILE_SHA1);
        if (said == null || !Digits.areSha1(said)) {
            return source;
        }
        Optional<String> known = source.sha1();
        if (known.isPresent() && !known.get().equalsIgnoreCase(said)) {
            throw LocalFailure.wrongSource(
                    source, "it was given the SHA-1 " + known.get() + ", and another large_file_sha1: " + said);
        }
        return known.isPresent() ? source : UploadSources.withSha1(source, said);
    }

    /** A stream that goes to disk as a whole first, because its SHA-1 has to be known before it is sent. */
    private FileVersion sendSpooled(Upload upload) {
        try (StreamCutter cutter = StreamCutter.open(
                upload.source(), tools.store(), upload.options().memory())) {
            Optional<SpooledPiece> all = cutter.next(Long.MAX_VALUE);
            if (all.isEmpty()) {
                return sendReplayable(upload.from(UploadSources.bytes(new byte[0])));
            }
            try (SpooledPiece piece = all.get()) {
                // One that is shorter than announced fails here.
                cutter.hasEnded();
                return sendReplayable(upload.from(piece.source()));
            }
        }
    }

    private FileVersion sendReplayable(Upload upload) {
        OptionalLong length = upload.source().length();
        if (length.isEmpty()) {
            throw LocalFailure.wrongSource(upload.source(), "a source that can be read again must know its length");
        }
        PartPlan plan = quickest(upload, plan(upload, length.getAsLong()));
        return plan.isLarge() ? sendParts(upload, plan) : inBucket(upload, it -> sendAlone(it, plan.length()));
    }

    private FileVersion sendParts(Upload upload, PartPlan plan) {
        try (FirstReading reading = new FirstReading(upload.source(), plan.parts(), tools.parts())) {
            // What is far away is not fetched before it is known that it must be.
            if (upload.isReadFirst() && upload.source().isLocal()) {
                reading.begin();
            }
            return inBucket(upload, it -> sendParts(it, plan, reading));
        }
    }

    /** What fits into one piece goes in parts where this client has seen that one connection is the limit. */
    private PartPlan quickest(Upload upload, PartPlan plan) {
        TransferOptions options = upload.options();
        boolean mayBeCut = !plan.isLarge()
                && options.partSize() == TransferOptions.AUTO
                && connections.holds(plan.length(), options.maxConcurrency())
                && upload.keepsItsSha1();
        return mayBeCut ? PartPlan.forParallelUpload(plan.length(), options.maxConcurrency(), upload.limits()) : plan;
    }

    private FileVersion sendParts(Upload upload, PartPlan plan, FirstReading reading) {
        try (ConnectionLimit.Sending sending = connections.begin()) {
            FileVersion stored = large(upload).send(plan, reading);
            sending.succeeded(plan.length(), ConnectionLimit.Way.IN_PARTS);
            return stored;
        }
    }

    private FileVersion sendAlone(Upload upload, long length) {
        try (ConnectionLimit.Sending sending = connections.begin()) {
            FileVersion stored = sendWhole(upload, upload.source(), length);
            sending.succeeded(length, ConnectionLimit.Way.WHOLE);
            return stored;
        }
    }

    /** A stream becomes a large file only if it goes on behind what would be its first part. */
    private FileVersion sendStream(Upload upload) {
        OptionalLong length = upload.source().length();
        IntToLongFunction parts = length.isPresent()
                ? StreamParts.of(plan(upload, length.getAsLong()))
                : StreamParts.growing(upload.options().partSize(), upload.limits());
        try (StreamCutter cutter = StreamCutter.open(
                upload.source(), tools.store(), upload.options().memory())) {
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
                upload.file(),
                upload.bucketId(),
                source,
                length,
                upload.options().lostUpload(),
                upload.progress(),
                upload.settings());
    }
}
