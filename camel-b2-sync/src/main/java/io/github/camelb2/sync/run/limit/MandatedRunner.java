// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.limit;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.api.RequestGate;
import io.github.camelb2.client.api.TransactionClass;
import io.github.camelb2.sync.action.ActionRunner;
import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.ForwardingRunner;
import io.github.camelb2.sync.action.Mandate;
import io.github.camelb2.sync.action.Side;
import io.github.camelb2.sync.action.failure.ChangedException;
import io.github.camelb2.sync.action.failure.CoveredException;
import io.github.camelb2.sync.action.failure.MandateLostException;
import io.github.camelb2.sync.distributed.Holding;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.RemoteVersion;

/**
 * Carries out one plan for as long as its mandate lasts, which is asked before each request that changes something, and
 * before each step on this machine. What takes long is looked at again: before the last step, whether the destination
 * still is what was planned for, and behind it, whether a version of somebody else lies below. Used by one thread and
 * those that send parts for it.
 */
public final class MandatedRunner extends ForwardingRunner {
    private static final Logger LOG = LoggerFactory.getLogger(MandatedRunner.class);

    /** B2 stores under no condition: whoever stores within that time of the look has nothing between. */
    static final Duration FRESH = Duration.ofSeconds(2);

    /** What becomes of a version that was put on top of a newer one. */
    public enum Covering {
        /** It stays, and people decide. */
        STAYS,
        /** It is removed, as old versions are. */
        REMOVED
    }

    /** Lets requests pass for as long as the mandate lasts; made before the clients are. */
    public static final class Gate implements RequestGate {
        private static final Set<String> STORING = Set.of("b2_upload_file", "b2_copy_file", "b2_finish_large_file");
        private static final Set<String> CHANGING = Set.of(
                "b2_upload_part", "b2_copy_part", "b2_start_large_file", "b2_hide_file", "b2_delete_file_version");

        private final Mandate mandate;
        /** What is under way; what is done behind it, to take something back, always passes. */
        private volatile @Nullable Step step;

        public Gate(Mandate mandate) {
            this.mandate = mandate;
        }

        private interface Step {
            void beforeStoring() throws IOException;
        }

        /** Whether what failed is to be tried again. */
        public boolean isWanted() {
            return step == null || mandate.loss().isEmpty();
        }

        private void check() throws MandateLostException {
            Optional<String> loss = mandate.loss();
            if (loss.isPresent()) {
                throw new MandateLostException(loss.get());
            }
        }

        @Override
        public void beforeRequest(String call, TransactionClass transactionClass) {
            Step now = step;
            boolean isStoring = STORING.contains(call);
            if (now == null || !(isStoring || CHANGING.contains(call))) {
                return;
            }
            try {
                if (isStoring) {
                    now.beforeStoring();
                }
                check();
            } catch (IOException e) {
                throw new B2LocalContentException(ErrorDetails.local(call, "", String.valueOf(e.getMessage())), e);
            }
        }
    }

    private final Gate gate;
    private final Side destination;
    private final Covering covering;
    private final Holding looked;
    private final List<Problem> notes = new ArrayList<>();
    private boolean hasLooked;

    /** @param gate the one that requests to the destination pass */
    public MandatedRunner(ActionRunner real, Gate gate, Side destination, Covering covering, InstantSource clock) {
        super(real);
        this.gate = gate;
        this.destination = destination;
        this.covering = covering;
        this.looked = new Holding(clock, System::nanoTime);
    }

    @Override
    public Optional<String> checkTransfer(PathPlan plan, SyncAction action) throws IOException {
        Holding.Moment begun = looked.now();
        Optional<String> found = super.checkTransfer(plan, action);
        looked.heldAt(begun);
        hasLooked = true;
        return found;
    }

    @Override
    public Result perform(PathPlan plan, SyncAction action) throws IOException {
        gate.check();
        boolean isStored = action instanceof SyncAction.Transfer && destination instanceof BucketSide;
        gate.step = () -> {
            if (isStored) {
                lookAgain(plan, action);
            }
        };
        Result made;
        try {
            made = super.perform(plan, action);
        } finally {
            gate.step = null;
        }
        if (isStored && !made.isFound() && !isFresh()) {
            lookBelow(plan, made.fileId());
        }
        return made;
    }

    private boolean isFresh() {
        return hasLooked && looked.since().compareTo(FRESH) < 0;
    }

    private static String plannedId(PathPlan plan) {
        return plan.expected() instanceof Expected.Newest expected ? expected.fileId() : "";
    }

    /** Whoever gets the plan next finds out whether somebody has done it, or something else. */
    private void lookAgain(PathPlan plan, SyncAction action) throws IOException {
        if (isFresh()) {
            return;
        }
        Holding.Moment begun = looked.now();
        String newest = ((BucketSide) destination)
                .newest(plan.path())
                .map(RemoteVersion::fileId)
                .orElse("");
        if (!newest.equals(plannedId(plan))) {
            throw new MandateLostException("while it was carried out, somebody else stored version " + newest + " of "
                    + plan.path() + ": it is looked at again");
        }
        super.checkShown(action, LookFor.ONE_PLAN);
        looked.heldAt(begun);
        hasLooked = true;
    }

    private void lookBelow(PathPlan plan, String ownId) throws IOException {
        List<RemoteVersion> versions = ((BucketSide) destination).versions(plan.path());
        int own = indexOf(versions, ownId);
        int other = own > 0 ? own - 1 : 1;
        if (own < 0 || other >= versions.size() || versions.get(other).fileId().equals(plannedId(plan))) {
            return;
        }
        if (isSame(versions.get(own), versions.get(other))) {
            tellOfBoth(plan, versions.get(other).fileId(), ownId);
            return;
        }
        if (own > 0) {
            return;
        }
        String both = "while it was carried out, somebody else stored version "
                + versions.get(1).fileId() + ", and this plan's version " + ownId + " came on top of it";
        if (covering == Covering.REMOVED && takeAway(plan, ownId)) {
            throw new ChangedException(both + ", and was taken away again; the next run decides");
        }
        throw new CoveredException(both + ", although it may be older: look which one is right");
    }

    private static int indexOf(List<RemoteVersion> versions, String fileId) {
        return versions.stream().map(RemoteVersion::fileId).toList().indexOf(fileId);
    }

    /** The run may be over of whoever has stored the other one, so that nobody else tells of it. */
    private void tellOfBoth(PathPlan plan, String otherId, String ownId) {
        notes.add(new Problem(
                plan.path(),
                Problem.Kind.SKIPPED,
                "somebody else stored the same while it was carried out: versions " + otherId + " and " + ownId
                        + " hold the same; old versions go where keepMode removes them"));
    }

    /** What people should know and is no failure. */
    public List<Problem> notes() {
        return List.copyOf(notes);
    }

    /** Two workers that carry out one plan store the same. */
    private static boolean isSame(RemoteVersion one, RemoteVersion other) {
        Function<RemoteVersion, Object> facts =
                version -> List.of(version.kind(), version.size(), version.modifiedMillis(), version.sha1());
        return facts.apply(one).equals(facts.apply(other));
    }

    private boolean takeAway(PathPlan plan, String fileId) {
        try {
            ((BucketSide) destination)
                    .delete(new SyncAction.Delete(plan.path(), fileId, SyncAction.Delete.Note.OLD_VERSION), () -> true);
            return true;
        } catch (RuntimeException e) {
            LOG.warn("Version {} of {} covers a newer one and cannot be deleted", fileId, plan.path(), e);
            return false;
        }
    }
}
