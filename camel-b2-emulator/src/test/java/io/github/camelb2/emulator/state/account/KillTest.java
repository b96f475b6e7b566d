// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.camelb2.emulator.state.account.Directories.content;
import static io.github.camelb2.emulator.state.account.Directories.dump;
import static io.github.camelb2.emulator.state.account.Directories.isReadable;
import static io.github.camelb2.emulator.state.account.Directories.link;
import static io.github.camelb2.emulator.state.account.Directories.open;
import static org.assertj.core.api.Assertions.assertThat;

/** Processes that end in the middle of a change, at any byte of it. */
class KillTest {

    private static final int SEEDS = Boolean.getBoolean("soak") ? 200 : 5;
    private static final int STEPS = 40;

    @TempDir(factory = QuickDirectory.class)
    private Path directory;

    static Stream<Long> seeds() {
        return new Random().longs(SEEDS).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void changeIsThereWholeOrNotAtAllWhereverTheProcessDied(long seed) throws IOException {
        Random random = new Random(seed);
        Path live = directory.resolve("live");
        Path before = directory.resolve("before");
        try (Account account = open(live)) {
            RandomHistory history = new RandomHistory(account, random);
            for (int i = 0; i < STEPS; i++) {
                if (i % 2 == 0) {
                    history.step();
                    continue;
                }
                if (random.nextInt(4) == 0) {
                    account.takeSnapshot();
                }
                link(live, before);
                Set<String> old = dump(account);

                history.step();

                Set<String> now = dump(account);
                assertKillsLeave(live, before, old, now, random);
                assertRestartLeaves(live, now);
            }
        }
    }

    private void assertRestartLeaves(Path live, Set<String> now) throws IOException {
        Path copy = directory.resolve("copy");
        link(live, copy);
        try (Account restarted = open(copy)) {
            assertThat(dump(restarted)).isEqualTo(now);
        }
    }

    /** What a kill leaves: content as it was before, new files still in {@code incoming}, any number of bytes of the journal. */
    private void assertKillsLeave(Path live, Path before, Set<String> old, Set<String> now, Random random)
            throws IOException {
        byte[] journal = Files.readAllBytes(live.resolve("journal.jsonl"));
        int written = (int) Files.size(before.resolve("journal.jsonl"));
        for (int cut : cuts(written, journal, random)) {
            Path killed = directory.resolve("killed");
            link(before, killed);
            Set<Path> promised = new HashSet<>(content(before));
            for (Path file : content(live)) {
                if (!promised.contains(file)) {
                    Files.createLink(killed.resolve("incoming").resolve(file.getFileName()), live.resolve(file));
                }
            }
            Files.write(killed.resolve("journal.jsonl"), cutJournal(before, journal, cut, random));
            damageSnapshot(killed.resolve("snapshot.bin"), random);

            try (Account account = open(killed)) {
                assertThat(dump(account))
                        .as("cut at %d of %d to %d", cut, written, journal.length)
                        .isIn(old, now);
                assertThat(dump(account)).isEqualTo(cut == journal.length ? now : old);
                assertThat(isReadable(account)).isTrue();
            }
        }
    }

    /** The first line is written over last, when the record is there to its end. */
    private static byte[] cutJournal(Path before, byte[] journal, int cut, Random random) throws IOException {
        byte[] written = Files.readAllBytes(before.resolve("journal.jsonl"));
        byte[] left = Arrays.copyOf(journal, cut);
        if (cut < journal.length || random.nextBoolean()) {
            System.arraycopy(written, 0, left, 0, written.length);
        }
        return left;
    }

    /** In two cases of three the snapshot is cut, or has a byte that it had not. */
    private static void damageSnapshot(Path snapshot, Random random) throws IOException {
        if (Files.exists(snapshot)) {
            byte[] bytes = Files.readAllBytes(snapshot);
            int place = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes = Arrays.copyOf(bytes, place);
                case 1 -> bytes[place] ^= (byte) (1 + random.nextInt(255));
                default -> {
                    // It stays as it is.
                }
            }
            Files.write(snapshot, bytes);
        }
    }

    private static List<Integer> cuts(int from, byte[] journal, Random random) {
        if (journal.length == from) {
            return List.of(from);
        }
        List<Integer> cuts = new ArrayList<>(List.of(from, journal.length - 1, journal.length));
        random.ints(2, from, journal.length + 1).forEach(cuts::add);
        return cuts;
    }
}
