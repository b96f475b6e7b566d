package io.github.camelb2.sync.action;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import io.github.camelb2.sync.plan.Expected;
import io.github.camelb2.sync.plan.PathPlan;
import io.github.camelb2.sync.plan.RemoteVersion;
import io.github.camelb2.sync.plan.ScanItem;
import io.github.camelb2.sync.plan.SyncAction;

/**
 * Does actions of one direction; each returns the id of the version it made or deleted, empty for a local file. Actions
 * of another direction are refused: a plan may come from a message.
 */
public abstract class ActionRunner implements SyncAction.Visitor<String, IOException> {
    /** Where a plan that somebody may have begun goes on. */
    public record ResumePoint(int nextAction, String storedFileId) {
        public static final ResumePoint BEGINNING = new ResumePoint(0, "");
    }

    /**
     * Does one action of a plan; returns the id of the version it made or deleted, empty for a local file.
     *
     * @throws IOException if this machine fails, or the destination is not what was planned for
     */
    public String perform(PathPlan plan, SyncAction action) throws IOException {
        return action.accept(this);
    }

    /**
     * Looks at the destination again before a transfer.
     *
     * @return the version that the transfer would make, if it is there already; else empty
     * @throws IOException if the destination is not what was planned for
     */
    public abstract Optional<String> checkTransfer(PathPlan plan, SyncAction action) throws IOException;

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
     * @throws IOException if it is not
     */
    public abstract void checkDestination(PathPlan plan, String storedFileId) throws IOException;

    /**
     * Checks that the versions which an action reads or deletes lie where this endpoint syncs: a plan may come from a
     * message, and an id alone leads to any file that the key may see.
     *
     * @throws IOException if one does not
     */
    public abstract void checkVersions(SyncAction action) throws IOException;

    /** Finds out how much of a plan somebody else has carried out already. */
    public abstract ResumePoint findResumePoint(PathPlan plan) throws IOException;

    /** For a sync into a bucket: what both kinds of source have in common. */
    abstract static class ToBucket extends ActionRunner {
        private final BucketSide destination;

        ToBucket(BucketSide destination) {
            this.destination = destination;
        }

        @Override
        public String hide(SyncAction.Hide action) {
            return destination.hide(action.path());
        }

        @Override
        public String delete(SyncAction.Delete action) {
            destination.delete(action);
            return action.fileId();
        }

        @Override
        public void checkDestination(PathPlan plan, String storedFileId) throws IOException {
            Optional<RemoteVersion> newest = destination.newestBeforeRemoval(plan.path());
            String newestId = newest.map(RemoteVersion::fileId).orElse("");
            boolean asPlanned = plan.after() == 0
                    ? newestId.equals(storedFileId.isEmpty() ? plannedId(plan) : storedFileId)
                    : newest.isPresent()
                            && !newest.get().isHideMarker()
                            && plan.actions().stream()
                                    .noneMatch(action -> action instanceof SyncAction.Delete delete
                                            && delete.fileId().equals(newestId));
            if (!asPlanned) {
                throw changed(plan, newestId);
            }
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
            return new IOException("the destination has changed since the run was planned (its newest version is "
                    + (newestId.isEmpty() ? "gone" : newestId) + ", not what was listed), so nothing is stored, deleted"
                    + " or hidden there; the next run decides again");
        }

        @Override
        public void checkVersions(SyncAction action) throws IOException {
            if (action instanceof SyncAction.Delete delete) {
                destination.checkHolds(delete.path(), delete.fileId());
            } else if (action instanceof SyncAction.IncrementalUpload upload) {
                destination.checkHolds(upload.path(), upload.baseFileId());
            }
        }

        @Override
        public ResumePoint findResumePoint(PathPlan plan) {
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

        private static boolean isDone(SyncAction action, RemoteVersion newest) {
            if (action instanceof SyncAction.Hide) {
                return newest.isHideMarker();
            }
            return !newest.isHideMarker()
                    && newest.size() == action.bytes()
                    && newest.modifiedMillis() == modifiedMillis(action);
        }

        private static long modifiedMillis(SyncAction action) {
            return action instanceof SyncAction.Transfer transfer ? transfer.modifiedMillis() : Long.MIN_VALUE;
        }
    }

    /** From a directory into a bucket. */
    static final class Up extends ToBucket {
        private final LocalSide source;
        private final BucketSide destination;

        Up(LocalSide source, BucketSide destination) {
            super(destination);
            this.source = source;
            this.destination = destination;
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
        public String incrementalUpload(SyncAction.IncrementalUpload action) throws IOException {
            return destination.append(action, source.source(action.path(), action.bytes(), action.modifiedMillis()));
        }
    }

    /** From a bucket into a bucket. */
    static final class Across extends ToBucket {
        private final BucketSide source;
        private final BucketSide destination;
        private final Predicate<ScanItem.SyncFile> absent;

        Across(BucketSide source, BucketSide destination, Predicate<ScanItem.SyncFile> absent) {
            super(destination);
            this.absent = absent;
            this.source = source;
            this.destination = destination;
        }

        @Override
        public String copy(SyncAction.Copy action) {
            return destination.copyFrom(source, action);
        }

        @Override
        public void checkSource(PathPlan plan) throws IOException {
            if (plan.stage() == PathPlan.Stage.VANISHED) {
                checkLacks(source, plan.path(), absent);
            }
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
        public String perform(PathPlan plan, SyncAction action) throws IOException {
            return action instanceof SyncAction.Download download
                    ? download(download, plan.expected())
                    : action.accept(this);
        }

        private String download(SyncAction.Download action, Expected expected) throws IOException {
            if (destination.isInPlace(action, expected)) {
                return action.fileId();
            }
            Path temporary = destination.temporaryFor(action.path(), action.fileId());
            source.download(action, temporary);
            destination.moveIntoPlace(temporary, action, expected);
            return action.fileId();
        }

        /** A local file is looked at when its download begins, and again when it takes its place. */
        @Override
        public Optional<String> checkTransfer(PathPlan plan, SyncAction action) {
            return Optional.empty();
        }

        @Override
        public void checkSource(PathPlan plan) throws IOException {
            if (plan.stage() == PathPlan.Stage.VANISHED) {
                checkLacks(source, plan.path(), absent);
            }
        }

        @Override
        public String deleteLocal(SyncAction.DeleteLocal action) throws IOException {
            destination.delete(action);
            return "";
        }

        @Override
        public void checkDestination(PathPlan plan, String storedFileId) {
            // Deleting a local file checks that very file.
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

    private static void checkLacks(BucketSide source, String path, Predicate<ScanItem.SyncFile> absent)
            throws IOException {
        boolean isThere = source.newestBeforeRemoval(path)
                .filter(version -> !version.isHideMarker())
                .filter(version -> !absent.test(new ScanItem.RemoteFile(path, List.of(version))))
                .isPresent();
        if (isThere) {
            throw new LeftAloneException("the source has it again, so it stays");
        }
    }

    private static IOException refused(SyncAction action) {
        return new IOException("an endpoint with this source and destination does not do \"" + action.line()
                + "\": the plan was made for other options");
    }
}
