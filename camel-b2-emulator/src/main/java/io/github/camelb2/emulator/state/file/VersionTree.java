// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Packed versions in listing order: a list of blocks, split when they are full. It costs six bytes for a version, where a red-black tree costs
 * forty. Guarded by the account's lock.
 */
final class VersionTree {

    private static final int BLOCK = 512;

    private static final class Block {
        private byte[][] entries = new byte[8][];
        private int size;

        byte[] last() {
            return entries[size - 1];
        }
    }

    private final List<Block> blocks = new ArrayList<>();

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** The first version at a place or after it, or null. */
    byte @Nullable [] ceiling(VersionKey place) {
        byte[] name = place.name().getBytes(StandardCharsets.UTF_8);
        int block = blockFor(name, place);
        return block == blocks.size() ? null : blocks.get(block).entries[slot(blocks.get(block), name, place)];
    }

    /** The first block whose last entry is at the place or after it. */
    private int blockFor(byte[] name, VersionKey place) {
        int low = 0;
        int high = blocks.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(blocks.get(middle).last(), name, place) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first slot of a block whose entry is at the place or after it. */
    private static int slot(Block block, byte[] name, VersionKey place) {
        int low = 0;
        int high = block.size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(block.entries[middle], name, place) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int compare(byte[] packed, byte[] name, VersionKey place) {
        int names = Arrays.compareUnsigned(packed, 2, 2 + PackedVersions.nameLength(packed), name, 0, name.length);
        if (names != 0) {
            return names;
        }
        int times = Long.compare(place.timestamp(), PackedVersions.timestamp(packed));
        return times != 0 ? times : Long.compare(place.sequence(), PackedVersions.sequence(packed));
    }

    /** Puts a version at its place; one that has the same place goes. */
    void put(VersionKey place, byte[] packed) {
        byte[] name = place.name().getBytes(StandardCharsets.UTF_8);
        int index = blockFor(name, place);
        if (index == blocks.size()) {
            append(packed);
            return;
        }
        Block block = blocks.get(index);
        int slot = slot(block, name, place);
        if (compare(block.entries[slot], name, place) == 0) {
            block.entries[slot] = packed;
            return;
        }
        insert(block, slot, packed);
        if (block.size == BLOCK) {
            split(index, BLOCK / 2);
        }
    }

    /** Puts a version behind all others, without looking whether it belongs there. */
    void append(byte[] packed) {
        if (blocks.isEmpty()) {
            blocks.add(new Block());
        }
        Block block = blocks.get(blocks.size() - 1);
        insert(block, block.size, packed);
        if (block.size == BLOCK) {
            // Names often come in order: the block stays nearly full then.
            split(blocks.size() - 1, BLOCK - 1);
        }
    }

    private static void insert(Block block, int slot, byte[] packed) {
        if (block.size == block.entries.length) {
            block.entries = Arrays.copyOf(block.entries, block.size * 2);
        }
        System.arraycopy(block.entries, slot, block.entries, slot + 1, block.size - slot);
        block.entries[slot] = packed;
        block.size++;
    }

    private void split(int index, int at) {
        Block left = blocks.get(index);
        Block right = new Block();
        right.entries = Arrays.copyOfRange(left.entries, at, Math.max(left.size, at + 8));
        right.size = left.size - at;
        left.entries = Arrays.copyOf(left.entries, at);
        left.size = at;
        blocks.add(index + 1, right);
    }

    void remove(VersionKey place) {
        byte[] name = place.name().getBytes(StandardCharsets.UTF_8);
        int index = blockFor(name, place);
        if (index == blocks.size()) {
            return;
        }
        Block block = blocks.get(index);
        int slot = slot(block, name, place);
        if (compare(block.entries[slot], name, place) != 0) {
            return;
        }
        block.size--;
        System.arraycopy(block.entries, slot + 1, block.entries, slot, block.size - slot);
        Arrays.fill(block.entries, block.size, block.size + 1, null);
        if (block.size == 0) {
            blocks.remove(index);
        }
    }

    void forEach(Consumer<byte[]> use) {
        for (Block block : blocks) {
            for (int i = 0; i < block.size; i++) {
                use.accept(block.entries[i]);
            }
        }
    }
}
