// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.sync.action.failure.ChangedException;
import io.github.camelb2.sync.action.failure.ErrorClass;
import io.github.camelb2.sync.action.failure.LeftAloneException;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.path.Likeness;

/**
 * Does actions of one direction; each returns the id of the version it made or deleted, empty for a local file. Actions
 * of another direction are refused: a plan may come from a message.
 */
public abstract class ActionRunner implements SyncAction.Visitor<String, IOException> {
    private static final Logger LOG = LoggerFactory.getLogger(ActionRunner.class);

    /** Where a plan that somebody may have begun goes on. */
    public record ResumePoint(int nextAction, String storedFileId) {
        public static final ResumePoint BEGINNING = new ResumePoint(0, "");
    }

    /**
     * What an action came to.
     *
     * @param fileId  the version it made, found or deleted; empty for a local file
     * @param isFound whether somebody else had done it already
     * @param instead what was done instead of the action that was asked for; empty if that was done
     */
    public record Result(String fileId, boolean isFound, Optional<SyncAction> instead) {
        /** Of the action that was asked for. */
        public Result(String fileId, boolean isFound) {
            this(fileId, isFound, Optional.empty());
        }
    }

    /**
     * Does one action of a plan.
     *
     * @throws IOException if this machine fails, or the destination is not what was planned for
     */
    public Result perform(PathPlan plan, SyncAction action) throws IOException {
        return new Result(action.accept(this), false);
    }

    /**
     * Looks at the destination again before a transfer.
     *
     * @return the version that the transfer would make, by whoever stored it; else empty
     * @throws IOException if the destination is not what was planned for
     */
    public abstract Optional<String> checkTransfer(PathPlan plan, SyncAction action) throws IOException;

    /** Whom a look at the source is for. */
    public enum LookFor {
        /** One plan, which may be old: B2 is asked for its name. */
        ONE_PLAN,
        /** One of many plans of a run: what a listing told some seconds ago is enough, which neighbours share. */
        ONE_OF_MANY
    }

    /**
     * Looks at a source bucket again before a version of it is transferred: the name may have been hidden, replaced or
     * removed since, and then nobody wants that version any more. A local file is looked at while it is read.
     *
     * @throws ChangedException if the name does not show that version any more
     */
    public void checkShown(SyncAction action, LookFor whom) throws IOException {}

    /**
     * Looks at the source again before the first hide or delete of a name that it no longer had.
     *
     * @throws LeftAloneException if it has it again
     * @throws IOException        if that cannot be found out
     */
    public abstract void checkSource(PathPlan plan) throws IOException;

    /**
     * Checks, before the first hide or delete of a plan, that the destination still is what was planned for.
     *
     * @param storedFileId the version that this plan stored itself; empty if it stored none
     * @return how many of the plan's removals, from the first on, somebody else has made already
     * @throws IOException if it is not
     */
    public abstract int checkDestination(PathPlan plan, String storedFileId) throws IOException;

    /**
     * Checks that the versions which an action reads or deletes lie where this endpoint syncs: a plan may come from a
     * message, and an id alone leads to any file that the key may see.
     *
     * @throws IOException if one does not
     */
    public abstract void checkVersions(SyncAction action) throws IOException;

    /**
     * The same of all actions of a plan.
     *
     * @return versions of which it found out that they are gone, so that nobody has to delete them
     * @throws IOException if one does not
     */
    public Set<String> checkVersions(List<SyncAction> actions) throws IOException {
        for (SyncAction action : actions) {
            checkVersions(action);
        }
        return Set.of();
    }

    /**
     * Looks at what lies below markers that were made, and takes away those that lie on a version which nobody had planned
     * for: between the last look and the hide, somebody has stored it.
     *
     * @return what was or may be hidden by mistake; whatever fails is told there
     */
    public List<Hidden.Mistake> lookBelowMarkers(List<Hidden> hidden) {
        return List.of();
    }

    /** Whether what {@link #cameBack} asks costs so little that each name is asked for by itself, at once. */
    public boolean seesSourceAtOnce() {
        return false;
    }

