// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Keys that were found in a repository, as 16 bytes of their SHA-256 each: a million of them take 32 to 64 MiB, and
 * that two of them are mistaken for each other will not happen.
 *
 * <p>When it is full it learns no more. The keys fall into parts of at most a given size, so that whoever trusts all but
 * one part, and another one each time, trusts nothing for ever. Not thread-safe.
 */
final class KnownKeys {
    private static final int FIRST_SLOTS = 1 << 10;

    private final int capacity;
    private final MessageDigest sha256;
    /** Two numbers for each slot, both 0 for an empty one; at most half of the slots are taken. */
    private long[] slots = new long[2 * FIRST_SLOTS];

    private int size;

    KnownKeys(int capacity) {
        this.capacity = capacity;
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    int size() {
        return size;
    }

    boolean contains(String key) {
        return holds(digest(key));
    }

    /** Whether the key is known, and not of the part whose turn it is in that round. */
    boolean isTrusted(String key, long round, int partSize) {
        ByteBuffer digest = digest(key);
        int parts = Math.max(1, (size + partSize - 1) / partSize);
        return holds(digest) && Math.floorMod(digest.getLong(8), parts) != round % parts;
    }

    private boolean holds(ByteBuffer digest) {
        return slots[slot(digest.getLong(0), digest.getLong(8))] != 0;
    }

    void add(String key) {
        if (size == capacity) {
            return;
        }
        if (4 * (size + 1) > slots.length) {
            grow();
        }
        ByteBuffer digest = digest(key);
        size += put(digest.getLong(0), digest.getLong(8));
    }

    void clear() {
        slots = new long[2 * FIRST_SLOTS];
        size = 0;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (int at = 0; at < old.length; at += 2) {
            if (old[at] != 0) {
                put(old[at], old[at + 1]);
            }
        }
    }

    /** How many it has become more. */
    private int put(long high, long low) {
        int at = slot(high, low);
        int more = slots[at] == 0 ? 1 : 0;
        slots[at] = high;
        slots[at + 1] = low;
        return more;
    }

    /** Where it is, or would be. */
    private int slot(long high, long low) {
        int mask = slots.length / 2 - 1;
        int at = (int) (high & mask);
        while (slots[2 * at] != 0 && (slots[2 * at] != high || slots[2 * at + 1] != low)) {
            at = (at + 1) & mask;
        }
        return 2 * at;
    }

    private ByteBuffer digest(String key) {
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
        // The half that says whether a slot is taken is never 0.
        return digest.getLong(0) == 0 ? digest.putLong(0, 1) : digest;
    }
}
