// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.item;

import java.util.Set;

/**
 * Which times a disk and Java can hold. What they cannot must not make a file move with every run; and a time that was cut
 * off proves nothing about what came within the same seconds, so content decides there.
 */
public final class DiskTimes {
    private static final long SECOND = 1_000;
    /** The widest steps in use: the FAT family counts in two seconds. Some disks round, others cut off. */
    private static final long WIDEST = 2_000;
    /** The narrowest that is wider than ours: exFAT counts in hundredths of a second. */
    private static final long NARROWEST = 10;
    /** The last whole second that fits 64 bits of nanoseconds, 2262-04-11T23:47:16Z: later ones wrap around. */
    private static final long LAST = Long.MAX_VALUE / 1_000_000 / SECOND * SECOND;

    /**
     * The first seconds that disks hold: of 1601 (NTFS), 1901 (32 bits with a sign: ext2 to ext4, XFS), 1904 (HFS) and 1970
     * (32 bits without one: NFS). Linux gives a file the nearest that its disk holds.
     */
    private static final Set<Long> FIRST_SECONDS = Set.of(-11_644_473_600L, -2_147_483_648L, -2_082_844_800L, 0L);

    /** The last: of 2038 (32 bits with a sign), 2040 (HFS), 2106 (32 bits without one), 2446 (ext4) and 2486 (XFS). */
    private static final Set<Long> LAST_SECONDS =
            Set.of(2_147_483_647L, 2_212_122_495L, 4_294_967_295L, 15_032_385_535L, 16_299_260_424L);

    /** FAT and exFAT hold 1980 to 2107, of the time of the place that they are in: whole quarters of an hour from ours. */
    private static final long FIRST_OF_FAT = 315_532_800L;

    private static final long END_OF_FAT = 4_354_819_200L;
    private static final long QUARTER_OF_AN_HOUR = 900;
    private static final long FARTHEST_PLACE = 14 * 3_600;

    private DiskTimes() {}

    /** The time that a file has after it was given {@code millis}, as far as its disk holds that. */
    public static long holdable(long millis) {
        if (millis < 0) {
            // Java takes a fraction of a second before 1970 for a mistake, and sets 1970 instead.
            return Math.max(Math.floorDiv(millis, SECOND) * SECOND, -LAST);
        }
        return Math.min(millis, LAST);
    }

    /**
     * What became of {@code wanted} on the disk that has that time: the first or the last time of a disk stands for all
     * before and after it.
     */
    public static long held(long onDisk, long wanted) {
        boolean isBeyond = wanted < onDisk ? isFirst(onDisk) : wanted > onDisk && isLast(onDisk);
        return isBeyond ? onDisk : holdable(wanted);
    }

    private static boolean isFirst(long onDisk) {
        long second = Math.floorDiv(onDisk, SECOND);
        return onDisk % SECOND == 0 && (FIRST_SECONDS.contains(second) || isLimitOfFat(second, FIRST_OF_FAT));
    }

    private static boolean isLast(long onDisk) {
        long second = Math.floorDiv(onDisk, SECOND);
        boolean isOfFat = isLimitOfFat(second + 1, END_OF_FAT) || isLimitOfFat(second + WIDEST / SECOND, END_OF_FAT);
        return onDisk % SECOND == 0 && (LAST_SECONDS.contains(second) || isOfFat);
    }

    private static boolean isLimitOfFat(long second, long limit) {
        long apart = second - limit;
        return Math.abs(apart) <= FARTHEST_PLACE && apart % QUARTER_OF_AN_HOUR == 0;
    }

    /** Whether a file of that time may have been given {@code wanted} by whatever disk; others may have too. */
    public static boolean mayHold(long onDisk, long wanted) {
        long held = held(onDisk, wanted);
        return onDisk == held || (onDisk % NARROWEST == 0 && Math.abs(onDisk - held) < WIDEST);
    }

    /** Whether a file of that time was given {@code wanted}, or one within the same step, by a disk of such steps. */
    public static boolean holdsCoarsely(long onDisk, long wanted) {
        long held = held(onDisk, wanted);
        return onDisk == held
                || onDisk == Math.floorDiv(held, NARROWEST) * NARROWEST
                || onDisk == Math.floorDiv(held, SECOND) * SECOND
                || onDisk == Math.floorDiv(held, WIDEST) * WIDEST;
    }
}
