// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.policy;

import java.util.Objects;

/**
 * The user's choices that decide a plan; one immutable value for a whole run.
 *
 * @param direction              where files go
 * @param compareMode            what makes files different
 * @param compareThreshold       the difference that is still none: milliseconds for times, bytes for sizes
 * @param newerFileMode          what happens to a newer destination
 * @param keepMode               what happens to files that the source does not have, and to old versions
 * @param keepDays               with {@link KeepMode#KEEP_BEFORE_DELETE}: days, fractions allowed, above 0; else 0
 * @param uploadMode             whole files or only what was appended
 * @param minimumPartSize        bytes of the smallest remote file that an incremental upload starts from
 * @param emptySource            whether a source without any file may empty the destination
 * @param excludedAtDestination  what happens at the destination to files that the filters exclude
 * @param removals               what bounds the removals
 */
public record SyncPolicy(
        Direction direction,
        CompareMode compareMode,
        long compareThreshold,
        NewerFileMode newerFileMode,
        KeepMode keepMode,
        double keepDays,
        UploadMode uploadMode,
        long minimumPartSize,
        EmptySource emptySource,
        ExcludedFiles excludedAtDestination,
        Removals removals) {

    /** B2's smallest part. */
    public static final long DEFAULT_MINIMUM_PART_SIZE = 5_000_000;

    /** What a source without files means. */
    public enum EmptySource {
        /** A mistake: the run fails and deletes nothing. */
        REFUSED,
        /** What it says. */
        ALLOWED
    }

    /** What happens at the destination to names that the filters take out of the source. */
    public enum ExcludedFiles {
        /** They stay as they are. */
        LEFT_ALONE,
        /** They are treated as absent at the source, as b2sdk does. */
        TREATED_AS_ABSENT
    }

    /** Refuses combinations that have no meaning; the message names the option and what to do. */
    public SyncPolicy {
        Objects.requireNonNull(direction, "direction");
        if (compareThreshold < 0) {
            throw new IllegalArgumentException(
                    "compareThreshold=" + compareThreshold + " must not be negative: give 0 or more");
        }
        boolean thresholdHasMeaning = compareMode == CompareMode.MOD_TIME || compareMode == CompareMode.SIZE;
        if (compareThreshold > 0 && !thresholdHasMeaning) {
            throw new IllegalArgumentException("compareThreshold=" + compareThreshold
                    + " has no meaning unless compareMode is modTime or size: remove it");
        }
        checkKeeping(direction, keepMode, keepDays);
        Objects.requireNonNull(removals, "removals");
        if (minimumPartSize < 1) {
            throw new IllegalArgumentException("minimumPartSize=" + minimumPartSize + " must be positive");
        }
    }

    private static void checkKeeping(Direction direction, KeepMode keepMode, double keepDays) {
        if (keepMode != KeepMode.KEEP_BEFORE_DELETE) {
            if (keepDays != 0) {
                throw new IllegalArgumentException(
                        "keepDays=" + keepDays + " has no meaning unless keepMode=keepBeforeDelete: set that too");
            }
            return;
        }
        if (!(keepDays > 0) || Double.isInfinite(keepDays)) {
            throw new IllegalArgumentException("keepMode=keepBeforeDelete needs keepDays, a number of days above 0"
                    + " (fractions allowed), but keepDays=" + keepDays + "; to keep nothing use keepMode=delete");
        }
        if (direction.isToLocal()) {
            throw new IllegalArgumentException("keepMode=keepBeforeDelete works only when the destination is a bucket:"
                    + " a local directory keeps no versions; use noDelete or delete");
        }
    }

    /** Everything at its default for one direction. */
    public static SyncPolicy of(Direction direction) {
        return new SyncPolicy(
                direction,
                CompareMode.MOD_TIME,
                0,
                NewerFileMode.RAISE_ERROR,
                KeepMode.NO_DELETE,
                0,
                UploadMode.FULL,
                DEFAULT_MINIMUM_PART_SIZE,
                EmptySource.REFUSED,
                ExcludedFiles.LEFT_ALONE,
                Removals.SAFE);
    }

    /** Compares by {@code mode}; a difference up to {@code threshold} is none. */
    public SyncPolicy withCompare(CompareMode mode, long threshold) {
        return new SyncPolicy(
                direction,
                mode,
                threshold,
                newerFileMode,
                keepMode,
                keepDays,
                uploadMode,
                minimumPartSize,
                emptySource,
                excludedAtDestination,
                removals);
    }

    /** Treats a newer destination so. */
    public SyncPolicy withNewerFileMode(NewerFileMode mode) {
        return new SyncPolicy(
                direction,
                compareMode,
                compareThreshold,
                mode,
                keepMode,
                keepDays,
                uploadMode,
                minimumPartSize,
                emptySource,
                excludedAtDestination,
                removals);
    }

    /** Keeps nothing, or everything. */
    public SyncPolicy withKeepMode(KeepMode mode) {
        return new SyncPolicy(
                direction,
                compareMode,
                compareThreshold,
                newerFileMode,
                mode,
                0,
                uploadMode,
                minimumPartSize,
                emptySource,
                excludedAtDestination,
                removals);
    }

    /** Hides at once and deletes what is older than {@code days}. */
    public SyncPolicy withKeepDays(double days) {
        return new SyncPolicy(
                direction,
                compareMode,
                compareThreshold,
                newerFileMode,
                KeepMode.KEEP_BEFORE_DELETE,
                days,
                uploadMode,
                minimumPartSize,
                emptySource,
                excludedAtDestination,
                removals);
    }

    /** Uploads so; {@code minimumPart} is the size from which a remote file can be appended to. */
    public SyncPolicy withUploadMode(UploadMode mode, long minimumPart) {
        return new SyncPolicy(
                direction,
                compareMode,
                compareThreshold,
                newerFileMode,
                keepMode,
                keepDays,
                mode,
                minimumPart,
                emptySource,
                excludedAtDestination,
                removals);
    }

    /** Reads a source without files so. */
    public SyncPolicy withEmptySource(EmptySource meaning) {
        return new SyncPolicy(
                direction,
                compareMode,
                compareThreshold,
                newerFileMode,
                keepMode,
                keepDays,
                uploadMode,
                minimumPartSize,
                meaning,
                excludedAtDestination,
                removals);
    }

    /** Treats excluded names at the destination so. */
    public SyncPolicy withExcludedAtDestination(ExcludedFiles meaning) {
        return new SyncPolicy(
                direction,
                compareMode,
                compareThreshold,
                newerFileMode,
                keepMode,
                keepDays,
                uploadMode,
                minimumPartSize,
                emptySource,
                meaning,
                removals);
    }

    /** Lets one run remove at most so many names, and superseded versions of so many. */
    public SyncPolicy withMaxDelete(MaxDelete limit) {
        return withRemovals(removals.withMaxDelete(limit));
    }

    /** Bounds removals so. */
    public SyncPolicy withRemovals(Removals bounds) {
        return new SyncPolicy(
                direction,
                compareMode,
                compareThreshold,
                newerFileMode,
                keepMode,
                keepDays,
                uploadMode,
                minimumPartSize,
                emptySource,
                excludedAtDestination,
                bounds);
    }
}
