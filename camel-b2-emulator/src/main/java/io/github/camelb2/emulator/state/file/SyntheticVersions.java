// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
 */
public final class SyntheticVersions implements VersionIndex {

    /** The most files in one generated directory. */
    public static final int FILES_PER_DIRECTORY = 10_000;

    private static final long EPOCH = 1_600_000_000_000L;

    private final String bucketId;
    private final long count;
    /** The file that a listing under way will ask for next. */
    private volatile long expected;

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
        // Listings go on where they were: one comparison on each side instead of a search.
        long hint = expected;
        if (hint > 0 && hint < count && isAtOrAfter(hint, place) && !isAtOrAfter(hint - 1, place)) {
            expected = hint + 1;
            return version(hint);
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
        return low < count ? version(low) : null;
    }

    @Override
    public boolean isEmpty() {
        return count == 0;
    }

    @Override
    public long size() {
        return count;
    }

    /** The version with this id, or null. */
    @Nullable
    FileVersion byId(String fileId) {
        long i = FileIds.sequenceOf(fileId) - 1;
        if (i < 0 || i >= count) {
            return null;
        }
        FileVersion version = version(i);
        return version.id().equals(fileId) ? version : null;
    }

    private static boolean isAtOrAfter(long i, VersionKey place) {
        return key(i).compareTo(place) >= 0;
    }

    private static VersionKey key(long i) {
        return new VersionKey(name(i), modified(i) + 1_000, i + 1);
    }

    private FileVersion version(long i) {
        VersionKey key = key(i);
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