    /**
     * Looks at the source after names were removed that it no longer had: between the look before and the removal they may
     * have come back.
     *
     * @return those that it has again, or may have; whatever fails is told there
     */
    public List<CameBack> cameBack(List<PathPlan> removed) {
        return List.of();
    }

    /** Finds out how much of a plan somebody else has carried out already. */
    public abstract ResumePoint findResumePoint(PathPlan plan) throws IOException;

    /**
     * What B2 will bill for an action that goes well, without the looks before and after it.
     *
     * @throws IOException if this machine fails
     */
    public Bill expected(SyncAction action) throws IOException {
        return Bill.NOTHING;
    }

    /** Asks the destination what {@link #checkDestination} would ask, whatever it says. */
    public void lookBeforeRemoval(PathPlan plan) throws IOException {}

    /** Asks the destination what {@link #lookBelowMarkers} would ask, whatever it says. */
    public void readBelowMarkers(List<Hidden> hidden) {}

    /** The removals of that plan are going to be looked at, by any thread, after those before. */
    public void expectRemoval(PathPlan plan) {}

    /** They were looked at, or will not be. */
    public void forgetRemoval(PathPlan plan) {}

    /** For a sync into a bucket: what both kinds of source have in common. */
    abstract static class ToBucket extends ActionRunner {
        /** So many questions cost less time than a listing of the name. */
        private static final int FEW = 3;

        private final BucketSide destination;
        private final Likeness likeness;

        ToBucket(BucketSide destination, Likeness likeness) {
            this.destination = destination;
            this.likeness = likeness;
        }

        @Override
        public void lookBeforeRemoval(PathPlan plan) {
            destination.newestBeforeRemoval(plan.path());
        }

        @Override
        public void readBelowMarkers(List<Hidden> hidden) {
            destination.hiddenByMistake(hidden);
        }

        @Override
        public void expectRemoval(PathPlan plan) {
            destination.expectRemoval(plan.path());
        }

        @Override
        public void forgetRemoval(PathPlan plan) {
            destination.forgetRemoval(plan.path());
        }

        @Override
        public Bill expected(SyncAction action) throws IOException {
            return action instanceof SyncAction.Transfer ? Bill.NOTHING : new Bill(1, 0, 0, 0);
        }

        /** The SHA-1 of what a transfer stores, as far as anybody knows it. */
        abstract Optional<String> sha1Of(SyncAction.Transfer action) throws IOException;

        @Override
        public Result perform(PathPlan plan, SyncAction action) throws IOException {
            try {
                return action.kind().isDestructive() ? remove(plan, action) : super.perform(plan, action);
            } catch (B2Exception e) {
                // It may have come back while the removal was tried again.
                if (action.kind().isDestructive()) {
                    checkSourceNow(plan);
                }
                if (action instanceof SyncAction.Hide && (isHiddenAlready(e) || e instanceof B2NotFoundException)) {
                    return hiddenBySomebody(plan, e);
                }
                throw e;
            }
        }

        private Result remove(PathPlan plan, SyncAction action) throws IOException {
            if (action instanceof SyncAction.Hide) {
                return new Result(destination.hide(action.path(), () -> isStillLacking(plan)), false);
            }
            if (action instanceof SyncAction.Delete delete) {
                destination.delete(delete, () -> isStillLacking(plan));
                return new Result(delete.fileId(), false);
            }
            return super.perform(plan, action);
        }

        /** The same as {@link #checkSource}, as of now. */
        void checkSourceNow(PathPlan plan) throws IOException {
            checkSource(plan);
        }

        private boolean isStillLacking(PathPlan plan) {
            try {
                checkSourceNow(plan);
                return true;
            } catch (IOException e) {
                // Whoever is told of the failure asks again, and says why.
                return false;
            }
        }

        private static boolean isHiddenAlready(B2Exception refusal) {
            return refusal.code().equals("already_hidden");
        }

