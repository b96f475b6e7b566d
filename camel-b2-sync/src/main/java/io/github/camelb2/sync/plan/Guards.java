// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.actions.TransferOutcomes;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.Removals;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

/**
 * Counts what the scans find and judges, once they have ended, which removals may be made. One thread adds; the verdicts
 * may be read by any.
 */
final class Guards {
    private final SyncPolicy policy;
    private final TransferOutcomes transfers;
    private final Supplier<Optional<String>> clockTrouble;
    private final List<Withheld> withheld = new ArrayList<>();
    private final KeptApart keptApart;

    private long visibleSourceFiles;
    private long shownNames;
    private long hiddenNames;
    private long vanished;
    private long hiddenGoing;
    private long superseded;
    private boolean hasKeptApart;
    private final AtomicLong names = new AtomicLong();
    private @Nullable Withheld scans;
    private @Nullable Withheld vanishedVerdict;
    private @Nullable Withheld hiddenVerdict;
    private @Nullable Withheld supersededVerdict;
    private @Nullable Withheld failed;
    private @Nullable Withheld ages;
    /** The first file that failed without a transfer. */
    private @Nullable Problem notTried;

    Guards(
            SyncPolicy policy,
            TransferOutcomes transfers,
            Supplier<Optional<String>> clockTrouble,
            KeptApart.Going going) {
        this.keptApart = new KeptApart(going);
        this.policy = policy;
        this.transfers = transfers;
        this.clockTrouble = clockTrouble;
    }

    /** Counts on where a run before has come to. */
    void goOn(ScanEnd end) {
        visibleSourceFiles = end.counts().sourceFiles();
        shownNames = end.counts().shownNames();
        hiddenNames = end.counts().hiddenNames();
        names.set(end.counts().names());
        vanished = end.counts().vanished();
        hiddenGoing = end.counts().hiddenGoing();
        superseded = end.counts().superseded();
        notTried = end.notTried().orElse(null);
    }

    /** What was counted. */
    ScanEnd.Counts counts() {
        return new ScanEnd.Counts(
                visibleSourceFiles, shownNames, hiddenNames, names.get(), vanished, hiddenGoing, superseded);
    }

    /** The first file that failed without a transfer. */
    Optional<Problem> notTried() {
        return Optional.ofNullable(notTried);
    }

    /** Whether the destination stays as it is anywhere although the source looks different. */
    boolean hasKeptApart() {
        return hasKeptApart;
    }

    /** How many such names there were so far; any thread may ask. */
    long destinationNames() {
        return names.get();
    }

    /** The source has a file there. */
    void sourceFile() {
        visibleSourceFiles++;
    }

    /** The destination has that name, and it was compared or something of it could go: no other raises a limit. */
    void destinationName(ScanItem.SyncFile file) {
        names.incrementAndGet();
        if (file.isVisible()) {
            shownNames++;
        } else {
            hiddenNames++;
        }
    }

    /** A file was not stored: the destination is newer, which the policy calls an error, or nobody could compare them. */
    void notStored(Problem problem) {
        if (notTried == null) {
            notTried = problem;
        }
    }

    /** The destination stays as it is although the source looks different. */
    void keptApart(ScanItem.SyncFile source) {
        hasKeptApart = true;
        keptApart.add(source.size(), source.modifiedMillis());
    }

    /** The source has a file of that size and time that the destination does not get. */
    void notStored(long size, long modifiedMillis) {
        keptApart.add(size, modifiedMillis);
    }

    /** The same by its content, whatever its time; the digest is empty where nobody knows it. */
    void contentNotStored(long size, String sha1) {
        keptApart.addContent(size, sha1);
    }

    /** Nobody can read all of the source. */
    void anythingMayBeUnread() {
        keptApart.addAnything();
    }

    /** A removal waits. */
    void waits(PathPlan removal) {
        if (removal.stage() != PathPlan.Stage.VANISHED) {
            superseded++;
        } else if (isHidden(removal)) {
            hiddenGoing++;
        } else {
            vanished++;
        }
    }

    /** Whether nobody has seen the name at the destination any more. */
    private static boolean isHidden(PathPlan removal) {
        return removal.actions().stream()
                .anyMatch(action -> action instanceof SyncAction.Delete delete
                        && delete.note() == SyncAction.Delete.Note.HIDE_MARKER
                        && removal.expected() instanceof Expected.Newest newest
                        && newest.fileId().equals(delete.fileId()));
    }

    /** Whether names that vanished wait for their removal. */
    boolean vanishedWait() {
        return vanished + hiddenGoing > 0;
    }

    /** A scan broke off, or more could not be read than can be remembered: nothing is removed. */
    void scanBroke(String reason) {
        scans = new Withheld(PathPlan.Stage.VANISHED, Withheld.Guard.SCAN_BROKEN, 0, "", reason);
    }

