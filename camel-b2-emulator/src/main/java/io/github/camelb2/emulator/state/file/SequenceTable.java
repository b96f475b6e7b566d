// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** Packed versions by their sequence number, in a hash table of nothing but references. Guarded by the account's lock. */
final class SequenceTable {

    private byte[] @Nullable [] slots = new byte[16][];
    private int size;

    byte @Nullable [] get(long sequence) {
        return slots[slot(sequence)];
    }

    int size() {
        return size;
    }

    void put(byte[] packed) {
        int slot = slot(PackedVersions.sequence(packed));
        if (slots[slot] == null) {
            size++;
        }
        slots[slot] = packed;
        if (size * 4L > slots.length * 3L) {
            grow();
        }
    }

    void remove(long sequence) {
        int hole = slot(sequence);
        if (slots[hole] == null) {
            return;
        }
        size--;
        slots[hole] = null;
        // Whoever was pushed on by the one that is gone moves up.
        for (int next = after(hole); slots[next] != null; next = after(next)) {
            byte[] moved = slots[next];
            slots[next] = null;
            slots[slot(PackedVersions.sequence(moved))] = moved;
        }
    }

    private void grow() {
        byte[] @Nullable [] old = slots;
        slots = new byte[old.length * 2][];
        Arrays.stream(old)
                .filter(packed -> packed != null)
                .forEach(packed -> slots[slot(PackedVersions.sequence(packed))] = packed);
    }

    /** Where a sequence number stands, or would stand. */
    private int slot(long sequence) {
        int slot = (int) (sequence * 0x9E3779B97F4A7C15L >>> 40) & slots.length - 1;
        while (slots[slot] != null && PackedVersions.sequence(slots[slot]) != sequence) {
            slot = after(slot);
        }
        return slot;
    }

    private int after(int slot) {
        return slot + 1 & slots.length - 1;
    }
}
