// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How a file is cut: in one piece, or into the parts of a large file. Pure arithmetic.
 *
 * <p>With an automatic part size:
 *
 * <ul>
 *   <li>A file of at most the recommended part length goes in one piece, although parts in parallel would be faster
 *       from about twice the minimum on: B2 keeps and checks the SHA-1 of a file that was sent in one piece, and has none
 *       for a large one. The exception is {@link #forParallelUpload}, where it is known that parts are quicker.
 *   <li>A larger one is cut into equal parts (the last may be a few bytes shorter), and their number is a multiple of
 *       the connections, so that all of these end together. There are at least {@value #ROUNDS} rounds where parts of
 *       an eighth of the recommended length allow it, so that a slow connection takes fewer parts than a quick one, and
 *       as many as keep a part below the recommended length, within the most parts of a file.
 * </ul>
 *
 * 256 MiB over 4 connections are 16 parts of 16 MiB; b2sdk makes 3 parts of it, and one connection of four idles.
 */
public record PartPlan(long length, List<Slice> parts) {
    /** The part size that stands for "choose it". */
    static final long AUTO = 0;

    private static final int ROUNDS = 4;
    private static final int ROUNDS_OF_SHORT = 2;
    private static final int SHARE_OF_RECOMMENDED = 8;

    /** The smallest range that is worth a request (and a transaction) of its own. */
    private static final long MINIMUM_RANGE = 8L << 20;

    private static final long MAXIMUM_RANGE = 64L << 20;

    /** A connection asks for a third of what is left of its share. */
    private static final long SHARE_OF_THE_REST = 3;

    public PartPlan {
        parts = List.copyOf(parts);
    }

    /** Whether it takes the calls for large files; never with fewer than two parts. */
    public boolean isLarge() {
        return parts.size() > 1;
    }

    /** Whether each of those parts is one of this plan; none are. */
    public boolean has(Map<Integer, Long> lengths) {
        return lengths.entrySet().stream()
                .allMatch(part -> part.getKey() <= parts.size()
                        && parts.get(part.getKey() - 1).length() == part.getValue());
    }

    /** The parts without those; their order is kept. */
    public List<Slice> without(Map<Integer, ?> numbers) {
        return parts.stream()
                .filter(part -> !numbers.containsKey(part.number()))
                .toList();
    }

    /**
     * The plan for an upload.
     *
     * @param partSize bytes of a part, or {@link #AUTO}; a longer file is cut into parts of this length, and one that
     *     would need too many of them into as many as there may be
     * @throws IllegalArgumentException if the file or the part size is beyond the limits; the message says which
     */
    public static PartPlan forUpload(long length, long partSize, int connections, PartLimits limits) {
        checkLength(length, limits);
        checkPartSize(partSize, limits);
        long threshold = partSize == AUTO ? limits.recommended() : partSize;
        if (length <= Math.min(threshold, limits.maximum())) {
            return new PartPlan(length, List.of(new Slice(1, 0, length)));
        }
        long wanted = partSize == AUTO ? automatic(length, connections, limits) : partSize;
        long fewest = ceilDiv(length, limits.maximumCount());
        return uniform(length, Math.min(limits.maximum(), Math.max(wanted, fewest)));
    }

    /**
     * The plan for an upload that could go in one piece, and is cut because one connection is slower than the line: equal
     * parts, one or two for each connection. It has one part where the file is too short for two.
     */
    public static PartPlan forParallelUpload(long length, int connections, PartLimits limits) {
        checkLength(length, limits);
        long rounds = Math.max(1, Math.min(ROUNDS_OF_SHORT, length / (connections * limits.minimum())));
        return uniform(length, Math.max(limits.minimum(), ceilDiv(length, connections * rounds)));
    }

    /** Refuses a part size that the service would refuse, before anything is read or sent. */
    public static void checkPartSize(long partSize, PartLimits limits) {
        if (partSize != AUTO && (partSize < limits.minimum() || partSize > limits.maximum())) {
            throw new IllegalArgumentException("partSize " + partSize + " is not between the " + limits.minimum()
                    + " and " + limits.maximum() + " bytes that B2 takes as one part");
        }
    }

    private static long automatic(long length, int connections, PartLimits limits) {
        long least = Math.max(limits.minimum(), limits.recommended() / SHARE_OF_RECOMMENDED);
        long needed = ceilDiv(length, connections * limits.recommended());
        long balanced = Math.min(ROUNDS, length / (connections * least));
        long rounds = Math.max(needed, balanced);
        long most = Math.max(1, limits.maximumCount() / connections);
        long count = Math.min(limits.maximumCount(), connections * Math.min(rounds, most));
        return Math.max(limits.minimum(), ceilDiv(length, Math.max(2, count)));
    }

    /** How many bytes a download asks for first, before it knows how many there are. */
    public static long firstRange(long partSize) {
        return partSize == AUTO ? MINIMUM_RANGE : partSize;
    }

    /**
     * The ranges of a parallel download of which the first one, of {@link #firstRange} bytes, is under way. Every range is
     * one billed request and one round trip: the others are 8 to 64 MiB (shorter where the file is short), long ones
     * first, so that there are few, and short ones last, so that a quick connection takes more of them than a slow one.
     * Connections that are equally quick end together.
     */
    public static PartPlan forDownload(long length, long partSize, int connections) {
        long first = Math.min(length, firstRange(partSize));
        List<Slice> ranges = new ArrayList<>();
        add(ranges, first, first);
        if (partSize != AUTO) {
            while (end(ranges) < length) {
                add(ranges, partSize, length);
            }
            return new PartPlan(length, ranges);
        }
        long share = ceilDiv(length, connections);
        long ofFirst = Math.max(0, share - first);
        long ofOther = share > first ? share : ceilDiv(length - first, Math.max(1, connections - 1));
        while (end(ranges) < length) {
            long next = nextRange(ofOther);
            for (int i = 1; i < connections; i++) {
                add(ranges, next, length);
            }
            ofOther -= next;
            next = nextRange(ofFirst);
            add(ranges, next, length);
            ofFirst -= next;
        }
        return new PartPlan(length, ranges);
    }

    /** @param left what a connection has still to bring of its share */
    private static long nextRange(long left) {
        long pieces = Math.max(1, Math.min(SHARE_OF_THE_REST, left / MINIMUM_RANGE));
        return Math.min(MAXIMUM_RANGE, ceilDiv(left, pieces));
    }

    private static void add(List<Slice> ranges, long wanted, long length) {
        long offset = end(ranges);
        if (ranges.isEmpty() || (wanted > 0 && offset < length)) {
            ranges.add(new Slice(ranges.size() + 1, offset, Math.min(wanted, length - offset)));
        }
    }

    private static long end(List<Slice> ranges) {
        return ranges.isEmpty() ? 0 : ranges.get(ranges.size() - 1).end();
    }

    /**
     * The parts of a copy inside B2: of the given size, or equal ones, as few as there may be and a multiple of the
     * connections; the last may be a few bytes shorter.
     */
    public static PartPlan forCopy(long length, long partSize, int connections, PartLimits limits) {
        checkLength(length, limits);
        checkPartSize(partSize, limits);
        long fewest = Math.max(1, ceilDiv(length, limits.maximum()));
        long count = Math.min(limits.maximumCount(), ceilDiv(fewest, connections) * connections);
        long wanted = partSize == AUTO ? Math.max(limits.recommended(), ceilDiv(length, count)) : partSize;
        return uniform(length, Math.min(limits.maximum(), Math.max(wanted, ceilDiv(length, limits.maximumCount()))));
    }

    private static void checkLength(long length, PartLimits limits) {
        if (length > limits.maximumFile()) {
            throw new IllegalArgumentException(
                    length + " bytes are more than the " + limits.maximumFile() + " that B2 takes as one file");
        }
    }

    /**
     * The plan that goes on with parts that are already stored, whoever chose their lengths; empty if no plan for a
     * file of that length contains them all.
     *
     * <p>Stored parts without gaps may have any lengths. With gaps all of them but the one that ends the file must be
     * of one length, because only then is it known where each begins. What follows the last stored part is cut to the
     * length of the first one.
     *
     * @param stored the length of each stored part by its number; not empty
     */
    public static Optional<PartPlan> resuming(long length, Map<Integer, Long> stored, PartLimits limits) {
        NavigableMap<Integer, Long> known = new TreeMap<>(stored);
        long common = commonLength(length, known, limits);
        List<Slice> parts = new ArrayList<>();
        long offset = 0;
        for (int number = 1; number <= known.lastKey() || offset < length; number++) {
            long rest = length - offset;
            Long given = known.get(number);
            long own = given != null ? given : Math.min(common, rest);
            boolean uniform = own == common || (own == rest && number == known.lastKey());
            boolean gapsBefore = number > known.headMap(number).size() + 1;
            boolean misplaced = given != null && gapsBefore && !uniform;
            if (own < 1 || own > rest || number > limits.maximumCount() || misplaced) {
                return Optional.empty();
            }
            parts.add(new Slice(number, offset, own));
            offset += own;
        }
        PartPlan plan = new PartPlan(length, parts);
        return plan.isLarge() && plan.isAccepted(limits) ? Optional.of(plan) : Optional.empty();
    }

    /** The length of every part whose own is not known. */
    private static long commonLength(long length, NavigableMap<Integer, Long> known, PartLimits limits) {
        int first = known.firstKey();
        long ofFirst = known.firstEntry().getValue();
        boolean mustEnd = ofFirst < limits.minimum() || first * ofFirst > length;
        return known.size() == 1 && first > 1 && mustEnd ? (length - ofFirst) / (first - 1) : ofFirst;
    }

    private boolean isAccepted(PartLimits limits) {
        return parts.stream()
                .limit(parts.size() - 1L)
                .allMatch(part -> part.length() >= limits.minimum() && part.length() <= limits.maximum());
    }

    private static PartPlan uniform(long length, long partLength) {
        List<Slice> parts = new ArrayList<>();
        for (long offset = 0; offset < length; offset += partLength) {
            parts.add(new Slice(parts.size() + 1, offset, Math.min(partLength, length - offset)));
        }
        return new PartPlan(length, parts);
    }

    private static long ceilDiv(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
