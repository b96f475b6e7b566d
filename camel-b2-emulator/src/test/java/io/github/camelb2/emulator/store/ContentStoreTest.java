// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        store = ContentStore.open(directory, Durability.PROCESS, ContentStore.Keeping.BYTES);
        store.settle(store.inventory());
    }

    private Content put(String text) throws IOException {
        Content content = store.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        store.publish(content);
        return content;
    }

    private static ObjectNode header(String id) {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        header.putObject("record").put("id", id);
        return header;
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
    void processThatOpensTheStoreDropsOnlyWhatNobodyWasPromised() throws IOException {
        Content kept = put("kept");
        Content accepted = store.put(new ByteArrayInputStream(new byte[] {'w', 'a', 'l'}));
        ContentStore.Incoming unfinished = store.receive();
        unfinished.write(new byte[10], 0, 10);

        ContentStore next = ContentStore.open(directory, Durability.PROCESS, ContentStore.Keeping.BYTES);
        ContentStore.Inventory inventory = next.inventory();
        next.retain(kept);
        next.retain(accepted);
        next.settle(inventory);

        assertThat(next.incomingFiles()).isZero();
        assertThat(filesOnDisk()).isEqualTo(2);
        assertThat(new String(next.readAll(kept), StandardCharsets.UTF_8)).isEqualTo("kept");
        assertThat(new String(next.readAll(accepted), StandardCharsets.UTF_8)).isEqualTo("wal");
        Content fresh = next.put(new ByteArrayInputStream(new byte[1]));
        assertThat(fresh.segments().get(0).file())
                .isNotIn(
                        kept.segments().get(0).file(),
                        accepted.segments().get(0).file());
    }

    @Test
    void nothingIsDeletedBeforeTheStoreIsSettled() throws IOException {
        Content content = put("promised");

        ContentStore next = ContentStore.open(directory, Durability.PROCESS, ContentStore.Keeping.BYTES);
        next.retain(content);
        next.release(content);

        assertThat(filesOnDisk()).isEqualTo(1);
    }

    @Test
    void headerFollowsTheBytesAndIsNotReadWithThem() throws IOException {
        Content content = store.put(new ByteArrayInputStream(new byte[] {'a', 'b'}));

        Content prepared = store.prepare(content, named -> header("id-1"));
        store.publish(prepared);

        assertThat(prepared.card()).isNull();
        assertThat(read(prepared)).isEqualTo("ab");
        assertThat(store.header(prepared.segments().get(0).file())).contains(header("id-1"));
    }

    @Test
    void sharedBytesGetACardBesideThem() throws IOException {
        Content content = put("0123456789");
        Content slice = store.keep(content.slice(2, 3));

        Content prepared = store.prepare(slice, named -> header(String.valueOf(named.card())));
        store.publish(prepared);

        assertThat(store.header(String.valueOf(prepared.card()))).contains(header(String.valueOf(prepared.card())));
        assertThat(store.header(content.segments().get(0).file())).isEmpty();
        store.release(prepared);
        assertThat(filesOnDisk()).isEqualTo(1);
    }

    @Test
    void goneVersionCannotComeBackFromBytesThatLiveOn() throws IOException {
        Content content = store.put(new ByteArrayInputStream("0123".getBytes(StandardCharsets.UTF_8)));
        store.publish(store.prepare(content, named -> header("gone")));
        Content copy = store.keep(content.slice(0, 4));

        store.releaseGone(content, "gone", header("tombstone"));

        assertThat(store.header(copy.segments().get(0).file())).contains(header("tombstone"));
        assertThat(read(copy)).isEqualTo("0123");
    }

    @Test
    void bytesThatLookLikeTheHeaderOfAnotherAreLeftAlone() throws IOException {
        Path forged = directory.resolve("forged");
        Header.append(forged, header("other"), Durability.PROCESS);
        byte[] bytes = Files.readAllBytes(forged);
        Content content = store.put(new ByteArrayInputStream(bytes));
        store.publish(content);
        Content copy = store.keep(content.slice(0, bytes.length));

        store.releaseGone(content, "gone", header("gone"));

        assertThat(store.readAll(copy)).isEqualTo(bytes);
    }

    @Test
    void generatedBytesAreWrittenWhenTheyAreKept() throws IOException {
        Content kept = store.keep(Content.literal(new byte[] {'a', 'b', 'c'}));

        assertThat(kept.segments()).hasSize(1);
        assertThat(read(kept)).isEqualTo("abc");
    }
}
