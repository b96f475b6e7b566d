package io.github.camelb2.emulator.store;

import java.io.IOException;
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

class JournalTest {

    @TempDir
    private Path directory;

    private Path file() {
        return directory.resolve("journal");
    }

    private static ObjectNode entry(int n) {
        return JsonNodeFactory.instance.objectNode().put("n", n);
    }

    private List<String> replayed() throws IOException {
        List<JsonNode> entries = new ArrayList<>();
        Journal.replay(file(), entries::add);
        return entries.stream().map(JsonNode::toString).toList();
    }

    @Test
    void entriesComeBackInOrder() throws Exception {
        try (Journal journal = Journal.open(file())) {
            journal.append(entry(1));
            journal.append(entry(2));
        }
        try (Journal journal = Journal.open(file())) {
            journal.append(entry(3));
        }

        assertThat(replayed()).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
        assertThat(Journal.first(file())).contains(entry(1));
    }

    @Test
    void lineCutByAKillIsIgnored() throws Exception {
        try (Journal journal = Journal.open(file())) {
            journal.append(entry(1));
        }
        Files.writeString(file(), "{\"n\":", StandardOpenOption.APPEND);

        assertThat(replayed()).containsExactly("{\"n\":1}");
    }

    @Test
    void damageInTheMiddleIsNotPassedOver() throws Exception {
        Files.writeString(file(), "{\"n\":1}\n{\"n\":\n{\"n\":3}\n");

        assertThatThrownBy(this::replayed).isInstanceOf(IOException.class).hasMessageContaining("damaged");
    }

    @Test
    void rewritingKeepsWhatIsGivenAndGoesOn() throws Exception {
        try (Journal journal = Journal.open(file())) {
            journal.append(entry(1));
            journal.append(entry(2));
            journal.rewrite(out -> out.accept(entry(2)));
            journal.append(entry(3));
        }

        assertThat(replayed()).containsExactly("{\"n\":2}", "{\"n\":3}");
    }
}
