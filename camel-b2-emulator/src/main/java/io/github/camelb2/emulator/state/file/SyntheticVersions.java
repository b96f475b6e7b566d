// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.store.Content;

/**
 * A bucket full of files that exist only as a formula, for listings of millions of names in constant memory.
 *
 * <p>File {@code i} of {@code 0 <= i < count} is named {@link #name}, holds {@link #bytes}, was last modified at {@link #modified}, and was
 * uploaded a second later. Names are in ascending order of {@code i}; a directory has at most 10,000 files.
 *
 * <p>What a sync changes when all of them were moved is kept as well, in a bit for each: a copy of file {@code i}, or an upload
 * of its content, under {@link #movedName}, which has the type of the file and was uploaded two seconds after it was modified;
 * that the file is hidden, as of that time; and that it, its marker or its copy is gone. Guarded by the lock of its owner.
 */
public final class SyntheticVersions implements VersionIndex {

    /** The most files in one generated directory. */
    public static final int FILES_PER_DIRECTORY = 10_000;

    private static final String MOVED = "moved/";

    private static final long EPOCH = 1_600_000_000_000L;

    private final String bucketId;
    private final long count;
    /** The file that a listing under way will ask for next. */
    private volatile long expected;

    private final BitSet gone = new BitSet();
    private final BitSet hidden = new BitSet();
    private final BitSet moved = new BitSet();

    SyntheticVersions(String bucketId, long count) {
        this.bucketId = bucketId;
        this.count = count;
    }

    /** The name of file {@code i}, for instance {@code d000012/f0345.txt} for 120,345. */
    public static String name(long i) {
        StringBuilder name = new StringBuilder(17).append('d');
        append(name, i / FILES_PER_DIRECTORY, 6);
        append(name.append("/f"), i % FILES_PER_DIRECTORY, 4);
        return name.append(".txt").toString();
    }

    /** The name that a copy of file {@code i} can have: {@code moved/} and its name. */
    public static String movedName(long i) {
        return MOVED + name(i);
    }

    // A search of a million names makes twenty of them: String.format would be most of the time of a listing.
    private static void append(StringBuilder name, long number, int width) {
        String digits = Long.toString(number);
        for (int i = digits.length(); i < width; i++) {
            name.append('0');
        }
        name.append(digits);
    }

