// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.copy;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.GetFileInfo;
import io.github.camelb2.client.call.LargeFileCalls.UploadPart;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.ByteRange;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.file.MetadataDirective;
import io.github.camelb2.client.model.protection.Encryption;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.Transfers;
import io.github.camelb2.client.transfer.download.DownloadStream;
import io.github.camelb2.client.transfer.local.SpooledPiece;
import io.github.camelb2.client.transfer.local.StreamCutter;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.PartLimits;
import io.github.camelb2.client.transfer.plan.PartPlan;
import io.github.camelb2.client.transfer.plan.Slice;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.resume.LargeFile;
import io.github.camelb2.client.transfer.resume.UploadClaims;
import io.github.camelb2.client.transfer.upload.ContentSender;
import io.github.camelb2.client.transfer.work.TransferProgress;
import io.github.camelb2.client.transfer.work.TransferTools;

/**
 * Puts a file together from pieces of this machine and pieces that B2 has, which are copied inside B2 where they are
 * long enough. Thread-safe; blocks its caller.
 */
public final class Concatenator {
    private final TransferTools tools;
    private final ContentSender sender;
    private final UploadClaims claims;

    public Concatenator(TransferTools tools, ContentSender sender, UploadClaims claims) {
        this.tools = tools;
        this.sender = sender;
        this.claims = claims;
    }

    /** @see Transfers#concatenate */
    public FileVersion concatenate(
            UploadFile request, List<Piece> pieces, TransferOptions options, CallSettings settings) {
        PartLimits limits = limits(options, settings);
        List<SpooledPiece> spooled = new ArrayList<>();
        try {
            List<EmergePlan.Fragment> fragments = new ArrayList<>();
            for (Piece piece : pieces) {
                fragments.add(fragment(piece, spooled, options, settings));
            }
            Job job = new Job(request, EmergePlan.of(fragments, limits), options, settings);
            String id = request.bucketId();
            return id != null
                    ? put(job, id)
                    : tools.session()
                            .inBucket(
                                    Objects.requireNonNull(request.bucketName(), "bucketName"),
                                    known -> put(job, known),
                                    settings);
        } finally {
            spooled.forEach(SpooledPiece::close);
        }
    }

    private PartLimits limits(TransferOptions options, CallSettings settings) {
        PartLimits limits = PartLimits.of(tools.login(settings));
        PartPlan.checkPartSize(options.partSize(), limits);
        return options.partSize() == TransferOptions.AUTO ? limits : limits.withRecommended(options.partSize());
    }

    private EmergePlan.Fragment fragment(
            Piece piece, List<SpooledPiece> spooled, TransferOptions options, CallSettings settings) {
        if (piece instanceof Piece.Local local) {
            UploadSource source =
                    local.source().isReplayable() ? local.source() : spool(local.source(), spooled, options);
            return new EmergePlan.Fragment(
                    Piece.local(source), 0, source.length().orElseThrow());
        }
        Piece.Remote remote = (Piece.Remote) piece;
        ByteRange range = remote.range();
        if (range != null && range.end() != null) {
            return new EmergePlan.Fragment(remote, range.start(), range.end() - range.start() + 1);
        }
        long all = tools.call(GetFileInfo.of(remote.fileId()), settings).contentLength();
        long start = range == null ? 0 : range.start();
        return new EmergePlan.Fragment(remote, start, Math.max(0, all - start));
    }

    private UploadSource spool(UploadSource stream, List<SpooledPiece> spooled, TransferOptions options) {
        OptionalLong length = stream.length();
        try (StreamCutter cutter = StreamCutter.open(stream, tools.store(), options.memory())) {
            Optional<SpooledPiece> all = cutter.next(length.isPresent() ? length.getAsLong() + 1 : Long.MAX_VALUE);
            all.ifPresent(spooled::add);
            // One that is longer than announced has failed by now; this fails one that is shorter.
            cutter.hasEnded();
            return all.map(SpooledPiece::source).orElseGet(() -> UploadSources.bytes(new byte[0]));
        }
    }

    private FileVersion put(Job job, String bucketId) {
        try (TransferProgress progress = tools.progress(job.request().fileName(), job.length(), job.settings())) {
            FileVersion version =
                    job.parts().size() > 1 ? putParts(job, bucketId, progress) : putWhole(job, bucketId, progress);
            progress.end();
            return version;
        }
    }

