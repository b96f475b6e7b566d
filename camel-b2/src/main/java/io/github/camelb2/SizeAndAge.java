// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.jspecify.annotations.Nullable;

/**
 * Which files the options {@code minSize}, {@code maxSize}, {@code minAge} and {@code maxAge} choose, the limits included:
 * the same for consumers, listings, deletions and syncs. Immutable.
 *
 * @param minSize in bytes, 0 for no limit
 * @param maxSize in bytes, {@link Long#MAX_VALUE} for no limit
 * @param minAge in ms, 0 for no limit
 * @param maxAge in ms, {@link Long#MAX_VALUE} for no limit
 */
public record SizeAndAge(long minSize, long maxSize, long minAge, long maxAge) {
    /** Chooses everything. */
    public static final SizeAndAge ALL = new SizeAndAge(0, Long.MAX_VALUE, 0, Long.MAX_VALUE);

    /** @throws IllegalArgumentException naming the option whose limits leave nothing */
    public SizeAndAge {
        inOrder("minSize", minSize, "maxSize", maxSize);
        inOrder("minAge", minAge, "maxAge", maxAge);
    }

    /**
     * What the options say.
     *
     * @param minSize as {@link ByteSize} reads it; null for no limit, as with the other one
     * @param minAge in ms; 0 for no limit, as with the other one
     * @throws IllegalArgumentException naming the option that cannot be, its value and what to write
     */
    public static SizeAndAge of(@Nullable String minSize, @Nullable String maxSize, long minAge, long maxAge) {
        return new SizeAndAge(
                size("minSize", minSize, 0),
                size("maxSize", maxSize, Long.MAX_VALUE),
                age("minAge", minAge, 0),
                age("maxAge", maxAge, Long.MAX_VALUE));
    }

    private static long size(String option, @Nullable String text, long none) {
        return text == null ? none : ByteSize.parse(option, text);
    }

    private static long age(String option, long millis, long none) {
        if (millis < 0) {
            throw new IllegalArgumentException(
                    "Option " + option + "=" + millis + " cannot be: write a duration, as 30m, or 0 for no limit");
        }
        return millis == 0 ? none : millis;
    }

    private static void inOrder(String lower, long least, String upper, long most) {
        if (least > most) {
            throw new IllegalArgumentException("Option " + lower + "=" + least + " cannot be: it is more than " + upper
                    + "=" + most + ", so that no file would be left; write less, or take one of them away");
        }
    }

    /** Whether a file of so many bytes is chosen by its size. */
    public boolean acceptsSize(long bytes) {
        return bytes >= minSize && bytes <= maxSize;
    }

    /**
     * Whether a file of that time, in ms since 1970, is chosen at the time {@code now} by its age; one of the future has the
     * age 0.
     */
    public boolean acceptsTime(long time, long now) {
        long age = Math.max(0, now - time);
        return age >= minAge && age <= maxAge;
    }

    /** Whether the size has a say. */
    public boolean limitsSize() {
        return minSize > 0 || maxSize < Long.MAX_VALUE;
    }

    /** Whether the age has a say. */
    public boolean limitsAge() {
        return minAge > 0 || maxAge < Long.MAX_VALUE;
    }
}
