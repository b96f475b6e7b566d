package io.github.camelb2.emulator.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

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
        Journal.replay(file(), entries::add);
        return entries;
    }

    /** The journal as a process opens it that found what is in it. */
    private Journal open() throws IOException {
        return Journal.open(file(), Journal.replay(file(), entry -> {}).length(), Durability.PROCESS);
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

    @Test
    void damageInTheMiddleIsNotPassedOver() throws Exception {
        Files.writeString(file(), entry(1) + "\n{\"n\":\n" + entry(3) + "\n");

        assertThatThrownBy(this::replayed).isInstanceOf(IOException.class).hasMessageContaining("damaged in line 2");
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
    void recordThatCannotBeWrittenLeavesTheJournalAsItWas() throws Exception {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        try (Journal journal = Journal.open(full, 0, Durability.PROCESS)) {
            assertThatThrownBy(() -> journal.append(entry(1))).isInstanceOf(UncheckedIOException.class);
            assertThat(journal.length()).isZero();
        }
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
    }
}
