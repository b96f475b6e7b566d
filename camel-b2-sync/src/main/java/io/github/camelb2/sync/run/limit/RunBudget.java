// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.limit;

import java.io.IOException;
import java.util.function.Consumer;

import io.github.camelb2.client.api.B2CapExceededException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.api.RequestGate;
import io.github.camelb2.client.api.TransactionClass;

/**
 * Keeps a run within its limits: whatever would go beyond is not asked for, and ends the run. Every request counts that is
 * sent, answered or not. Thread-safe; its monitor guards its counts.
 */
public final class RunBudget implements RequestGate {
    private final RunLimits limits;
    private final TimeLimits.Cutoff cutoff;
    /** Tells why the run ends; called once for each request that is kept back. */
    private volatile Consumer<String> onEnd = reason -> {};
    /** The same, where what is under way goes on. */
    private volatile Consumer<String> onFull = reason -> {};

    private long transactionsC;
    /** Of those, kept for the look below the markers of the names that were hidden. */
    private boolean keepsOne;

    private long promisedBytes;
    private long transferredBytes;
    private long openBytes;
    private long receivedBytes;

    /** Where what is under way goes on to its end. */
    public RunBudget(RunLimits limits) {
        this(limits, TimeLimits.Cutoff.SOFT);
    }

    /** @param cutoff whether the last transfer may go beyond {@code maxTransferBytes} */
    public RunBudget(RunLimits limits, TimeLimits.Cutoff cutoff) {
        this.limits = limits;
        this.cutoff = cutoff;
    }

    /** What ends the run, and breaks off what is under way where the user says so. */
    public void onEnd(Consumer<String> ender) {
        onEnd = ender;
    }

    /** What ends the run, and lets what is under way go on to its end, because it is within the limits. */
    public void onFull(Consumer<String> ender) {
        onFull = ender;
    }

    @Override
    public void beforeRequest(String call, TransactionClass transactionClass) {
        if (transactionClass == TransactionClass.C) {
            spend(call, false);
        }
    }

    /** The look below markers may use the transaction that was kept for it. */
    @Override
    public RequestGate ofLook() {
        return new RequestGate() {
            @Override
            public void beforeRequest(String call, TransactionClass transactionClass) {
                if (transactionClass == TransactionClass.C) {
                    spend(call, true);
                }
            }
        };
    }

    private void spend(String call, boolean isLook) {
        String trouble = "";
        synchronized (this) {
            keepsOne &= !isLook;
            long kept = keepsOne ? 1 : 0;
            if (transactionsC + kept >= limits.transactionsC()) {
                trouble = "it has used " + transactionsC + " transactions of class C, and maxTransactionsC="
                        + limits.transactionsC() + " allows no more";
            } else {
                transactionsC++;
            }
        }
        refuse(call, trouble);
    }

    /** A name is going to be hidden: the look behind that must still be within the limits. */
    void keepLook(String call) {
        String trouble = "";
        synchronized (this) {
            if (!keepsOne && transactionsC >= limits.transactionsC()) {
                trouble = "it has used " + transactionsC + " transactions of class C of maxTransactionsC="
                        + limits.transactionsC() + ", and needs one more behind what it hides";
            } else {
                keepsOne = true;
            }
        }
        refuse(call, trouble);
    }

    /** A plan is going to move so many bytes out of B2. */
    void promise(String call, long bytes) {
        String trouble = "";
        synchronized (this) {
            if (bytes > limits.downloadBytes() - promisedBytes) {
                trouble = "its next file has " + bytes + " bytes, and maxDownloadBytes=" + limits.downloadBytes()
                        + " leaves " + (limits.downloadBytes() - promisedBytes);
            } else {
                promisedBytes += bytes;
            }
        }
        refuse(call, trouble);
    }

    /**
     * A plan is going to transfer so many bytes. The last one may go beyond, so that any file can be transferred, or, where
     * the cutoff is hard, none may.
     *
     * @throws IOException if no run with these limits will ever have room; others may
     */
    public void transfer(String call, long bytes) throws IOException {
        boolean isHard = cutoff == TimeLimits.Cutoff.HARD;
        if (isHard && bytes > limits.transferBytes()) {
            // To begin it, and break it off, in each run would keep all behind it waiting for ever.
            throw new IOException("it was not begun: it has " + bytes
                    + " bytes, and with cutoff=hard no run transfers more" + " than maxTransferBytes="
                    + limits.transferBytes() + "; raise that, or write cutoff=soft");
        }
        String trouble = "";
        synchronized (this) {
            if (bytes > 0 && transferredBytes >= limits.transferBytes()) {
                trouble = "it has transferred " + transferredBytes + " bytes, and maxTransferBytes="
                        + limits.transferBytes() + " is reached";
            } else if (isHard && bytes > limits.transferBytes() - transferredBytes) {
                trouble = "it has transferred " + transferredBytes + " bytes, and maxTransferBytes="
                        + limits.transferBytes() + " has no room for the next file, of " + bytes;
            } else {
                transferredBytes += bytes;
            }
        }
        if (!trouble.isEmpty()) {
            onFull.accept(trouble);
            throw new B2CapExceededException(ErrorDetails.local(call, "", "it was not begun: " + trouble));
        }
    }

    /** A transfer came to nothing. */
    public synchronized void notTransferred(long bytes) {
        transferredBytes -= bytes;
    }

    /** What was promised came to nothing. */
    synchronized void takeBack(long bytes) {
        promisedBytes -= bytes;
    }

    /** Tries that are repeated read again what was read. */
    @Override
    public void beforeContent(String call, long bytes) {
        String trouble = "";
        synchronized (this) {
            if (bytes > limits.downloadBytes() - receivedBytes - openBytes) {
                trouble = "an answer of " + bytes + " bytes would go beyond maxDownloadBytes=" + limits.downloadBytes()
                        + ", after " + receivedBytes + " bytes that came";
            } else {
                openBytes += bytes;
            }
        }
        refuse(call, trouble);
    }

    /** An answer that was let pass has ended. */
    public synchronized void received(long announced, long bytes) {
        openBytes = Math.max(0, openBytes - announced);
        receivedBytes += bytes;
    }

    private void refuse(String call, String trouble) {
        if (trouble.isEmpty()) {
            return;
        }
        String reason = trouble + "; raise it, or see what a run needs with mode=estimate";
        onEnd.accept(reason);
        throw new B2CapExceededException(ErrorDetails.local(call, "", "it was not sent: " + reason));
    }
}
