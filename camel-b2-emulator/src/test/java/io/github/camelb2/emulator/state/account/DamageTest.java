// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.key.ApplicationKey;

import static io.github.camelb2.emulator.state.account.Directories.dump;
import static io.github.camelb2.emulator.state.account.Directories.open;
import static io.github.camelb2.emulator.state.account.Directories.repair;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A directory with a random history, in which anything is damaged at random: it is refused, or it is what it was; and a repair brings nothing back
 * that was deleted, and loses nothing whose bytes are there.
 */
class DamageTest {

    private static final int SEEDS = Boolean.getBoolean("soak") ? 50 : 3;
    private static final int STEPS = 70;
    private static final int DAMAGES = 12;

    @TempDir(factory = QuickDirectory.class)
    private Path directory;

    private final Set<String> everKnown = new HashSet<>();
    private Set<String> truth = Set.of();
    private Set<String> alive = Set.of();

    static Stream<Long> seeds() {
        return new Random().longs(SEEDS).boxed();
    }

    private Path live() {
        return directory.resolve("live");
    }

    private void givenHistory(Random random) throws IOException {
        int snapshotAt = random.nextInt(2 * STEPS);
        try (Account account = open(live())) {
            RandomHistory history = new RandomHistory(account, random);
            for (int i = 0; i < STEPS; i++) {
                history.step();
                everKnown.addAll(ids(account));
                if (i == snapshotAt) {
                    account.takeSnapshot();
                }
            }
            truth = dump(account);
            alive = ids(account);
        }
    }

    private static Set<String> ids(Account account) {
        Set<String> ids = new TreeSet<>();
        account.keys().list().stream().map(ApplicationKey::id).forEach(ids::add);
        account.buckets().list().forEach(bucket -> ids.add(bucket.id()));
        account.versions().stream().map(FileVersion::id).forEach(ids::add);
        return ids;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damageIsRefusedOrHarmlessAndRepairKnowsWhatIsLeft(long seed) throws IOException {
        Random random = new Random(seed);
        givenHistory(random);
        Path copy = directory.resolve("copy");
        for (int i = 0; i < DAMAGES; i++) {
            Directories.copy(live(), copy);
            Path file = pick(random, copy);
            String what = damage(file, random);
            boolean content = copy.relativize(file).startsWith("content");

            assertRefusedOrTrue(copy, what);
            Path copyToRepair = directory.resolve("repaired");
            Directories.copy(copy, copyToRepair);
            try (Account account = repair(copyToRepair)) {
                assertRepaired(account, content, what);
            }
            try (Account account = open(copyToRepair)) {
                assertRepaired(account, content, what);
            }
        }
    }

    /** A place that is damaged: half of the time the journal, because it is what counts. */
    private static Path pick(Random random, Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> all = files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("lock"))
                    .sorted()
                    .toList();
            return random.nextBoolean() ? root.resolve("journal.jsonl") : all.get(random.nextInt(all.size()));
        }
    }

    private void assertRefusedOrTrue(Path path, String what) throws IOException {
        try (Account account = open(path)) {
            assertThat(dump(account)).as(what).isEqualTo(truth);
        } catch (IOException refused) {
            assertThat(refused).as(what).hasMessageContaining("--repair").hasMessageContaining("Nothing in");
        }
    }

    private void assertRepaired(Account account, boolean contentIsDamaged, String what) throws IOException {
        if (!contentIsDamaged) {
            assertThat(dump(account)).as(what).isEqualTo(truth);
            assertThat(Directories.isReadable(account)).isTrue();
            return;
        }
        Set<String> repaired = ids(account);
        Set<String> deleted = new TreeSet<>(everKnown);
        deleted.removeAll(alive);
        assertThat(repaired).as(what).doesNotContainAnyElementsOf(deleted);
        // One file of content is damaged: only what is in it may be missing.
        Set<String> lost = new TreeSet<>(truth);
        lost.removeAll(dump(account));
        assertThat(lost)
                .as(what)
                .allMatch(record -> record.contains("\"t\":\"file\"") || record.contains("\"t\":\"part\""));
        assertThat(Directories.isReadable(account)).as(what).isTrue();
    }

    private static String damage(Path file, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int place = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        String how =
                switch (random.nextInt(7)) {
                    case 0 -> {
                        Files.delete(file);
                        yield "lost";
                    }
                    case 1 -> {
                        Files.write(file, Arrays.copyOf(bytes, place));
                        yield "cut at " + place;
                    }
                    case 2, 3 -> lines(file, bytes, random);
                    case 4 -> {
                        byte[] more = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(300));
                        Files.write(file, more);
                        yield "zeros behind it";
                    }
                    default -> {
                        if (bytes.length > 0) {
                            bytes[place] ^= (byte) (1 << random.nextInt(8));
                        }
                        Files.write(file, bytes);
                        yield "changed at " + place;
                    }
                };
        return file + " " + how;
    }

    /** Lines that are lost, repeated or swapped; of what has no lines, blocks. */
    private static String lines(Path file, byte[] bytes, Random random) throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        boolean hasLines = file.toString().endsWith(".jsonl");
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (i == bytes.length - 1 || (hasLines ? bytes[i] == '\n' : i - begin == 99)) {
                pieces.add(Arrays.copyOfRange(bytes, begin, i + 1));
                begin = i + 1;
            }
        }
        String how = "as it was";
        if (!pieces.isEmpty()) {
            int one = random.nextInt(pieces.size());
            int other = random.nextInt(pieces.size());
            switch (random.nextInt(3)) {
                case 0 -> {
                    pieces.remove(one);
                    how = "without line " + one;
                }
                case 1 -> {
                    pieces.add(other, pieces.get(one));
                    how = "with line " + one + " again before " + other;
                }
                default -> {
                    Collections.swap(pieces, one, other);
                    how = "lines swapped: " + one + ", " + other;
                }
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pieces.forEach(piece -> out.write(piece, 0, piece.length));
        Files.write(file, out.toByteArray());
        return how;
    }
}
