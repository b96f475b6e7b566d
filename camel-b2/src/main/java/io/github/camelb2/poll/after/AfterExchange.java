// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.after;

import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.spi.IdempotentRepository;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.poll.claim.Claim;
import io.github.camelb2.poll.claim.VersionMemory;
import io.github.camelb2.poll.scan.PolledBucket;

/**
 * What follows an exchange: the version is remembered, then what comes after the reading is done, then the claim ends.
 *
 * <p>A note in the memory survives a failure or a crash in between, so that a later sweep does the rest without
 * delivering the version again. Failures go to the exception handler and never hide those of the exchange. Thread-safe.
 */
public final class AfterExchange {
    private final VersionMemory memory;
    private final IdempotentRepository inProgress;
    private final PolledBucket bucket;
    private final AfterRead onSuccess;
    private final AfterRead onFailure;
    private final ExceptionHandler failures;
    private final Listener listener;

    /** Hears how deliveries end. */
    public interface Listener {
        /** The delivery of a version of that name has ended. */
        void ended(String fileName, boolean isSuccess);

        /** Nothing more follows; a version that is not settled will be delivered again. */
        void over(FileVersion version, boolean isSettled);
    }

    public AfterExchange(
            VersionMemory memory,
            IdempotentRepository inProgress,
            PolledBucket bucket,
            AfterRead onSuccess,
            AfterRead onFailure,
            ExceptionHandler failures,
            Listener listener) {
        this.memory = memory;
        this.inProgress = inProgress;
        this.bucket = bucket;
        this.onSuccess = onSuccess;
        this.onFailure = onFailure;
        this.failures = failures;
        this.listener = listener;
    }

    /** After the route succeeded. Ends the claim. */
    void succeeded(Claim claim, @Nullable Exchange exchange) {
        listener.ended(claim.version().fileName(), true);
        FileVersion version = claim.version();
        boolean acts = onSuccess.acts() && version.hasContent();
        boolean isRemembered = guarded("Remembering", version, exchange, () -> {
            if (acts) {
                memory.beginAfterRead(version);
            }
            memory.consumed(version);
        });
        if (acts && isRemembered) {
            guarded(onSuccess.doing(), version, exchange, () -> finish(version, claim.doneFile()));
        }
        guarded("Giving back", version, exchange, claim::close);
        listener.over(version, isRemembered);
    }

    /** After the route failed: nothing is remembered, so that a later sweep delivers it again. Ends the claim. */
    void failed(Claim claim, @Nullable Exchange exchange) {
        listener.ended(claim.version().fileName(), false);
        FileVersion version = claim.version();
        guarded("Moving the failed", version, exchange, () -> {
            try (claim) {
                if (onFailure.acts() && version.hasContent()) {
                    onFailure.perform(version);
                }
            }
        });
        listener.over(version, false);
    }

    /** Leaves the version as it is, to be delivered again if it is still there. Ends the claim. */
    public void leave(Claim claim, @Nullable Exchange exchange) {
        listener.ended(claim.version().fileName(), false);
        guarded("Giving up", claim.version(), exchange, claim::close);
        listener.over(claim.version(), false);
    }

    /** The version is there no more. Ends the claim. */
    void gone(Claim claim, @Nullable Exchange exchange) {
        listener.ended(claim.version().fileName(), false);
        guarded("Giving up", claim.version(), exchange, claim::close);
        listener.over(claim.version(), true);
    }

    /** Whether anything happens to a version after success. */
    boolean actsOnSuccess() {
        return onSuccess.acts();
    }

    /** Whether anything happens to a version after a failure. */
    boolean actsOnFailure() {
        return onFailure.acts();
    }

    /** Does what an earlier success has left undone, if it has. */
    public void resume(FileVersion version) {
        if (!isOpen(version)) {
            return;
        }
        guarded(onSuccess.doing(), version, null, () -> {
            Optional<Claim> held = Claim.hold(version, null, memory, inProgress);
            if (held.isPresent()) {
                try (Claim claim = held.get()) {
                    // Whoever held it before may just have finished.
                    if (isOpen(claim.version())) {
                        finish(claim.version(), claim.doneFile());
                    }
                }
            }
        });
    }

    private boolean isOpen(FileVersion version) {
        return onSuccess.acts() && version.hasContent() && memory.isAfterReadOpen(version);
    }

    private void finish(FileVersion version, Optional<FileVersion> doneFile) {
        onSuccess.perform(version);
        doneFile.ifPresent(bucket::delete);
        memory.endAfterRead(version);
    }

    /** Whether it succeeded. This is the root of a callback: whatever fails here has nobody else to go to. */
    private boolean guarded(String doing, FileVersion version, @Nullable Exchange exchange, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            String message = doing + " file " + version.fileName() + " (" + version.fileId() + ") after reading failed";
            if (exchange == null) {
                failures.handleException(message, e);
            } else {
                failures.handleException(message, exchange, e);
            }
            return false;
        }
    }
}
