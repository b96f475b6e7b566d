// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.copy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.github.camelb2.client.transfer.plan.PartLimits;

/**
 * How pieces become the parts of one file. Pure arithmetic.
 *
 * <p>What B2 has is copied inside B2 where that makes a part of its own: every part but the last has a least length. A
 * remote piece that is too short for that is downloaded and sent with its neighbours; before a longer remote piece, what
 * is to be sent borrows from that piece's beginning no more than it needs to reach the least length.
 */
public final class EmergePlan {
    private final PartLimits limits;
    private final long sendLength;
    private final List<EmergedPart> parts = new ArrayList<>();

    /** What is to be sent next, and its length. */
    private final Deque<Fragment> pending = new ArrayDeque<>();

    private long pendingLength;

    private EmergePlan(PartLimits limits, long sendLength) {
        this.limits = limits;
        this.sendLength = sendLength;
    }

    /**
     * Plans the parts of a file.
     *
     * @param fragments the pieces in order, with their lengths
     * @return the parts in order; one of them means that no large file is needed, none that the file is empty
     * @throws IllegalArgumentException if the pieces together are more than B2 takes as one file
     */
    static List<EmergedPart> of(List<Fragment> fragments, PartLimits limits) {
        long total = fragments.stream().mapToLong(Fragment::length).sum();
        if (total > limits.maximumFile()) {
            throw new IllegalArgumentException("the pieces have " + total + " bytes together, more than the "
                    + limits.maximumFile() + " that B2 takes as one file");
        }
        // Half as long again as needed leaves room for the parts that are cut short by a neighbour.
        long enough = total / limits.maximumCount() + total / limits.maximumCount() / 2 + 1;
        EmergePlan plan = new EmergePlan(limits, Math.min(limits.maximum(), Math.max(limits.recommended(), enough)));
        List<Fragment> real =
                fragments.stream().filter(fragment -> fragment.length() > 0).toList();
        for (int i = 0; i < real.size(); i++) {
            plan.add(real.get(i), i == real.size() - 1);
        }
        plan.send();
        return List.copyOf(plan.parts);
    }

    private void add(Fragment fragment, boolean last) {
        if (!fragment.isRemote()) {
            append(fragment);
            return;
        }
        long missing = pendingLength == 0 ? 0 : Math.max(0, limits.minimum() - pendingLength);
        long alone = fragment.length() - missing;
        if (alone < 1 || (alone < limits.minimum() && !last)) {
            append(fragment);
            return;
        }
        if (missing > 0) {
            append(fragment.range(0, missing));
        }
        send();
        copy(fragment.range(missing, alone));
    }

    private void append(Fragment fragment) {
        pending.addLast(fragment);
        pendingLength += fragment.length();
    }

    /** Cuts what is pending into parts; the last one is between the least length and that more than the others. */
    private void send() {
        while (pendingLength >= sendLength + limits.minimum()) {
            parts.add(EmergedPart.sent(take(sendLength)));
        }
        // In equal parts where one would be too long: a short rest may not stand between others.
        long count = (pendingLength + limits.maximum() - 1) / limits.maximum();
        long each = count == 0 ? 0 : (pendingLength + count - 1) / count;
        while (pendingLength > 0) {
            parts.add(EmergedPart.sent(take(Math.min(pendingLength, each))));
        }
    }

    private List<Fragment> take(long length) {
        List<Fragment> taken = new ArrayList<>();
        long missing = length;
        while (missing > 0) {
            Fragment next = pending.removeFirst();
            if (next.length() > missing) {
                pending.addFirst(next.range(missing, next.length() - missing));
                next = next.range(0, missing);
            }
            taken.add(next);
            missing -= next.length();
        }
        pendingLength -= length;
        return taken;
    }

    /** As few equal parts as there may be. */
    private void copy(Fragment fragment) {
        long count = (fragment.length() + limits.maximum() - 1) / limits.maximum();
        long each = (fragment.length() + count - 1) / count;
        for (long offset = 0; offset < fragment.length(); offset += each) {
            parts.add(EmergedPart.copied(fragment.range(offset, Math.min(each, fragment.length() - offset))));
        }
    }

    /**
     * A range of one of the pieces.
     *
     * @param piece what it is of
     * @param offset where it begins in the piece's own content
     * @param length its bytes
     */
    record Fragment(Piece piece, long offset, long length) {
        boolean isRemote() {
            return piece instanceof Piece.Remote;
        }

        Fragment range(long from, long bytes) {
            return new Fragment(piece, offset + from, bytes);
        }
    }

    /**
     * One part of the file.
     *
     * @param fragments what it consists of; exactly one if it is copied
     * @param way how it gets there
     */
    record EmergedPart(List<Fragment> fragments, Way way) {
        EmergedPart {
            fragments = List.copyOf(fragments);
        }

        static EmergedPart sent(List<Fragment> fragments) {
            return new EmergedPart(fragments, Way.SENT);
        }

        static EmergedPart copied(Fragment fragment) {
            return new EmergedPart(List.of(fragment), Way.COPIED);
        }

        long length() {
            return fragments.stream().mapToLong(Fragment::length).sum();
        }

        /** How a part gets into the file. */
        enum Way {
            /** From this machine, where remote fragments are downloaded first. */
            SENT,
            /** Inside B2. */
            COPIED
        }
    }
}