        /** By another run, or by a hide of ours whose answer was lost; who removes a name leaves nothing to hide. */
        private Result hiddenBySomebody(PathPlan plan, B2Exception refusal) {
            Optional<RemoteVersion> newest = destination.newest(plan.path());
            if (newest.isPresent() && !newest.get().isHideMarker()) {
                throw refusal;
            }
            return new Result(newest.map(RemoteVersion::fileId).orElse(""), true);
        }

        @Override
        public String hide(SyncAction.Hide action) {
            return destination.hide(action.path(), () -> true);
        }

        @Override
        public List<Hidden.Mistake> lookBelowMarkers(List<Hidden> hidden) {
            try {
                return destination.hiddenByMistake(hidden).stream()
                        .map(this::show)
                        .toList();
            } catch (RuntimeException e) {
                String reason =
                        "it was hidden, and what lies below its marker could not be looked at: " + e.getMessage();
                return hidden.stream()
                        .map(one -> new Hidden.Mistake(one, reason))
                        .toList();
            }
        }

        private Hidden.Mistake show(Hidden hidden) {
            String what = "somebody stored a version in the moment when it was hidden; ";
            try {
                destination.delete(
                        new SyncAction.Delete(
                                hidden.plan().path(), hidden.markerId(), SyncAction.Delete.Note.HIDE_MARKER),
                        () -> true);
                return new Hidden.Mistake(hidden, what + "the marker was deleted again, and the next run decides");
            } catch (RuntimeException e) {
                return new Hidden.Mistake(
                        hidden,
                        what + "its marker " + hidden.markerId() + " could not be deleted, and hides it: "
                                + e.getMessage());
            }
        }

        @Override
        public String delete(SyncAction.Delete action) {
            destination.delete(action, () -> true);
            return action.fileId();
        }

        @Override
        public int checkDestination(PathPlan plan, String storedFileId) throws IOException {
            Optional<RemoteVersion> newest = destination.newestBeforeRemoval(plan.path());
            String newestId = newest.map(RemoteVersion::fileId).orElse("");
            boolean asPlanned = plan.after() == 0
                    ? newestId.equals(storedFileId.isEmpty() ? plannedId(plan) : storedFileId)
                    : newest.filter(RemoteVersion::isContent).isPresent();
            // Old versions go where a newer one stays, whatever a listing or a message says of their age.
            asPlanned &= plan.stage() != PathPlan.Stage.SUPERSEDED || !deletes(plan, newestId);
            if (asPlanned) {
                return 0;
            }
            int done = plan.after() == 0 && storedFileId.isEmpty() ? alreadyMade(plan, newest) : 0;
            if (done == 0) {
                throw changed(plan, newestId);
            }
            return done;
        }

        private static boolean deletes(PathPlan plan, String fileId) {
            return plan.actions().stream()
                    .anyMatch(action -> action instanceof SyncAction.Delete delete
                            && delete.fileId().equals(fileId));
        }

        /** Another run into this place removes what this one does. */
        private static int alreadyMade(PathPlan plan, Optional<RemoteVersion> newest) {
            if (newest.isEmpty()) {
                // The newest version goes last, so all have gone.
                return plan.actions().size();
            }
            return newest.get().isHideMarker() && plan.actions().get(0) instanceof SyncAction.Hide ? 1 : 0;
        }

        @Override
        public Optional<String> checkTransfer(PathPlan plan, SyncAction action) throws IOException {
            Optional<RemoteVersion> newest = destination.newest(plan.path());
            String newestId = newest.map(RemoteVersion::fileId).orElse("");
            if (newestId.equals(plannedId(plan))) {
                return Optional.empty();
            }
            if (newest.isPresent() && isDone(action, newest.get())) {
                return newest.map(RemoteVersion::fileId);
            }
            throw changed(plan, newestId);
        }

        private static String plannedId(PathPlan plan) {
            return plan.expected() instanceof Expected.Newest expected ? expected.fileId() : "";
        }

        private static IOException changed(PathPlan plan, String newestId) {
            return new ChangedException("the destination has changed since the run was planned (its newest version is "
                    + (newestId.isEmpty() ? "gone" : newestId) + ", not what was listed), so nothing is stored, deleted"
                    + " or hidden there; the next run decides again");
        }

