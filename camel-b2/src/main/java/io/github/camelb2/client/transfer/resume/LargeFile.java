// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.resume;

import java.time.Duration;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2CapExceededException;
import io.github.camelb2.client.api.B2ChecksumException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.LargeFileCalls.CancelLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.FinishLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.call.VersionsOfName;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.retry.Listeners;
import io.github.camelb2.client.transfer.work.TransferTools;

/**
 * A large file that this process has started or adopted, from then until it is finished, cancelled, or left for the next
 * upload. Used by the thread that asked for the transfer.
 */
public final class LargeFile {
    private static final Logger LOG = LoggerFactory.getLogger(LargeFile.class);

    /** Whoever waits for an upload that has failed already must not wait long for its cleaning up. */
    private static final Duration CANCEL_WITHIN = Duration.ofSeconds(20);

    private final TransferTools tools;
    private final UploadClaim claim;
    private final String id;
    private final VersionsOfName ofName;
    private final Terms terms;

    /** Told by the threads that send parts. */
    private volatile boolean hasProgressed;

    private volatile boolean hasClosedVault;

    LargeFile(TransferTools tools, UploadClaim claim, String id, VersionsOfName ofName, Terms terms) {
        this.tools = tools;
        this.claim = claim;
        this.id = id;
        this.ofName = ofName;
        this.terms = terms;
    }

    /** Starts it; the claim on its name comes first, so that no moment is left in which it belongs to nobody. */
    public static LargeFile start(TransferTools tools, UploadClaims claims, StartLargeFile start, Terms terms) {
        UploadClaim claim = claims.open(start.bucketId(), start.fileName());
        try {
            FileVersion file = tools.call(start, terms.settings());
            claim.startedAs(file.fileId());
            tell(tools, start.fileName(), file.fileId(), terms);
            return new LargeFile(
                    tools, claim, file.fileId(), new VersionsOfName(start.bucketId(), start.fileName()), terms);
        } catch (B2Exception e) {
            // Should it have been started all the same, nobody can tell whose it is: nothing is there to go on with.
            claim.release();
            throw e;
        } catch (RuntimeException | Error e) {
            claim.release();
            throw e;
        }
    }

    /** Whoever may have to cancel it some day has to know of it from its beginning. */
    static void tell(TransferTools tools, String fileName, String id, Terms terms) {
        Listeners.of(tools.session().listener(), terms.settings().listener()).onLargeFile(fileName, id);
    }

    /** Goes on with one that this machine has started before, and takes over the claims of those who died over it. */
    public static LargeFile goOn(
            TransferTools tools, UploadClaims claims, VersionsOfName ofName, String id, Terms terms) {
        claims.find(ofName.bucketId(), ofName.fileName()).dead().forEach(dead -> {
            if (dead.fileId().filter(id::equals).isPresent()) {
                dead.release();
            } else {
                dead.abandon();
            }
        });
        UploadClaim claim = claims.open(ofName.bucketId(), ofName.fileName());
        claim.startedAs(id);
        tell(tools, ofName.fileName(), id, terms);
        return new LargeFile(tools, claim, id, ofName, terms);
    }

    /**
     * What is to be done with it.
     *
     * @param subject what messages call it
     */
    public record Terms(String subject, Origin origin, Afterwards afterwards, CallSettings settings) {}

    /** Where it comes from. */
    public enum Origin {
        /** This transfer has started it. */
        STARTED,
        /** An earlier transfer of this machine has left it. */
        LEFT_HERE,
        /** Who has left it nobody knows: another machine may want it back. */
        FOUND;

        boolean isResumed() {
            return this != STARTED;
        }
    }

    /**
     * What becomes of it when the transfer fails. A failure of the local source always cancels it, unless it is of
     * somebody else: nothing here could go on with it. Nothing else cancels one that the next upload could finish, least
     * of all the answer to one part.
     */
    public enum Afterwards {
        /** It stays for the next upload of the same content. */
        KEEP,
        /** It stays after an answer of B2; a stream whose connection was lost cannot be read again and is cancelled. */
        KEEP_AFTER_ANSWER,
        /** Nobody could go on with it. */
        CANCEL
    }

    public String id() {
        return id;
    }

    /** Brings the parts; answers their SHA-1s by number. */
    @FunctionalInterface
    public interface Parts {
        List<String> bring() throws InterruptedException;
    }

