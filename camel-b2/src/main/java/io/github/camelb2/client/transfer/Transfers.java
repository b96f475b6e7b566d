// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import io.github.camelb2.client.call.DownloadFile;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.call.VersionsOfName;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.copy.Concatenator;
import io.github.camelb2.client.transfer.copy.Copier;
import io.github.camelb2.client.transfer.copy.Piece;
import io.github.camelb2.client.transfer.download.DownloadStream;
import io.github.camelb2.client.transfer.download.DownloadedTo;
import io.github.camelb2.client.transfer.download.FileDownload;
import io.github.camelb2.client.transfer.local.LocalStore;
import io.github.camelb2.client.transfer.local.PrivateDirectory;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.resume.LargeFile;
import io.github.camelb2.client.transfer.resume.UnfinishedFiles;
import io.github.camelb2.client.transfer.upload.ContentSender;
import io.github.camelb2.client.transfer.upload.GrowingFile;
import io.github.camelb2.client.transfer.upload.Uploader;
import io.github.camelb2.client.transfer.work.Session;
import io.github.camelb2.client.transfer.work.TransferState;
import io.github.camelb2.client.transfer.work.TransferTools;

/**
 * Moves the content of files. Thread-safe; every method blocks its caller until the transfer has ended, and uses beside
 * the caller's thread those of the session's pool for parts.
 *
 * <p>An interrupt of the caller ends a transfer at once and fails it; the interrupt mark stays set.
 */
public final class Transfers {
    private final TransferTools tools;
    private final Uploader uploader;
    private final Copier copier;
    private final Concatenator concatenator;
    private final UnfinishedFiles unfinished;
    private final ContentSender sender;

    /**
     * @param temporaryDirectory holds pieces of streams while they are sent, and the marks of uploads under way; made
     *     when it is needed, and best shared by all processes of this user
     */
    public Transfers(Session session, Path temporaryDirectory) {
        this.tools = new TransferTools(session, new LocalStore(temporaryDirectory, session.clock()));
        this.sender = new ContentSender(tools);
        this.unfinished = new UnfinishedFiles(tools);
        this.uploader = new Uploader(tools, sender, unfinished);
        this.copier = new Copier(tools, unfinished.claims());
        this.concatenator = new Concatenator(tools, sender, unfinished.claims());
    }

    /** The directory that all processes of this user share by default. */
    public static Path defaultTemporaryDirectory() {
        return PrivateDirectory.ofUser();
    }

    /**
     * Uploads a file of any size: in one piece, or as a large file in parallel parts. It is read once and hashed as it
     * goes by, and B2 stores it only if it received that hash.
     *
     * @return the version that B2 stored
     * @throws io.github.camelb2.client.api.B2LocalContentException if the source cannot be read, or changed while it was
     *     read: nothing is stored, and nothing stays unfinished
     * @throws io.github.camelb2.client.api.B2Exception if B2 refused, or the time for retrying was over; what is
     *     unfinished then is found by the next upload of the same file if {@link TransferOptions#resume} says so
     * @throws IllegalArgumentException if the part size is beyond what B2 takes
     */
    public FileVersion upload(UploadFile request, UploadSource source, TransferOptions options, CallSettings settings) {
        return uploader.upload(request, source, options, settings);
    }

    /** Starts a large file that grows part by part; the caller finishes it, or leaves it to go on with it later. */
    public GrowingFile startGrowing(UploadFile request, String bucketId, CallSettings settings) {
        LargeFile file = LargeFile.start(
                tools,
                unfinished.claims(),
                request.toStartLargeFile(bucketId),
                GrowingFile.terms(request, LargeFile.Origin.STARTED, settings));
        return new GrowingFile(tools, sender, file, request, settings);
    }

    /** Goes on with such a file, of which the caller knows the id and the parts; B2 is not asked yet. */
    public GrowingFile goOnGrowing(UploadFile request, String bucketId, String fileId, CallSettings settings) {
        LargeFile file = LargeFile.goOn(
                tools,
                unfinished.claims(),
                new VersionsOfName(bucketId, request.fileName()),
                fileId,
                GrowingFile.terms(request, LargeFile.Origin.LEFT_HERE, settings));
        return new GrowingFile(tools, sender, file, request, settings);
    }