        @Override
        public void checkVersions(SyncAction action) throws IOException {
            if (action instanceof SyncAction.Delete delete) {
                destination.checkHolds(delete.path(), delete.fileId());
            } else if (action instanceof SyncAction.IncrementalUpload upload) {
                destination.checkHolds(upload.path(), upload.baseFileId());
            } else if (action instanceof SyncAction.Rename rename) {
                destination.checkHolds(rename.fromPath(), rename.fileId());
            }
        }

        /** A name of thousands of versions is listed, as a question for each would take too long. */
        @Override
        public Set<String> checkVersions(List<SyncAction> actions) throws IOException {
            boolean areDeletes = actions.stream().allMatch(SyncAction.Delete.class::isInstance);
            if (!areDeletes || actions.size() <= FEW) {
                return super.checkVersions(actions);
            }
            Set<String> gone = actions.stream()
                    .map(action -> ((SyncAction.Delete) action).fileId())
                    .collect(Collectors.toCollection(HashSet::new));
            destination.versions(actions.get(0).path()).forEach(there -> gone.remove(there.fileId()));
            return gone;
        }

        @Override
        public ResumePoint findResumePoint(PathPlan plan) throws IOException {
            Optional<RemoteVersion> newest = destination.newest(plan.path());
            String newestId = newest.map(RemoteVersion::fileId).orElse("");
            if (plan.expected() instanceof Expected.Newest expected
                    && expected.fileId().equals(newestId)) {
                return ResumePoint.BEGINNING;
            }
            SyncAction first = plan.actions().get(0);
            if (first instanceof SyncAction.Delete) {
                // The newest version goes last, so without any the plan is done; a version that is gone is no failure.
                return newest.isPresent()
                        ? ResumePoint.BEGINNING
                        : new ResumePoint(plan.actions().size(), "");
            }
            return newest.isPresent() && isDone(first, newest.get())
                    ? new ResumePoint(1, newestId)
                    : ResumePoint.BEGINNING;
        }

        private boolean isDone(SyncAction action, RemoteVersion newest) throws IOException {
            if (!(action instanceof SyncAction.Transfer transfer)) {
                return action instanceof SyncAction.Hide && newest.isHideMarker();
            }
            ScanItem.RemoteFile there = new ScanItem.RemoteFile(action.path(), List.of(newest));
            if (!likeness.holds(transfer, there)) {
                return false;
            }
            // Whatever is compared otherwise: what is done keeps the old name of this content no longer.
            Optional<String> sha1 = newest.sha1().isEmpty() ? Optional.empty() : sha1Of(transfer);
            return sha1.isEmpty()
                    ? likeness.isOfSameTime(transfer, there)
                    : newest.sha1().equals(sha1.get());
        }
    }

    /** From a directory into a bucket. */
    static final class Up extends ToBucket {
        private final LocalSide source;
        private final BucketSide destination;

        Up(LocalSide source, BucketSide destination, Likeness likeness) {
            super(destination, likeness);
            this.source = source;
            this.destination = destination;
        }

        @Override
        Optional<String> sha1Of(SyncAction.Transfer action) throws IOException {
            return Optional.of(source.source(action.path(), action.bytes(), action.modifiedMillis())
                    .digests(0)
                    .whole());
        }

        @Override
        public Bill expected(SyncAction action) throws IOException {
            if (action instanceof SyncAction.IncrementalUpload grown) {
                boolean hasBeginning = source.source(grown.path(), grown.bytes(), grown.modifiedMillis())
                        .digests(grown.baseSize())
                        .beginning()
                        .equals(grown.baseSha1());
                return hasBeginning ? destination.expectedAppend(grown) : destination.expectedUpload(grown.bytes());
            }
            if (action instanceof SyncAction.Rename moved) {
                SyncAction.Copy copy = new SyncAction.Copy(
                        moved.path(),
                        moved.fileId(),
                        moved.bytes(),
                        moved.modifiedMillis(),
                        SyncAction.Copy.Metadata.TIME_ADDED);
                return destination.expectedCopy(destination, copy);
            }
            return action instanceof SyncAction.Upload
                    ? destination.expectedUpload(action.bytes())
                    : super.expected(action);
        }

