// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.util.List;
import java.util.OptionalLong;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.call.LargeFileCalls.UploadPart;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.plan.Slice;
import io.github.camelb2.client.transfer.resume.LargeFile;
import io.github.camelb2.client.transfer.work.TransferProgress;
import io.github.camelb2.client.transfer.work.TransferTools;

/**
 * A large file whose parts are stored one by one while its content comes into being, maybe over hours and restarts. Its
 * owner keeps what it needs to go on: the id, and the SHA-1 of each part. For one thread at a time.
 */
public final class GrowingFile {
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final TransferTools tools;
    private final ContentSender sender;
    private final LargeFile file;
    private final UploadFile request;
    private final CallSettings settings;

    public GrowingFile(
            TransferTools tools, ContentSender sender, LargeFile file, UploadFile request, CallSettings settings) {
        this.tools = tools;
        this.sender = sender;
        this.file = file;
        this.request = request;
        this.settings = settings;
        sender.watch(file.id());
    }

    /** What becomes of a large file that grows: only its owner knows when nobody needs it any more. */
    public static LargeFile.Terms terms(UploadFile request, LargeFile.Origin origin, CallSettings settings) {
        return new LargeFile.Terms(request.subject(), origin, LargeFile.Afterwards.KEEP, settings);
    }

    public String fileId() {
        return file.id();
    }

    /**
     * Stores a part; one that has this number already is replaced.
     *
     * @return its SHA-1
     */
    public String store(int number, UploadSource part) {
        OptionalLong length = part.length();
        TransferProgress progress = tools.progress(request.fileName(), length.orElse(-1), settings);
        String sha1 = sender.sendPart(
                new UploadPart(file.id(), number, request.serverSideEncryption()),
                part,
                new Slice(number, 0, length.orElseThrow()),
                progress,
                settings);
        progress.end();
        return sha1;
    }

    /** Makes a file of all parts, whose SHA-1s are in the order of their numbers. */
    public FileVersion finish(List<String> sha1s) {
        FileVersion stored = file.complete(() -> sha1s);
        sender.forget(file.id());
        return stored;
    }

    /**
     * Whether that failure says that this large file comes to nothing, so that the content has to be sent into another one:
     * somebody has cancelled it, its parts are not what its owner knows, or its vault takes no more.
     */
    public boolean isLostBy(B2Exception failure) {
        boolean isRefused = failure.status() == BAD_REQUEST || failure.status() == NOT_FOUND;
        return isRefused && !(failure instanceof B2LocalContentException) || sender.isClosed(file.id());
    }

    /** Cancels it: another one takes its place. */
    public void giveUp() {
        file.replaced();
        sender.forget(file.id());
    }

    /** Leaves it unfinished, to be gone on with. */
    public void leave() {
        file.leave();
        sender.forget(file.id());
    }
}