    /**
     * Opens a file, or a range of it, for reading; the caller closes the stream. Only the wait for the headers is over
     * when it returns.
     */
    public DownloadStream open(DownloadFile request, TransferOptions options, CallSettings settings) {
        return DownloadStream.open(tools, request, options, settings);
    }

    /** Opens the rest of what a closed stream had still to give; see {@link DownloadStream#goOn}. */
    public DownloadStream goOn(
            DownloadStream before, DownloadFile request, TransferOptions options, CallSettings settings)
            throws IOException {
        return DownloadStream.goOn(before, tools, request, options, settings);
    }

    /**
     * Downloads a file, or a range of it, to disk, large ones by parallel ranges. The target is replaced in one step
     * when the content is complete and checked, and has the modification time of its source; until then it stays as it
     * is. Whole files are checked against their SHA-1 where one is known.
     *
     * @param target where the version that B2 answers with goes
     * @return the version that was downloaded, and where it is
     * @throws io.github.camelb2.client.api.B2LocalContentException if it cannot be written; nothing is left of it
     * @throws io.github.camelb2.client.api.B2Exception if B2 refused, the content arrived damaged, or the time for
     *     retrying was over; nothing is left of it
     */
    public DownloadedTo download(
            DownloadFile request, Function<FileVersion, Path> target, TransferOptions options, CallSettings settings) {
        return new FileDownload(tools, request, target, options, settings).run();
    }

    /**
     * Copies a version, or a range of it, of any size inside B2. What is over 5 GB becomes a large file of parts copied
     * in parallel, with the metadata that the request asks for, also that of the source; it is started for that and
     * cancelled when it fails.
     *
     * @return the copy
     */
    public FileVersion copy(CopyFile request, TransferOptions options, CallSettings settings) {
        return copier.copy(request, options, settings);
    }

    /**
     * Makes one file of pieces, one after the other. Pieces that B2 has are copied inside B2, unless they are too short
     * for a part of their own: these are downloaded and sent with their neighbours. One remote piece alone is copied in
     * one call. A large file that is started for it is cancelled when it fails.
     *
     * @return the version that B2 stored
     * @throws io.github.camelb2.client.api.B2LocalContentException if a local piece cannot be read or changed meanwhile
     */
    public FileVersion concatenate(
            UploadFile request, List<Piece> pieces, TransferOptions options, CallSettings settings) {
        return concatenator.concatenate(request, pieces, options, settings);
    }

    /** Whether an upload of this machine works on that large file, or may go on with it. */
    public boolean isClaimed(String bucketId, String fileName, String fileId) {
        return unfinished.isClaimed(bucketId, fileName, fileId);
    }

    /**
     * Cancels an unfinished large file that an upload of this machine which has ended left there, and no other one.
     *
     * @throws io.github.camelb2.client.api.B2Exception if B2 refuses that
     */
    public UnfinishedFiles.Leftover cancelLeft(String bucketId, String fileName, String fileId, CallSettings settings) {
        return unfinished.cancelLeft(bucketId, fileName, fileId, settings);
    }

    /** Cancels an unfinished large file that nobody wants; see {@link UnfinishedFiles#cancelUnclaimed}. */
    public boolean cancelUnclaimed(
            String bucketId, String fileName, String fileId, BooleanSupplier isAbandoned, CallSettings settings) {
        return unfinished.cancelUnclaimed(bucketId, fileName, fileId, isAbandoned, settings);
    }

    /** Cancels an unfinished large file that nobody works on any more; see {@link UnfinishedFiles#cancelUnwanted}. */
    public UnfinishedFiles.Leftover cancelUnwanted(
            String bucketId, String fileName, String fileId, CallSettings settings) {
        return unfinished.cancelUnwanted(bucketId, fileName, fileId, settings);
    }

    /** How many parts or ranges of a file are in flight now where that is left to the client. */
    public int tunedConcurrency() {
        return tools.tuner().target();
    }

    /** The transfers that have begun and not ended, the oldest first; the first thousand where there are more. */
    public List<TransferState> underWay() {
        return tools.transfersUnderWay();
    }

    /**
     * Interrupts the threads that upload, copy or concatenate a large file, and waits until each has cancelled its file
     * or left it for the next upload.
     *
     * @return whether all had ended before the wait was over
     */
    public boolean interruptLargeFiles(Duration wait) {
        return tools.largeFiles().interrupt(wait);
    }
}