        @Override
        public Result perform(PathPlan plan, SyncAction action) throws IOException {
            return action instanceof SyncAction.Rename rename ? move(rename) : super.perform(plan, action);
        }

        private Result move(SyncAction.Rename action) throws IOException {
            Optional<String> copied = Optional.empty();
            try {
                copied = source.isMarked(action.path(), action.mark())
                        ? destination.copyWithin(action, source.preserved(action.path()))
                        : copied;
            } catch (B2Exception e) {
                if (ErrorClass.of(e) != ErrorClass.FILE) {
                    throw e;
                }
                LOG.debug("{}: it is uploaded, because nothing can be copied", action.line(), e);
            }
            // What took the file's place meanwhile is not what was copied.
            if (copied.isPresent() && source.isMarked(action.path(), action.mark())) {
                return new Result(copied.get(), false);
            }
            SyncAction.Upload whole = action.asUpload();
            return new Result(upload(whole), false, Optional.of(whole));
        }

        @Override
        public String upload(SyncAction.Upload action) throws IOException {
            return destination.upload(action, source.source(action.path(), action.bytes(), action.modifiedMillis()));
        }

        @Override
        public void checkSource(PathPlan plan) throws IOException {
            if (plan.stage() == PathPlan.Stage.VANISHED) {
                source.checkLacks(plan.path());
            }
        }

        @Override
        public boolean seesSourceAtOnce() {
            return true;
        }

        @Override
        public List<CameBack> cameBack(List<PathPlan> removed) {
            List<CameBack> back = new ArrayList<>();
            for (PathPlan plan : removed) {
                try {
                    checkSource(plan);
                } catch (LeftAloneException e) {
                    back.add(CameBack.seen(plan));
                } catch (IOException e) {
                    // A disk that is gone: whatever is removed next fails with the reason.
                    LOG.debug("Nobody can tell whether {} came back", plan.path(), e);
                }
            }
            return back;
        }

        @Override
        public String incrementalUpload(SyncAction.IncrementalUpload action) throws IOException {
            return destination.append(action, source.source(action.path(), action.bytes(), action.modifiedMillis()));
        }
    }

    /** From a bucket into a bucket. */
    static final class Across extends ToBucket {
        private final BucketSide source;
        private final BucketSide destination;
        private final Predicate<ScanItem.SyncFile> absent;

        Across(BucketSide source, BucketSide destination, Predicate<ScanItem.SyncFile> absent, Likeness likeness) {
            super(destination, likeness);
            this.absent = absent;
            this.source = source;
            this.destination = destination;
        }

        @Override
        Optional<String> sha1Of(SyncAction.Transfer action) {
            return action instanceof SyncAction.Copy copy ? source.sha1(copy.fileId()) : Optional.empty();
        }

        @Override
        public Bill expected(SyncAction action) throws IOException {
            return action instanceof SyncAction.Copy copy
                    ? destination.expectedCopy(source, copy)
                    : super.expected(action);
        }

        @Override
        public void expectRemoval(PathPlan plan) {
            super.expectRemoval(plan);
            source.expectRemoval(plan.path());
        }

        @Override
        public void forgetRemoval(PathPlan plan) {
            super.forgetRemoval(plan);
            source.forgetRemoval(plan.path());
        }

        @Override
        public String copy(SyncAction.Copy action) throws IOException {
            try {
                return destination.copyFrom(source, action);
            } catch (B2NotFoundException e) {
                throw goneOrNoBucket(action.fileId(), e);
            }
        }

        @Override
        public void checkShown(SyncAction action, LookFor whom) throws IOException {
            if (action instanceof SyncAction.Copy copy) {
                ActionRunner.checkShown(source, copy.path(), copy.fileId(), whom);
            }
        }

        @Override
        public void checkSource(PathPlan plan) throws IOException {
            if (plan.stage() == PathPlan.Stage.VANISHED) {
                checkLacks(source.newestBeforeRemoval(plan.path()), plan.path(), absent);
            }
        }

