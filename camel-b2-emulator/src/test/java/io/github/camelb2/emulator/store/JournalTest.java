// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JournalTest {

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("journal");
    }

    private static ObjectNode entry(int n) {
        return JsonNodeFactory.instance.objectNode().put("t", "test").put("n", n);
    }

    private List<JsonNode> replayed() throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        check();
        new JournalReader(file()).replay(0, (entry, serial) -> entries.add(entry), JournalTest::fail);
        return entries;
    }

    private JournalReader.Extent check() throws IOException {
        return new JournalReader(file()).check(-1, JournalTest::fail);
    }

    private static void fail(long line, String problem) throws IOException {
        throw new IOException("damaged in line " + line + ": " + problem);
    }

    /** The journal as a process opens it that found what is in it. */
    private Journal open() throws IOException {
        return Journal.open(file(), check(), Durability.PROCESS);
    }

    @Test
    void entriesComeBackInOrder() throws Exception {
        try (Journal journal = open()) {
            journal.append(entry(1));
            journal.append(entry(2));
        }
        try (Journal journal = open()) {
            journal.append(entry(3));
        }

        assertThat(replayed()).containsExactly(entry(1), entry(2), entry(3));
    }

    @Test
    void lineCutByAKillIsIgnored() throws Exception {
        try (Journal journal = open()) {
            journal.append(entry(1));
        }
        Files.writeString(file(), "{\"n\":", StandardOpenOption.APPEND);

        assertThat(replayed()).containsExactly(entry(1));
    }

    private List<String> givenJournal(int records) throws IOException {
        try (Journal journal = open()) {
            for (int n = 1; n <= records; n++) {
                journal.append(entry(n));
            }
        }
        return new ArrayList<>(Files.readAllLines(file()));
    }

    @Test
    void everyChangedByteIsNoticed() throws Exception {
        givenJournal(3);
        byte[] whole = Files.readAllBytes(file());

        for (int place = 0; place < whole.length; place++) {
            byte[] changed = whole.clone();
            changed[place] ^= (byte) (1 << place % 8);
            Files.write(file(), changed);

            assertThat(isNoticed()).as("byte %d", place).isTrue();
        }
    }

    @Test
    void everyCutIsNoticed() throws Exception {
        givenJournal(3);
        byte[] whole = Files.readAllBytes(file());

        for (int length = 0; length < whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));

            // Without its first line nobody can tell the journal from a new one: the account compares it with the
            // content.
            assertThat(isNoticed() || check().position().end() == 0)
                    .as("cut at %d", length)
                    .isTrue();
        }
    }

    /** Whether a record is refused, or known to be missing. */
    private boolean isNoticed() {
        try {
            JournalReader.Extent extent = check();
            new JournalReader(file()).replay(0, (entry, serial) -> {}, JournalTest::fail);
            return extent.position().last() < extent.promised();
        } catch (IOException e) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({"lost", "repeated", "swapped", "strange", "first line lost", "first record lost"})
    void lineThatDoesNotBelongThereIsNoticed(String how) throws Exception {
        List<String> lines = givenJournal(5);
        switch (how) {
            case "lost" -> lines.remove(3);
            case "repeated" -> lines.add(3, lines.get(3));
            case "swapped" -> Collections.swap(lines, 3, 4);
            case "strange" -> lines.set(3, entry(3).toString());
            case "first line lost" -> lines.remove(0);
            default -> lines.remove(1);
        }
        Files.write(file(), lines);

        assertThatThrownBy(this::replayed).isInstanceOf(IOException.class).hasMessageContaining("damaged in line");
    }

    @Test
    void journalOfAnEarlierBuildIsReadAsItIs() throws Exception {
        Files.writeString(file(), entry(1) + "\n" + entry(2) + "\n{\"t\":");

        assertThat(replayed()).containsExactly(entry(1), entry(2));
        assertThat(check().sealed()).isFalse();
    }

    @Test
    void whatIsWholeOfADamagedJournalIsReadInOrderAndOnce() throws Exception {
        List<String> lines = givenJournal(6);
        String changed = lines.get(2).replace("\"n\":2", "\"n\":9");
        Files.write(
                file(),
                List.of(lines.get(0), lines.get(5), lines.get(1), changed, lines.get(1), "garbage", lines.get(4)));
        List<JsonNode> entries = new ArrayList<>();
        List<Long> damaged = new ArrayList<>();

        JournalReader.Salvaged salvaged = new JournalReader(file())
                .salvage(0, (entry, serial) -> entries.add(entry), (line, problem) -> damaged.add(line));

        assertThat(entries).containsExactly(entry(1), entry(4), entry(5));
        assertThat(damaged).containsExactly(4L, 6L);
        assertThat(salvaged.last()).isEqualTo(6);
        assertThat(salvaged.lost()).isEqualTo(3);
    }

    @Test
    void recordBehindACutLineBeginsALineOfItsOwn() throws Exception {
        try (Journal journal = open()) {
            journal.append(entry(1));
        }
        Files.writeString(file(), "{\"t\":\"é".substring(0, 6), StandardOpenOption.APPEND);

        try (Journal journal = open()) {
            journal.append(entry(2));
        }

        assertThat(replayed()).containsExactly(entry(1), entry(2));
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void nobodyElseMayReadIt() throws Exception {
        givenJournal(1);

        assertThat(Files.getPosixFilePermissions(file()))
                .containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void rewritingKeepsWhatIsGivenAndGoesOn() throws Exception {
        try (Journal journal = open()) {
            journal.append(entry(1));
            journal.append(entry(2));
            journal.rewrite(out -> out.accept(entry(2)));
            journal.append(entry(3));
        }

        assertThat(replayed()).containsExactly(entry(2), entry(3));
        assertThat(check().position().last()).as("numbers go on").isEqualTo(4);
    }
}