    private FileVersion putWhole(Job job, String bucketId, TransferProgress progress) {
        if (job.parts().isEmpty()) {
            return sender.sendFile(
                    job.request(),
                    bucketId,
                    UploadSources.bytes(new byte[0]),
                    0,
                    job.options().lostUpload(),
                    progress,
                    job.settings());
        }
        EmergePlan.EmergedPart only = job.parts().get(0);
        if (only.way() == EmergePlan.EmergedPart.Way.SENT) {
            return sender.sendFile(
                    job.request(),
                    bucketId,
                    source(only, job),
                    only.length(),
                    job.options().lostUpload(),
                    progress,
                    job.settings());
        }
        EmergePlan.Fragment fragment = only.fragments().get(0);
        Piece.Remote remote = (Piece.Remote) fragment.piece();
        UploadFile request = job.request();
        CopyFile copy = new CopyFile(
                remote.fileId(),
                request.fileName(),
                bucketId,
                remote.range() == null ? null : range(fragment),
                MetadataDirective.REPLACE,
                request.contentType(),
                request.fileInfo(),
                request.fileRetention(),
                request.legalHold(),
                remote.encryption(),
                request.serverSideEncryption());
        FileVersion copied = tools.call(copy, job.settings());
        progress.add(only.length());
        return copied;
    }

    private FileVersion putParts(Job job, String bucketId, TransferProgress progress) {
        LargeFile.Terms terms = new LargeFile.Terms(
                job.request().subject(), LargeFile.Origin.STARTED, LargeFile.Afterwards.CANCEL, job.settings());
        LargeFile file = LargeFile.start(tools, claims, job.request().toStartLargeFile(bucketId), terms);
        try {
            return file.complete(() -> bring(job, file.id(), progress));
        } finally {
            sender.forget(file.id());
        }
    }

    private List<String> bring(Job job, String largeFileId, TransferProgress progress) throws InterruptedException {
        Map<Integer, String> stored = new ConcurrentSkipListMap<>();
        AtomicInteger next = new AtomicInteger();
        tools.crew(job.options()).run(taken -> {
            int index = next.getAndIncrement();
            if (index >= job.parts().size()) {
                return false;
            }
            taken.run();
            stored.put(index + 1, bring(job, largeFileId, index + 1, progress));
            return true;
        });
        return new ArrayList<>(stored.values());
    }

    private String bring(Job job, String largeFileId, int number, TransferProgress progress) {
        EmergePlan.EmergedPart part = job.parts().get(number - 1);
        Encryption encryption = job.request().serverSideEncryption();
        if (part.way() == EmergePlan.EmergedPart.Way.SENT) {
            UploadPart upload = new UploadPart(largeFileId, number, encryption);
            Slice whole = new Slice(number, 0, part.length());
            return sender.sendPart(upload, source(part, job), whole, progress, job.settings());
        }
        EmergePlan.Fragment fragment = part.fragments().get(0);
        Piece.Remote remote = (Piece.Remote) fragment.piece();
        Slice slice = new Slice(number, fragment.offset(), fragment.length());
        String sha1 = tools.call(
                        Copier.part(largeFileId, remote.fileId(), slice, remote.encryption(), encryption),
                        job.settings())
                .contentSha1();
        progress.add(part.length());
        return sha1;
    }

    private UploadSource source(EmergePlan.EmergedPart part, Job job) {
        return new FragmentsSource(part.fragments(), fragment -> open(fragment, job.settings()));
    }

    private InputStream open(EmergePlan.Fragment fragment, CallSettings settings) {
        Piece.Remote remote = (Piece.Remote) fragment.piece();
        DownloadFile request = DownloadFile.byId(remote.fileId()).withRange(range(fragment));
        @Nullable Encryption key = remote.encryption();
        return DownloadStream.open(
                tools,
                key == null ? request : request.withServerSideEncryption(key),
                TransferOptions.DEFAULT,
                settings);
    }

    private static ByteRange range(EmergePlan.Fragment fragment) {
        return ByteRange.of(fragment.offset(), fragment.offset() + fragment.length() - 1);
    }

    /** One file to be put together. */
    private record Job(
            UploadFile request, List<EmergePlan.EmergedPart> parts, TransferOptions options, CallSettings settings) {
        long length() {
            return parts.stream().mapToLong(EmergePlan.EmergedPart::length).sum();
        }
    }
}
