// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.TransferOutcomes;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.plan.item.ContentSha1;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.merge.Revisit;
import io.github.camelb2.sync.plan.path.Transfer;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

/**
 * Judges removals that were planned a while ago by what the source has when they are to be made: a content that may have
 * been moved since stays, as in the run that planned them. Nothing is stored. Used by one thread.
 */
public final class LastLook {
    private final Guards guards;
    private final SecondLook look;
    /** What the scans told; empty where the plan tells all that is to be judged. */
    private final Optional<ScanEnd> end;

    private volatile boolean stopped;

    /**
     * @param localSha1    tells the content of a local file
     * @param cutsTimes    whether the local disk is known to hold times in coarse steps
     * @param clockTrouble why nobody knows the age of a version
     * @param sides        as they are now
     */
    public LastLook(
            SyncPolicy policy,
            ContentSha1 localSha1,
            BooleanSupplier cutsTimes,
            Supplier<Optional<String>> clockTrouble,
            Revisit sides) {
        this(policy, localSha1, cutsTimes, clockTrouble, sides, TransferOutcomes.ALL_WELL, Optional.empty());
    }

    /**
     * @param transfers how those ended that the removals wait for
     * @param end       what the scans told that the removals come from; empty where somebody has judged that
     */
    public LastLook(
            SyncPolicy policy,
            ContentSha1 localSha1,
            BooleanSupplier cutsTimes,
            Supplier<Optional<String>> clockTrouble,
            Revisit sides,
            TransferOutcomes transfers,
            Optional<ScanEnd> end) {
        this.end = end;
        this.guards = new Guards(
                policy,
                transfers,
                clockTrouble,
                (path, file) -> localSha1.of(new ScanItem.LocalFile(path, file.size(), file.modifiedMillis())));
        this.look = new SecondLook(sides, new Transfer(policy, localSha1, cutsTimes), guards, policy);
        look.storeNoMore();
        end.ifPresent(guards::goOn);
    }

    /**
     * A transfer was planned together with the removals: how it ends is known. Any thread may call it before {@link #look},
     * one at a time.
     */
    public void moves(PathPlan transfer) {
        if (transfer.stage() == PathPlan.Stage.TRANSFER) {
            look.moves(transfer);
        }
    }

    /** That removal is going to be judged. */
    public void goes(PathPlan removal) {
        look.goes(removal);
    }

    /** Looks at the source, behind the last {@link #goes} and the last transfer; answers what stands in the way. */
    public List<Problem> look() {
        guards.awaitTransfers();
        List<Problem> problems = new ArrayList<>();
        SecondLook.Receiver receiver = new SecondLook.Receiver() {
            @Override
            public void move(ScanItem.SyncFile source, ScanItem.@Nullable SyncFile destination) {
                throw new IllegalStateException("nothing is stored any more");
            }

            @Override
            public void notRead(ScanItem.SyncFile first) {
                problems.add(SecondLook.notReadFrom(first));
                if (end.filter(ScanEnd::hasKeptApart).isPresent()) {
                    // The run before knew which of them it had to read in any case.
                    guards.anythingMayBeUnread();
                }
            }

            @Override
            public void broken(String reason) {
                guards.scanBroke(reason);
                problems.add(new Problem("", Problem.Kind.SCAN_BROKEN, reason));
            }
        };
        boolean hasMore = true;
        while (hasMore && !stopped) {
            hasMore = look.advance(receiver);
        }
        if (end.isPresent()) {
            problems.addAll(guards.judgeScans());
        }
        guards.judgeTransfers();
        return problems;
    }

    /** Nobody wants the removals any more; any thread may call it. */
    void stop() {
        stopped = true;
    }

    /** What of a removal may be made; empty if nothing. */
    public Optional<PathPlan> admit(PathPlan removal) {
        return guards.admit(removal);
    }

    /** What was withheld so far. */
    public List<Withheld> withheld() {
        return guards.withheld();
    }
}