        @Override
        void checkSourceNow(PathPlan plan) throws IOException {
            if (plan.stage() == PathPlan.Stage.VANISHED) {
                checkLacks(source.newest(plan.path()), plan.path(), absent);
            }
        }

        @Override
        public List<CameBack> cameBack(List<PathPlan> removed) {
            return ActionRunner.cameBack(source, removed, absent);
        }

        @Override
        public void checkVersions(SyncAction action) throws IOException {
            if (action instanceof SyncAction.Copy copy) {
                source.checkHolds(copy.path(), copy.fileId());
            } else {
                super.checkVersions(action);
            }
        }
    }

    /** From a bucket into a directory. */
    static final class Down extends ActionRunner {
        private final BucketSide source;
        private final LocalSide destination;
        private final Predicate<ScanItem.SyncFile> absent;

        Down(BucketSide source, LocalSide destination, Predicate<ScanItem.SyncFile> absent) {
            this.absent = absent;
            this.source = source;
            this.destination = destination;
        }

        @Override
        public Bill expected(SyncAction action) {
            return action instanceof SyncAction.Download download ? source.expectedDownload(download) : Bill.NOTHING;
        }

        @Override
        public void expectRemoval(PathPlan plan) {
            source.expectRemoval(plan.path());
        }

        @Override
        public void forgetRemoval(PathPlan plan) {
            source.forgetRemoval(plan.path());
        }

        @Override
        public Result perform(PathPlan plan, SyncAction action) throws IOException {
            if (action instanceof SyncAction.Download download) {
                try {
                    return new Result(download.fileId(), !download(download, plan.expected()));
                } catch (B2NotFoundException e) {
                    throw goneOrNoBucket(download.fileId(), e);
                }
            }
            if (action instanceof SyncAction.DeleteLocal delete) {
                return new Result("", !destination.delete(delete, plan.expected()));
            }
            return super.perform(plan, action);
        }

        /** Answers whether there was anything to do. */
        private boolean download(SyncAction.Download action, Expected expected) throws IOException {
            if (destination.isMarker(action.path())) {
                return destination.makeDirectory(action, infoOfMarker(action));
            }
            boolean isLink = destination.isLink(action.path());
            if (!isLink && destination.isInPlace(action, expected)) {
                return false;
            }
            Path temporary = destination.temporaryFor(action.path(), action.fileId());
            Map<String, String> info;
            try {
                info = source.download(action, temporary, destination.whileFilled());
            } catch (RuntimeException e) {
                if (Files.isDirectory(Objects.requireNonNull(temporary.getParent()))) {
                    throw e;
                }
                // Another run has found the directory empty, and removed it before the file was begun.
                info = source.download(
                        action, destination.temporaryFor(action.path(), action.fileId()), destination.whileFilled());
            }
            return isLink
                    ? destination.makeLink(temporary, action, expected, info)
                    : destination.moveIntoPlace(temporary, action, expected, info);
        }

        private Map<String, String> infoOfMarker(SyncAction.Download action) throws IOException {
            if (!destination.keepsAccess()) {
                return Map.of();
            }
            Path temporary = destination.temporaryFor(action.path(), action.fileId());
            try {
                return source.download(action, temporary, destination.whileFilled());
            } finally {
                Files.deleteIfExists(temporary);
            }
        }

        /** A local file is looked at when its download begins, and again when it takes its place. */
        @Override
        public Optional<String> checkTransfer(PathPlan plan, SyncAction action) {
            return Optional.empty();
        }

        @Override
        public void checkShown(SyncAction action, LookFor whom) throws IOException {
            if (action instanceof SyncAction.Download download) {
                ActionRunner.checkShown(source, download.path(), download.fileId(), whom);
            }
        }

        @Override
        public void checkSource(PathPlan plan) throws IOException {
            if (plan.stage() == PathPlan.Stage.VANISHED) {
                checkLacks(source.newestBeforeRemoval(plan.path()), plan.path(), absent);
            }
        }

        @Override
        public List<CameBack> cameBack(List<PathPlan> removed) {
            return ActionRunner.cameBack(source, removed, absent);
        }

