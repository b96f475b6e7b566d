// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.emulator.state.file.FileVersion.Action;
import io.github.camelb2.emulator.state.file.FileVersion.Stored;

import static org.assertj.core.api.Assertions.assertThat;

/** Listings with any prefix, delimiter, start and page size, compared with a model that knows nothing of pages. */
class RandomListingTest {

    private static final String BUCKET = "0123456789abcdef01234567";
    private static final int QUESTIONS = 400;
    private static final String[] PIECES = {
        "a", "b", "/", "//", "\uff21", "\ud83d\ude00", "\ufb00", "\u00e9", "%", " ", "z"
    };
    private static final Comparator<String> BYTES =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private final StoredVersions versions = new StoredVersions(BUCKET, "bucket", new PackedVersions(new Dictionary()));
    /** The versions of each name, newest first. */
    private final TreeMap<String, List<FileVersion>> model = new TreeMap<>(BYTES);

    static Stream<Long> seeds() {
        return new Random().longs(5).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void pagesJoinToWhatTheModelSays(long seed) {
        Random random = new Random(seed);
        for (int i = 1; i <= 120; i++) {
            add(text(random), i, random);
        }
        List<String> names = new ArrayList<>(model.keySet());
        for (int i = 0; i < QUESTIONS; i++) {
            String prefix = random.nextBoolean() ? "" : cut(names.get(random.nextInt(names.size())), random);
            String delimiter = random.nextInt(3) == 0 ? null : PIECES[random.nextInt(PIECES.length)];
            String start =
                    switch (random.nextInt(3)) {
                        case 0 -> "";
                        case 1 -> names.get(random.nextInt(names.size()));
                        default -> text(random);
                    };
            int count = 1 + random.nextInt(random.nextBoolean() ? 3 : 200);
            String question =
                    "prefix \"" + prefix + "\" delimiter \"" + delimiter + "\" start \"" + start + "\" count " + count;

            assertThat(names(prefix, delimiter, start, count))
                    .as("names, " + question)
                    .isEqualTo(expected(prefix, delimiter, start, false));
            assertThat(versions(prefix, delimiter, start, count))
                    .as("versions, " + question)
                    .isEqualTo(expected(prefix, delimiter, start, true));
        }
    }

    private void add(String name, int sequence, Random random) {
        Action action = random.nextInt(4) == 0 ? Action.HIDE : random.nextInt(8) == 0 ? Action.START : Action.UPLOAD;
        VersionKey key = new VersionKey(name, 1_000 + sequence, sequence);
        FileVersion version = new FileVersion(
                FileIds.format(BUCKET, sequence, key.timestamp()),
                BUCKET,
                key,
                action,
                "t",
                Map.of(),
                Stored.NOTHING,
                Protection.NONE);
        versions.put(version);
        model.computeIfAbsent(name, n -> new ArrayList<>()).add(0, version);
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static String cut(String text, Random random) {
        int end = random.nextInt(text.length()) + 1;
        return Character.isHighSurrogate(text.charAt(end - 1)) ? text.substring(0, end + 1) : text.substring(0, end);
    }

    private List<String> expected(String prefix, @Nullable String delimiter, String start, boolean all) {
        List<String> lines = new ArrayList<>();
        model.forEach((name, versionsOfName) -> {
            List<FileVersion> shown = all ? versionsOfName : newest(versionsOfName);
            // A folder shows as long as anything in it is at or behind the start.
            if (shown.isEmpty() || !name.startsWith(prefix) || BYTES.compare(name, start) < 0) {
                return;
            }
            int end = delimiter == null ? -1 : name.indexOf(delimiter, prefix.length());
            if (delimiter == null || end < 0) {
                shown.forEach(version -> lines.add(line(version)));
                return;
            }
            String folder = "folder " + name.substring(0, end + delimiter.length());
            if (!lines.contains(folder)) {
                lines.add(folder);
            }
        });
        return lines;
    }

    /** What a listing of names shows: the newest that is finished, if it is an upload. */
    private static List<FileVersion> newest(List<FileVersion> versionsOfName) {
        return versionsOfName.stream()
                .filter(version -> version.action() != Action.START)
                .limit(1)
                .filter(version -> version.action() == Action.UPLOAD)
                .toList();
    }

    private static String line(FileVersion version) {
        return version.action() == Action.FOLDER
                ? "folder " + version.name()
                : version.action() + " " + version.name() + " " + version.id();
    }

    private List<String> names(String prefix, @Nullable String delimiter, String start, int count) {
        List<String> lines = new ArrayList<>();
        for (String next = start; next != null; ) {
            Page page = new Listing(prefix, delimiter, VersionKey.before(next), count).names(BUCKET, versions);
            next = take(page, count, lines);
        }
        return lines;
    }

    private List<String> versions(String prefix, @Nullable String delimiter, String start, int count) {
        List<String> lines = new ArrayList<>();
        VersionKey at = VersionKey.before(start);
        while (at != null) {
            Page page = new Listing(prefix, delimiter, at, count).versions(BUCKET, versions);
            String next = take(page, count, lines);
            String id = page.nextId();
            at = next == null ? null : id == null ? VersionKey.before(next) : FileIds.position(next, id);
        }
        return lines;
    }

    private static @Nullable String take(Page page, int count, List<String> lines) {
        assertThat(page.files()).hasSizeBetween(page.nextName() == null ? 0 : 1, count);
        page.files().forEach(file -> lines.add(line(file)));
        return page.nextName();
    }
}
