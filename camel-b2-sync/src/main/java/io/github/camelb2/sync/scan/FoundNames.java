// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The names of one directory, packed and sorted by their bytes of UTF-8: a million of them take some 30 MB, where as many
 * strings would take 80. Used by one thread: first filled, then sorted, then read.
 */
final class FoundNames {
    private static final int CHUNK_BITS = 18;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int FIRST_CHUNK = 1 << 10;
    private static final int SHORT_RUN = 12;

    private final List<byte[]> chunks = new ArrayList<>();
    private int[] places = new int[32];
    private int count;
    private int free;

    /** Keeps a name of at most 65,535 bytes. */
    void add(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        byte[] chunk = chunkFor(bytes.length + 2);
        if (count == places.length) {
            places = Arrays.copyOf(places, count + (count >> 1));
        }
        places[count++] = (chunks.size() - 1) << CHUNK_BITS | free;
        chunk[free++] = (byte) (bytes.length >> 8);
        chunk[free++] = (byte) bytes.length;
        System.arraycopy(bytes, 0, chunk, free, bytes.length);
        free += bytes.length;
    }

    /** The first chunk grows, because most directories are small; the others are whole from the beginning. */
    private byte[] chunkFor(int length) {
        int last = chunks.size() - 1;
        if (last < 0) {
            chunks.add(new byte[Math.max(FIRST_CHUNK, length)]);
        } else if (free + length > chunks.get(last).length) {
            if (last == 0 && free + length <= CHUNK) {
                int larger = Math.min(CHUNK, Math.max(free + length, chunks.get(0).length * 2));
                chunks.set(0, Arrays.copyOf(chunks.get(0), larger));
            } else {
                chunks.add(new byte[CHUNK]);
                free = 0;
            }
        }
        return chunks.get(chunks.size() - 1);
    }

    int size() {
        return count;
    }

    /** The name at a place of the order. */
    String get(int index) {
        int place = places[index];
        byte[] chunk = chunks.get(place >>> CHUNK_BITS);
        int at = place & (CHUNK - 1);
        return new String(chunk, at + 2, length(chunk, at), StandardCharsets.UTF_8);
    }

    /** Whether a name is among them, when they are sorted. */
    boolean has(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int from = 0;
        for (int to = count; from < to; ) {
            int middle = (from + to) >>> 1;
            byte[] chunk = chunks.get(places[middle] >>> CHUNK_BITS);
            int at = places[middle] & (CHUNK - 1);
            int order = Arrays.compareUnsigned(chunk, at + 2, at + 2 + length(chunk, at), wanted, 0, wanted.length);
            if (order == 0) {
                return true;
            }
            from = order < 0 ? middle + 1 : from;
            to = order < 0 ? to : middle;
        }
        return false;
    }

    /** Brings the names into the order of B2. */
    void sort() {
        places = Arrays.copyOf(places, count);
        sort(places.clone(), places, 0, count);
    }

    /** Merges into {@code to} what was in both; {@code from} is destroyed. */
    private void sort(int[] from, int[] to, int start, int end) {
        if (end - start <= SHORT_RUN) {
            for (int i = start + 1; i < end; i++) {
                for (int j = i; j > start && compare(to[j - 1], to[j]) > 0; j--) {
                    int swapped = to[j];
                    to[j] = to[j - 1];
                    to[j - 1] = swapped;
                }
            }
            return;
        }
        int middle = (start + end) >>> 1;
        sort(to, from, start, middle);
        sort(to, from, middle, end);
        if (compare(from[middle - 1], from[middle]) <= 0) {
            System.arraycopy(from, start, to, start, end - start);
            return;
        }
        for (int i = start, left = start, right = middle; i < end; i++) {
            boolean takesLeft = right >= end || (left < middle && compare(from[left], from[right]) <= 0);
            to[i] = takesLeft ? from[left++] : from[right++];
        }
    }

    private int compare(int left, int right) {
        byte[] a = chunks.get(left >>> CHUNK_BITS);
        byte[] b = chunks.get(right >>> CHUNK_BITS);
        int i = left & (CHUNK - 1);
        int j = right & (CHUNK - 1);
        return Arrays.compareUnsigned(a, i + 2, i + 2 + length(a, i), b, j + 2, j + 2 + length(b, j));
    }

    private static int length(byte[] chunk, int at) {
        return (chunk[at] & 0xff) << 8 | (chunk[at + 1] & 0xff);
    }
}