        /** Deleting a local file checks that very file. */
        @Override
        public int checkDestination(PathPlan plan, String storedFileId) {
            return 0;
        }

        @Override
        public void checkVersions(SyncAction action) throws IOException {
            if (action instanceof SyncAction.Download download) {
                source.checkHolds(download.path(), download.fileId());
            }
        }

        @Override
        public ResumePoint findResumePoint(PathPlan plan) throws IOException {
            return destination.isCarriedOut(plan.actions().get(0)) ? new ResumePoint(1, "") : ResumePoint.BEGINNING;
        }
    }

    @Override
    public String upload(SyncAction.Upload action) throws IOException {
        throw refused(action);
    }

    @Override
    public String incrementalUpload(SyncAction.IncrementalUpload action) throws IOException {
        throw refused(action);
    }

    @Override
    public String download(SyncAction.Download action) throws IOException {
        throw refused(action);
    }

    @Override
    public String copy(SyncAction.Copy action) throws IOException {
        throw refused(action);
    }

    @Override
    public String rename(SyncAction.Rename action) throws IOException {
        throw refused(action);
    }

    @Override
    public String hide(SyncAction.Hide action) throws IOException {
        throw refused(action);
    }

    @Override
    public String delete(SyncAction.Delete action) throws IOException {
        throw refused(action);
    }

    @Override
    public String deleteLocal(SyncAction.DeleteLocal action) throws IOException {
        throw refused(action);
    }

    private static void checkLacks(Optional<RemoteVersion> newest, String path, Predicate<ScanItem.SyncFile> absent)
            throws LeftAloneException {
        boolean isThere = newest.filter(version -> !version.isHideMarker())
                .filter(version -> !absent.test(new ScanItem.RemoteFile(path, List.of(version))))
                .isPresent();
        if (isThere) {
            throw new LeftAloneException("the source has it again, so it stays");
        }
    }

    private static void checkShown(BucketSide source, String path, String fileId, LookFor whom)
            throws ChangedException {
        if (whom == LookFor.ONE_OF_MANY && isShown(source.newestBeforeRemoval(path), fileId)) {
            return;
        }
        Optional<RemoteVersion> now = source.newest(path);
        if (!isShown(now, fileId)) {
            String what = now.map(version ->
                            version.isHideMarker() ? "it was hidden" : "version " + version.fileId() + " replaced it")
                    .orElse("it is gone");
            throw new ChangedException("the source does not show version " + fileId + " any more (" + what
                    + " since it was listed), so it is not stored; the next run decides again");
        }
    }

    private static boolean isShown(Optional<RemoteVersion> newest, String fileId) {
        return newest.filter(version -> version.fileId().equals(fileId)).isPresent();
    }

    private static List<CameBack> cameBack(
            BucketSide source, List<PathPlan> removed, Predicate<ScanItem.SyncFile> absent) {
        Map<String, RemoteVersion> now;
        try {
            now = source.newestNow(removed.stream().map(PathPlan::path).toList());
        } catch (RuntimeException e) {
            return removed.stream().map(plan -> CameBack.unknown(plan, e)).toList();
        }
        List<CameBack> back = new ArrayList<>();
        for (PathPlan plan : removed) {
            try {
                checkLacks(Optional.ofNullable(now.get(plan.path())), plan.path(), absent);
            } catch (LeftAloneException e) {
                back.add(CameBack.seen(plan));
            }
        }
        return back;
    }

    /** A version that the listing has told of has changed when it is gone; without its bucket, nothing can be done. */
    private static ChangedException goneOrNoBucket(String fileId, B2NotFoundException why) {
        if (ErrorClass.of(why) != ErrorClass.FILE) {
            throw why;
        }
        return new ChangedException(
                "version " + fileId + " is gone from the source since it was listed; the next run decides again: "
                        + why.getMessage(),
                why);
    }

    private static IOException refused(SyncAction action) {
        return new IOException("an endpoint with this source and destination does not do \"" + action.line()
                + "\": the plan was made for other options");
    }
}
