// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.store.Content;
import io.github.camelb2.emulator.store.Segment;

import static org.assertj.core.api.Assertions.assertThat;

class PackedVersionsTest {

    private static final String BUCKET = "a".repeat(24);
    private static final String SHA1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    private static final String MD5 = "d41d8cd98f00b204e9800998ecf8427e";

    static Stream<Long> seeds() {
        return LongStream.range(0, 40).boxed();
    }

    @SafeVarargs
    private static <T> T any(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    private static FileVersion version(Random random, long sequence) {
        long time = any(random, 0L, 1L, 1_700_000_000_000L, 99_999_999_999_999L, random.nextLong() >>> 20);
        String name = any(random, "a", "b/" + random.nextInt(), "ä".repeat(512), "\u00ff\uffff", "😀", "\ue000");
        VersionKey key = new VersionKey(name, time, sequence);
        Map<String, String> info = new TreeMap<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            info.put(
                    "key" + random.nextInt(20_000),
                    any(random, "", "0", "00", "-1", "1700000000000", "9223372036854775808", "wört ".repeat(100)));
        }
        List<Segment> segments = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            segments.add(
                    new Segment(any(random, "1", "zz", "0a", "A", ""), random.nextInt(1000), random.nextLong() >>> 2));
        }
        Content content = Content.of(segments).withCard(any(random, null, "9", "card"));
        FileVersion.Stored stored = new FileVersion.Stored(
                content,
                any(
                        random,
                        "none",
                        SHA1,
                        "unverified:" + SHA1,
                        "unverified:x",
                        SHA1.toUpperCase(java.util.Locale.ROOT)),
                any(random, null, MD5, "short"),
                any(random, Encryption.NONE, Encryption.SSE_B2, new Encryption("SSE-C", "k" + random.nextInt())));
        Protection protection = any(
                random,
                Protection.NONE,
                new Protection("governance", random.nextLong() >>> 1, "off"),
                new Protection(null, null, "on"));
        String id = any(random, FileIds.format(BUCKET, sequence, time), "another id");
        String type = any(random, "", "text/plain", "x/" + random.nextInt(), "y/" + "z".repeat(200));
        return new FileVersion(
                id, BUCKET, key, any(random, FileVersion.Action.values()), type, info, stored, protection);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void versionComesBackAsItWas(long seed) {
        Random random = new Random(seed);
        PackedVersions packing = new PackedVersions(new Dictionary());
        for (int i = 0; i < 50; i++) {
            FileVersion version = version(random, random.nextLong() >>> any(random, 0, 20, 50));

            FileVersion again = packing.unpack(packing.pack(version), BUCKET);

            assertThat(again.content().segments()).isEqualTo(version.content().segments());
            assertThat(again.content().card()).isEqualTo(version.content().card());
            assertThat(again.withContent(Content.EMPTY)).isEqualTo(version.withContent(Content.EMPTY));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void versionsAreKeptInTheOrderOfATree(long seed) {
        Random random = new Random(seed);
        StoredVersions packed = new StoredVersions(BUCKET, "bucket", new PackedVersions(new Dictionary()));
        TreeMap<VersionKey, FileVersion> expected = new TreeMap<>();
        int names = any(random, 1, 30, 5_000);
        boolean inOrder = random.nextBoolean();
        for (int i = 1; i < 1_500; i++) {
            String name = inOrder ? String.format("n%07d", i) : "n" + random.nextInt(names);
            VersionKey key = new VersionKey(name, random.nextInt(4), i);
            FileVersion version = FileVersion.hideMarker(FileIds.format(BUCKET, i, key.timestamp()), BUCKET, key);
            packed.put(version);
            expected.put(key, version);
            if (random.nextInt(3) == 0) {
                FileVersion gone = expected.ceilingEntry(expected.firstKey()).getValue();
                VersionKey from = new VersionKey("n" + random.nextInt(names), 2, 0);
                gone = expected.ceilingEntry(from) == null
                        ? gone
                        : expected.ceilingEntry(from).getValue();
                packed.remove(gone);
                expected.remove(gone.key());
                assertThat(packed.find(gone.id(), gone.key().sequence())).isNull();
            }
        }

        assertThat(packed.all()).isEqualTo(List.copyOf(expected.values()));
        for (FileVersion version : expected.values()) {
            assertThat(packed.find(version.id(), version.key().sequence())).isEqualTo(version);
            assertThat(packed.ceiling(version.key())).isEqualTo(version);
            var next = expected.higherEntry(version.key());
            assertThat(packed.ceiling(version.key().next())).isEqualTo(next == null ? null : next.getValue());
        }
        expected.values().forEach(packed::remove);
        assertThat(packed.isEmpty()).isTrue();
        assertThat(packed.ceiling(VersionKey.before(""))).isNull();
    }
}
