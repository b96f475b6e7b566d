package io.github.camelb2.emulator.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ContentStoreTest {

    @TempDir
    private Path directory;

    private ContentStore store;

    @BeforeEach
    void open() throws IOException {
        store = ContentStore.open(directory);
    }

    private Content put(String text) throws IOException {
        return store.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String read(Content content) throws IOException {
        return new String(store.readAll(content), StandardCharsets.UTF_8);
    }

    private long filesOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("content"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 9, 012345678", "0, 3, 012", "3, 3, 345", "2, 5, 23456", "8, 1, 8", "4, 0, ''", "9, 0, ''"})
    void sliceOfJoinedContentsIsThatOfTheirBytes(long from, long count, String expected) throws IOException {
        Content joined = Content.join(List.of(put("012"), put("345"), put("678")));

        assertThat(read(joined.slice(from, count))).isEqualTo(expected);
        assertThat(read(joined.slice(from, count).slice(0, count))).isEqualTo(expected);
    }

    @Test
    void sliceOutsideIsRefused() throws IOException {
        Content content = put("012");

        assertThatThrownBy(() -> content.slice(1, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fileGoesWithItsLastUser() throws IOException {
        Content content = put("0123456789");
        Content slice = store.keep(content.slice(2, 3));

        store.release(content);
        assertThat(read(slice)).isEqualTo("234");
        store.release(slice);

        assertThat(filesOnDisk()).isZero();
        assertThat(store.storedFiles()).isZero();
    }

    @Test
    void bodyThatIsNotAcceptedLeavesNothing() throws IOException {
        try (ContentStore.Incoming incoming = store.receive()) {
            incoming.write(new byte[10], 0, 10);
            assertThat(store.incomingFiles()).isEqualTo(1);
        }

        assertThat(store.incomingFiles()).isZero();
        assertThat(filesOnDisk()).isZero();
    }

    @Test
    void leftoversOfAKilledProcessAreDropped() throws IOException {
        Content kept = put("kept");
        put("forgotten");
        ContentStore.Incoming unfinished = store.receive();
        unfinished.write(new byte[10], 0, 10);

        ContentStore next = ContentStore.open(directory);
        next.retain(kept);
        next.dropUnused();

        assertThat(next.incomingFiles()).isZero();
        assertThat(filesOnDisk()).isEqualTo(1);
        assertThat(new String(next.readAll(kept), StandardCharsets.UTF_8)).isEqualTo("kept");
        Content fresh = next.put(new ByteArrayInputStream(new byte[1]));
        assertThat(fresh.segments().get(0).file())
                .isNotEqualTo(kept.segments().get(0).file());
    }

    @Test
    void generatedBytesAreWrittenWhenTheyAreKept() throws IOException {
        Content kept = store.keep(Content.literal(new byte[] {'a', 'b', 'c'}));

        assertThat(kept.segments()).hasSize(1);
        assertThat(read(kept)).isEqualTo("abc");
    }
}
