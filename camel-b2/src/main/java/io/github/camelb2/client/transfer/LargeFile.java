package io.github.camelb2.client.transfer;

import java.time.Duration;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2CapExceededException;
import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.CancelLargeFile;
import io.github.camelb2.client.call.FinishLargeFile;
import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.client.retry.CallSettings;

/**
 * A large file that this process has started or adopted, from then until it is finished, cancelled, or left for the next
 * upload. Used by the thread that asked for the upload.
 */
final class LargeFile {
    private static final Logger LOG = LoggerFactory.getLogger(LargeFile.class);

    /** Whoever waits for an upload that has failed already must not wait long for its cleaning up. */
    private static final Duration CANCEL_WITHIN = Duration.ofSeconds(20);

    private final TransferTools tools;
    private final UploadClaim claim;
    private final String id;
    private final Origin origin;

    LargeFile(TransferTools tools, UploadClaim claim, String id, Origin origin) {
        this.tools = tools;
        this.claim = claim;
        this.id = id;
        this.origin = origin;
    }

    /** Starts it; the claim on its name comes first, so that no moment is left in which it belongs to nobody. */
    static LargeFile start(TransferTools tools, UploadClaims claims, Uploader.Upload upload) {
        UploadClaim claim = claims.open(upload.bucketId(), upload.file().fileName());
        try {
            FileVersion file = tools.call(upload.file().toStartLargeFile(upload.bucketId()), upload.settings());
            claim.startedAs(file.fileId());
            return new LargeFile(tools, claim, file.fileId(), Origin.STARTED);
        } catch (B2Exception e) {
            if (isNetwork(e)) {
                // It may have been started without our learning of it.
                claim.abandon();
            } else {
                claim.release();
            }
            throw e;
        }
    }

    /** Where it comes from. */
    enum Origin {
        /** This upload has started it. */
        STARTED,
        /** Another upload has left it, of this machine or another. */
        FOUND
    }

    String id() {
        return id;
    }

    UploadClaim claim() {
        return claim;
    }

    /** Sends the parts; answers their SHA-1s by number. */
    @FunctionalInterface
    interface Parts {
        List<String> send() throws InterruptedException;
    }

    /**
     * Sends its parts and finishes it. When this fails, it is cancelled, unless what failed was the network and the
     * next upload of the same source could go on with it.
     */
    FileVersion complete(Uploader.Upload upload, Parts parts, ContentSender sender) {
        try {
            List<String> sha1s = send(parts, upload);
            FileVersion finished = tools.call(FinishLargeFile.of(id, sha1s), upload.settings());
            claim.release();
            return finished;
        } catch (B2Exception e) {
            giveUp(e, upload);
            throw e;
        } catch (RuntimeException | Error e) {
            cancel(e, upload.settings());
            throw e;
        } finally {
            sender.forget(id);
        }
    }

    private List<String> send(Parts parts, Uploader.Upload upload) {
        try {
            return parts.send();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new B2TransportException(
                    ErrorDetails.local("upload", upload.file().subject(), "it was interrupted"), e);
        }
    }

    private void giveUp(B2Exception failure, Uploader.Upload upload) {
        boolean resumable =
                upload.source().isReplayable() && upload.options().resume() == TransferOptions.Resume.UNFINISHED_FILES;
        if (origin == Origin.FOUND && isRefusal(failure)) {
            // Somebody else may know better what it is.
            claim.abandon();
        } else if (isNetwork(failure) && resumable) {
            LOG.debug(
                    "Large file {} stays unfinished for the next upload of {}",
                    id,
                    upload.file().subject());
            claim.abandon();
        } else {
            cancel(failure, upload.settings());
        }
    }

    /** Cancels it; also on a thread that was interrupted, which must not leave parts behind that cost money. */
    private void cancel(Throwable failure, CallSettings settings) {
        boolean interrupted = Thread.interrupted();
        try {
            cancel(tools, id, settings);
            claim.release();
        } catch (B2Exception e) {
            failure.addSuppressed(e);
            claim.abandon();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Cancels a large file that is certainly ours. */
    static void cancel(TransferTools tools, String id, CallSettings settings) {
        Duration within =
                settings.retryTimeout().compareTo(CANCEL_WITHIN) < 0 ? settings.retryTimeout() : CANCEL_WITHIN;
        tools.call(CancelLargeFile.of(id), settings.withRetryTimeout(within));
    }

    /** Whether B2 refused a request for what it says, so that neither the network nor this machine is to blame. */
    static boolean isRefusal(B2Exception e) {
        boolean client = e.status() >= 400 && e.status() < 500;
        boolean caps = e instanceof B2CapExceededException || e instanceof B2ChecksumException;
        return client && !caps && !isNetwork(e);
    }

    private static boolean isNetwork(B2Exception e) {
        return e instanceof B2TransportException || e instanceof B2ThrottledException;
    }
}