    /** Judges what the scans tell by themselves; the answer makes the run incomplete. */
    List<Problem> judgeScans() {
        List<Problem> problems = new ArrayList<>();
        if (visibleSourceFiles == 0 && policy.emptySource() != SyncPolicy.EmptySource.ALLOWED) {
            String reason = "the source has no file to sync; if that is meant, set allowEmptySource=true";
            scans = new Withheld(PathPlan.Stage.VANISHED, Withheld.Guard.EMPTY_SOURCE, 0, "", reason);
            problems.add(new Problem("", Problem.Kind.EMPTY_SOURCE, reason));
            return problems;
        }
        long all = shownNames + hiddenNames;
        vanishedVerdict = limited(PathPlan.Stage.VANISHED, vanished, shownNames, "the source no longer has", problems);
        hiddenVerdict =
                limited(PathPlan.Stage.VANISHED, hiddenGoing, all, "all versions would be deleted of", problems);
        supersededVerdict = limited(
                PathPlan.Stage.SUPERSEDED, superseded, all, "superseded versions would be deleted of", problems);
        return problems;
    }

    /** Names that are hidden already do not make the limit for the others larger. */
    private @Nullable Withheld limited(PathPlan.Stage stage, long names, long of, String what, List<Problem> problems) {
        long limit = policy.removals().maxDelete().limit(of);
        if (names <= limit) {
            return null;
        }
        String reason = what + " " + names + " of the " + of + " names at the destination, more than the "
                + limit + " of maxDelete (" + policy.removals().maxDelete() + "): none of these was removed;"
                + " if they are meant to go, set maxDelete to " + names + " or unlimited for one run";
        problems.add(new Problem("", Problem.Kind.TOO_MANY_DELETES, reason));
        return new Withheld(stage, Withheld.Guard.MAX_DELETE, 0, "", reason);
    }

    /** Waits until every transfer that was given has ended. */
    void awaitTransfers() {
        transfers.firstFailure();
    }

    /** Judges how the transfers ended; waits for them. */
    void judgeTransfers() {
        Problem first = transfers.firstFailure().orElse(notTried);
        if (first != null && policy.removals().failures() == Removals.AfterFailures.WITHHELD) {
            failed = new Withheld(
                    PathPlan.Stage.VANISHED,
                    Withheld.Guard.FAILED_TRANSFER,
                    0,
                    first.path(),
                    "names that the source no longer has stay, because not every file was stored: " + first.reason());
        }
        ages = clockTrouble
                .get()
                .map(reason -> new Withheld(PathPlan.Stage.SUPERSEDED, Withheld.Guard.CLOCK, 0, "", reason))
                .orElse(null);
    }

    /** What of a removal may be made; empty if nothing. */
    Optional<PathPlan> admit(PathPlan plan) {
        Withheld verdict = verdict(plan);
        if (verdict != null) {
            count(plan.stage(), verdict);
            return Optional.empty();
        }
        if (ages == null || policy.keepMode() != KeepMode.KEEP_BEFORE_DELETE) {
            return Optional.of(plan);
        }
        List<SyncAction> withoutAge = plan.actions().stream()
                .filter(action -> action.kind() != ActionKind.DELETE)
                .toList();
        if (withoutAge.size() < plan.actions().size()) {
            count(plan.stage(), ages);
        }
        return withoutAge.isEmpty() ? Optional.empty() : Optional.of(plan.withActions(withoutAge));
    }

    private @Nullable Withheld verdict(PathPlan plan) {
        if (scans != null) {
            return scans;
        }
        return plan.stage() == PathPlan.Stage.VANISHED ? ofVanished(plan) : ofSuperseded(plan);
    }

    private @Nullable Withheld ofVanished(PathPlan plan) {
        // A source that lacks too many names is likely the wrong one for those that are hidden, too.
        Withheld limit = isHidden(plan) && hiddenVerdict != null ? hiddenVerdict : vanishedVerdict;
        if (limit != null) {
            return limit;
        }
        return failed == null ? keptApart.verdict(plan) : failed;
    }

    private @Nullable Withheld ofSuperseded(PathPlan plan) {
        if (supersededVerdict != null) {
            return supersededVerdict;
        }
        Withheld apart = keptApart.verdict(plan);
        if (apart != null) {
            return apart;
        }
        if (isContentMissing(plan)) {
            return new Withheld(
                    plan.stage(),
                    Withheld.Guard.CONTENT_NOT_STORED,
                    0,
                    plan.path(),
                    "the old version has the size of a file that could not be stored: it may have been moved or copied"
                            + " there");
        }
        return plan.after() == 0 || transfers.hasSucceeded(plan.after())
                ? null
                : new Withheld(
                        plan.stage(),
                        Withheld.Guard.FAILED_TRANSFER,
                        0,
                        plan.path(),
                        "older versions stay where the new one was not stored");
    }

    private boolean isContentMissing(PathPlan plan) {
        return plan.takes().stream().anyMatch(version -> transfers.mayMiss(version.size()));
    }

    /** One entry for each guard and stage, whatever file was to blame first. */
    private synchronized void count(PathPlan.Stage stage, Withheld verdict) {
        for (int i = 0; i < withheld.size(); i++) {
            Withheld known = withheld.get(i);
            if (known.stage() == stage && known.guard() == verdict.guard()) {
                withheld.set(i, known.plusOne());
                return;
            }
        }
        withheld.add(new Withheld(stage, verdict.guard(), 1, verdict.cause(), verdict.reason()));
    }

    /** What was withheld so far. */
    synchronized List<Withheld> withheld() {
        return List.copyOf(withheld);
    }
}