    /** The content of file {@code i}: {@code i % 100} bytes, its name over and over, one a line. */
    public static byte[] bytes(long i) {
        String line = name(i) + "\n";
        return line.repeat(100 / line.length() + 1)
                .substring(0, (int) (i % 100))
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The {@code src_last_modified_millis} of file {@code i}: 1,600,000,000,000 and 1,000 for each file before it. */
    public static long modified(long i) {
        return EPOCH + 1_000 * i;
    }

    @Override
    public @Nullable FileVersion ceiling(VersionKey place) {
        FileVersion file = firstFile(place);
        return file != null || moved.isEmpty() ? file : firstMoved(place);
    }

    private @Nullable FileVersion firstFile(VersionKey place) {
        long first = firstAtOrAfter(place);
        for (int i = (int) first; i < count; i = nextThere(i + 1)) {
            if (hidden.get(i) && markerKey(i).compareTo(place) >= 0) {
                return version(markerKey(i));
            }
            if (!gone.get(i)) {
                return version(i);
            }
        }
        return null;
    }

    /** The next file of which there is anything. */
    private int nextThere(int from) {
        int marker = hidden.nextSetBit(from);
        int file = gone.nextClearBit(from);
        return marker < 0 ? file : Math.min(marker, file);
    }

    private long firstAtOrAfter(VersionKey place) {
        // Listings go on where they were: one comparison on each side instead of a search.
        long hint = expected;
        if (hint > 0 && hint < count && isAtOrAfter(hint, place) && !isAtOrAfter(hint - 1, place)) {
            expected = hint + 1;
            return hint;
        }
        long low = 0;
        long high = count;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (isAtOrAfter(middle, place)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        expected = low + 1;
        return low;
    }

    private @Nullable FileVersion firstMoved(VersionKey place) {
        long low = 0;
        long high = count;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (movedKey(middle).compareTo(place) >= 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        int i = low < count ? moved.nextSetBit((int) low) : -1;
        return i < 0 ? null : moved(i);
    }

    @Override
    public boolean isEmpty() {
        return size() == 0;
    }

    @Override
    public long size() {
        return count - gone.cardinality() + hidden.cardinality() + moved.cardinality();
    }

    /** The version with this id, or null. */
    @Nullable
    FileVersion byId(String fileId) {
        long number = FileIds.sequenceOf(fileId) - 1;
        if (number < 0 || number >= 3 * count) {
            return null;
        }
        int i = (int) (number % count);
        int kind = (int) (number / count);
        boolean isThere = kind == 0 ? !gone.get(i) : kind == 1 ? moved.get(i) : hidden.get(i);
        if (!isThere) {
            return null;
        }
        FileVersion version = kind == 0 ? version(i) : kind == 1 ? moved(i) : version(markerKey(i));
        return version.id().equals(fileId) ? version : null;
    }

    /** Keeps a file that is the copy of one; null if it is none, and nothing is kept. */
    @Nullable
    FileVersion add(NewFile file) {
        long i = file.name().startsWith(MOVED) ? indexOf(file.name().substring(MOVED.length())) : -1;
        boolean isSame = i >= 0
                && hex("SHA-1", bytes(i)).equals(file.stored().sha1())
                && Long.toString(modified(i)).equals(file.info().get("src_last_modified_millis"));
        if (!isSame) {
            return null;
        }
        moved.set((int) i);
        return moved(i);
    }

    /** Hides a file; null if the name is that of none. */
    @Nullable
    FileVersion hide(String name) {
        long i = indexOf(name);
        if (i < 0 || gone.get((int) i)) {
            return null;
        }
        hidden.set((int) i);
        return version(markerKey(i));
    }

    /** A version that is there is so no more. */
    void remove(FileVersion version) {
        long number = version.key().sequence() - 1;
        int i = (int) (number % count);
        if (number < count) {
            gone.set(i);
        } else {
            (number < 2 * count ? moved : hidden).clear(i);
        }
    }

    /** The number of a file; -1 for a name that none has. */
    private long indexOf(String name) {
        if (!name.matches("d\\d{6}/f\\d{4}\\.txt")) {
            return -1;
        }
        long i = Long.parseLong(name.substring(1, 7)) * FILES_PER_DIRECTORY + Long.parseLong(name.substring(9, 13));
        return i < count ? i : -1;
    }

    private static boolean isAtOrAfter(long i, VersionKey place) {
        return key(i).compareTo(place) >= 0;
    }

    private static VersionKey key(long i) {
        return new VersionKey(name(i), modified(i) + 1_000, i + 1);
    }

    private VersionKey movedKey(long i) {
        return new VersionKey(movedName(i), modified(i) + 2_000, count + i + 1);
    }

    private VersionKey markerKey(long i) {
        return new VersionKey(name(i), modified(i) + 2_000, 2 * count + i + 1);
    }

    private FileVersion version(VersionKey marker) {
        return FileVersion.hideMarker(
                FileIds.format(bucketId, marker.sequence(), marker.timestamp()), bucketId, marker);
    }

    private FileVersion version(long i) {
        return version(i, key(i));
    }

    private FileVersion moved(long i) {
        return version(i, movedKey(i));
    }

    private FileVersion version(long i, VersionKey key) {
        byte[] bytes = bytes(i);
        FileVersion.Stored stored =
                new FileVersion.Stored(Content.literal(bytes), hex("SHA-1", bytes), hex("MD5", bytes), Encryption.NONE);
        Map<String, String> info = Map.of("src_last_modified_millis", Long.toString(modified(i)));
        String id = FileIds.format(bucketId, key.sequence(), key.timestamp());
        return new FileVersion(
                id, bucketId, key, FileVersion.Action.UPLOAD, "text/plain", info, stored, Protection.NONE);
    }

    private static String hex(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