    /** Brings its parts and finishes it. When this fails, it is left or cancelled, as {@link Afterwards} says. */
    public FileVersion complete(Parts parts) {
        tools.largeFiles().begin();
        try {
            return bringAndFinish(parts);
        } finally {
            tools.largeFiles().end();
        }
    }

    private FileVersion bringAndFinish(Parts parts) {
        try {
            FileVersion finished =
                    tools.call(FinishLargeFile.of(id, bring(parts)).withOfName(ofName), terms.settings());
            claim.release();
            return finished;
        } catch (B2Exception e) {
            throw giveUp(e);
        } catch (RuntimeException | Error e) {
            if (terms.afterwards() == Afterwards.CANCEL) {
                cancelAfter(e);
            } else {
                claim.abandon();
            }
            throw e;
        }
    }

    private List<String> bring(Parts parts) {
        try {
            return parts.bring();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new B2TransportException(
                    ErrorDetails.local("large file " + id, terms.subject(), "it was interrupted"), e);
        }
    }

    /** Leaves it or cancels it, and answers the failure that says which. */
    private B2Exception giveUp(B2Exception failure) {
        if (hasClosedVault) {
            // Its upload goes on with another file first, and says then what becomes of this one.
            return failure;
        }
        if (terms.origin().isResumed() && isRefusal(failure)) {
            // Whoever found it knows whether it is ours, and what becomes of it.
            LOG.debug("Large file {} cannot be resumed", id, failure);
            return failure;
        }
        if (CancelLargeFile.isGone(failure)) {
            claim.release();
            return failure.explained("somebody has cancelled or finished large file " + id + " meanwhile");
        }
        if (!staysAfter(failure)) {
            cancelAfter(failure);
            return failure;
        }
        if (terms.origin().isResumed() && !hasProgressed && isOfService(failure)) {
            claim.doubt();
        }
        claim.abandon();
        return stays(failure);
    }

    private boolean staysAfter(B2Exception failure) {
        if (failure instanceof B2LocalContentException) {
            return false;
        }
        return terms.afterwards() == Afterwards.KEEP
                || (terms.afterwards() == Afterwards.KEEP_AFTER_ANSWER && !isNetwork(failure));
    }

    /** B2 has stored a part. */
    public void progressed() {
        hasProgressed = true;
    }

    /** B2 has stored a part of it since this transfer has it. */
    public boolean hasProgressed() {
        return hasProgressed;
    }

    /** Every new URL for its parts was refused: the transfer tries another large file, and keeps this one until then. */
    public void vaultIsClosed() {
        hasClosedVault = true;
    }

    public boolean hasClosedVault() {
        return hasClosedVault;
    }

    /** The same file, to be brought further: another one had no better luck. */
    public LargeFile again() {
        return new LargeFile(tools, claim, id, ofName, terms);
    }

    /** Another file has taken its place: nobody needs it any more. */
    public void replaced() {
        try {
            cancel(tools, id, terms.settings());
            claim.release();
        } catch (B2Exception e) {
            LOG.warn("Cannot cancel large file {}, which another one has replaced; cancel it by hand", id, e);
            claim.doubt();
            claim.abandon();
        }
    }

    /** Leaves it to whoever goes on with it. */
    public void leave() {
        claim.abandon();
    }

    /** Leaves it after all, doubted: the next upload tries another one first. */
    public B2Exception left(B2Exception failure) {
        claim.doubt();
        claim.abandon();
        return stays(failure);
    }

    private B2Exception stays(B2Exception failure) {
        return failure.explained("large file " + id + " stays unfinished with the parts that it has: the next upload of"
                + " the same content resumes it, cancelUnfinishedLargeFiles removes it");
    }

    /** Cancels it; also on a thread that was interrupted, which must not leave parts behind that cost money. */
    private void cancelAfter(Throwable failure) {
        if (terms.origin() == Origin.FOUND) {
            claim.release();
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            cancel(tools, id, terms.settings());
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
    public static boolean isRefusal(B2Exception e) {
        boolean client = e.status() >= 400 && e.status() < 500;
        boolean caps = e instanceof B2CapExceededException || e instanceof B2ChecksumException;
        return client && !caps && !isNetwork(e);
    }

    /** Whether the service itself answered that it cannot, which a network that is down does not. */
    public static boolean isOfService(B2Exception e) {
        return isNetwork(e) && e.status() != 0;
    }

    private static boolean isNetwork(B2Exception e) {
        return e instanceof B2TransportException || e instanceof B2ThrottledException;
    }
}
