// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.limit;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.camelb2.sync.action.ActionRunner;
import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.ForwardingRunner;
import io.github.camelb2.sync.action.Side;
import io.github.camelb2.sync.action.failure.MandateLostException;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.path.KeptForDays;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

/**
 * Deletes no version of a name that its own options keep for some days more, whoever planned it. It asks B2 how long the
 * versions have been kept, and believes no plan. Thread-safe.
 */
public final class KeepingRunner extends ForwardingRunner {
    /** By so much the clock of whoever plans may differ from B2's. */
    private static final Duration TOLERANCE = Duration.ofMinutes(10);

    private final Side destination;
    private final SyncPolicy own;

    public KeepingRunner(ActionRunner real, Side destination, SyncPolicy own) {
        super(real);
        this.destination = destination;
        this.own = own;
    }

    @Override
    public int checkDestination(PathPlan plan, String storedFileId) throws IOException {
        int done = super.checkDestination(plan, storedFileId);
        if (own.keepMode() == KeepMode.KEEP_BEFORE_DELETE && destination instanceof BucketSide bucket) {
            refuseWhatIsKept(plan, bucket);
        }
        return done;
    }

    private void refuseWhatIsKept(PathPlan plan, BucketSide bucket) throws MandateLostException {
        Set<String> deleted = plan.actions().stream()
                .filter(SyncAction.Delete.class::isInstance)
                .map(action -> ((SyncAction.Delete) action).fileId())
                .collect(Collectors.toSet());
        List<RemoteVersion> versions = deleted.isEmpty() ? List.of() : bucket.versions(plan.path());
        if (versions.isEmpty()) {
            return;
        }
        long now = bucket.serviceClock().instant().plus(TOLERANCE).toEpochMilli();
        Optional<String> kept =
                new KeptForDays(own, now).tooYoung(new ScanItem.RemoteFile(plan.path(), versions), deleted);
        if (kept.isPresent()) {
            throw new MandateLostException("the path plan for " + plan.path() + " deletes version " + kept.get()
                    + ", which keepDays=" + own.keepDays() + " of this endpoint keeps");
        }
    }
}
