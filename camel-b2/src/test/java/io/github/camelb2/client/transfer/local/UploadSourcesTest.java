// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.transfer.plan.Slice;
import io.github.camelb2.client.transfer.plan.TransferOptions.StreamMemory;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class UploadSourcesTest {
    private static final StreamMemory NOTHING = new StreamMemory(0, 0);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void givenFile() throws IOException {
        file = Files.writeString(directory.resolve("a.txt"), "0123456789");
    }

    @Test
    void aFileIsReadFromAnyPosition() throws IOException {
        UploadSource source = UploadSources.file(file);

        assertThat(source.length()).hasValue(10);
        assertThat(source.isReplayable()).isTrue();
        assertThat(text(source.open())).isEqualTo("0123456789");
        assertThat(text(source.open(3, 4))).isEqualTo("3456");
        assertThat(text(source.open(10, 0))).isEmpty();
        source.checkUnchanged();
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path missing = directory.resolve("missing");

        assertThatThrownBy(() -> UploadSources.file(missing))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessage("upload file " + missing + ": does not exist");
        assertThatThrownBy(() -> UploadSources.file(directory))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessage("upload file " + directory + ": is not a regular file");
    }

    @Test
    void aFileThatShrinksWhileItIsReadFails() throws IOException {
        UploadSource source = UploadSources.file(file);
        try (InputStream stream = source.open()) {
            assertThat(stream.readNBytes(4)).hasSize(4);
            Files.writeString(file, "01234");

            assertThatThrownBy(stream::readAllBytes)
                    .isInstanceOf(EOFException.class)
                    .hasMessageContaining("it ended 5 bytes earlier");
        }
        assertThatThrownBy(source::checkUnchanged)
                .hasMessage("file " + file + " changed while it was read: it had 10 bytes and has 5 now");
    }

    @Test
    void aFileThatGrowsFails() throws IOException {
        UploadSource source = UploadSources.file(file);
        Files.writeString(file, "0123456789ab");

        assertThat(text(source.open())).isEqualTo("0123456789");
        assertThatThrownBy(source::checkUnchanged).hasMessageEndingWith("it had 10 bytes and has 12 now");
    }

    @Test
    void aFileThatIsWrittenInPlaceFails() throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        UploadSource source = UploadSources.file(file);
        Files.writeString(file, "abcdefghij");

        assertThatThrownBy(source::checkUnchanged).hasMessageContaining("it was written at");
    }

    @Test
    void aFileThatIsReplacedFailsAlsoWhenTheNewOneLooksTheSame() throws IOException {
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        UploadSource source = UploadSources.file(file);
        Path other = Files.writeString(directory.resolve("b.txt"), "abcdefghij");
        Files.setLastModifiedTime(other, FileTime.fromMillis(1_000_000));
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(source::checkUnchanged).hasMessageEndingWith("another file took its place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whole", "range", "digests of all", "digests of some", "end"})
    void aFileThatBecomesAPipeFailsAndIsNotWaitedFor(String reading) throws Exception {
        UploadSource source = UploadSources.file(file);
        Files.delete(file);
        givenPipe(file);

        List<Slice> parts = List.of(new Slice(1, 0, 10));
        assertThatThrownBy(() -> inTime(() -> {
                    switch (reading) {
                        case "whole" -> source.open().close();
                        case "range" -> source.open(3, 4).close();
                        case "digests of all" -> ContentDigests.ofAll(source, parts, Runnable::run);
                        case "digests of some" -> ContentDigests.ofSome(source, parts);
                        default -> source.checkUnchanged();
                    }
                }))
                .hasMessageContaining(file.toString())
                .hasMessageMatching("(?s).*(is not a regular file|changed while it was read).*");
    }

    @Test
    void aFileThatBecomesADirectoryFails() throws IOException {
        UploadSource source = UploadSources.file(file);
        Files.delete(file);
        Files.createDirectory(file);

        assertThatThrownBy(source::open).hasMessage(file + " is not a regular file");
        assertThatThrownBy(source::checkUnchanged).isInstanceOf(IOException.class);
    }

    @Test
    void aFileThatGoesIsToldAsGone() throws IOException {
        UploadSource source = UploadSources.file(file);
        Files.delete(file);

        assertThatThrownBy(source::open).isInstanceOf(NoSuchFileException.class);
    }

    private static void givenPipe(Path place) throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", place.toString()).start();
        assumeThat(mkfifo.waitFor()).isZero();
    }

    private static void inTime(Executable reading) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), reading);
    }

    @Test
    void bytesAreReadFromAnyPosition() throws IOException {
        UploadSource source = UploadSources.bytes("xx0123456789xx".getBytes(US_ASCII), 2, 10);

        assertThat(source.length()).hasValue(10);
        assertThat(text(source.open())).isEqualTo("0123456789");
        assertThat(text(source.open(8, 2))).isEqualTo("89");
        assertThatThrownBy(() -> source.open(8, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aStreamIsReadOnce() throws IOException {
        UploadSource source = stream("abc", OptionalLong.empty());

        assertThat(source.isReplayable()).isFalse();
        assertThat(text(source.open())).isEqualTo("abc");
        assertThatThrownBy(source::open).hasMessage("the body was read before and cannot be read again");
        assertThatThrownBy(() -> source.open(0, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSha1MustBeOne() {
        UploadSource source = UploadSources.file(file);

        assertThat(UploadSources.withSha1(source, "A9993E364706816ABA3E25717850C26C9CD0D89D")
                        .sha1())
                .hasValue("a9993e364706816aba3e25717850c26c9cd0d89d");
        assertThatThrownBy(() -> UploadSources.withSha1(source, "a9993e"))
                .hasMessage("a SHA-1 has 40 hex digits, not \"a9993e\"");
    }

    @Test
    void aStreamStaysInMemoryAsFarAsThereIsRoom() throws IOException {
        Path pieces = Files.createDirectory(directory.resolve("pieces"));
        LocalStore store = new LocalStore(pieces, InstantSource.system());
        StreamMemory limits = new StreamMemory(200_000, 300_000);

        try (StreamCutter exact = cutter(200_000, store, limits);
                SpooledPiece inMemory = exact.next(1_000_000).orElseThrow()) {
            assertThat(inMemory.source().open().readAllBytes()).isEqualTo(bytes(200_000));
            assertThat(exact.hasEnded()).isTrue();
            assertThat(pieces).isEmptyDirectory();
            try (StreamCutter longer = cutter(200_001, store, limits);
                    SpooledPiece onDisk = longer.next(1_000_000).orElseThrow()) {
                assertThat(onDisk.source().open().readAllBytes()).isEqualTo(bytes(200_001));
                assertThat(pieces).isNotEmptyDirectory();
            }
            // The one above holds its share.
            try (StreamCutter second = cutter(200_000, store, limits);
                    SpooledPiece onDisk = second.next(1_000_000).orElseThrow()) {
                assertThat(onDisk.source().open().readAllBytes()).isEqualTo(bytes(200_000));
                assertThat(pieces).isNotEmptyDirectory();
            }
        }
        assertThat(pieces).isEmptyDirectory();
        try (StreamCutter again = cutter(200_000, store, limits);
                SpooledPiece inMemory = again.next(1_000_000).orElseThrow()) {
            assertThat(inMemory.length()).isEqualTo(200_000);
            assertThat(pieces).isEmptyDirectory();
        }
    }

    private static StreamCutter cutter(int length, LocalStore store, StreamMemory limits) {
        return StreamCutter.open(
                UploadSources.stream(new ByteArrayInputStream(bytes(length)), OptionalLong.empty(), "the body"),
                store,
                limits);
    }

    private static byte[] bytes(int length) {
        byte[] content = new byte[length];
        new java.util.Random(length).nextBytes(content);
        return content;
    }

    @Test
    void aStreamIsCutIntoPiecesThatCanBeReadAgain() throws IOException {
        byte[] content = new byte[200_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31 >> 3);
        }
        UploadSource source = UploadSources.stream(new ByteArrayInputStream(content), OptionalLong.empty(), "the body");

        try (StreamCutter cutter =
                StreamCutter.open(source, new LocalStore(directory, InstantSource.system()), NOTHING)) {
            byte[] rebuilt = new byte[0];
            for (long expected : new long[] {90_000, 90_000, 20_000}) {
                try (SpooledPiece piece = cutter.next(90_000).orElseThrow()) {
                    assertThat(piece.length()).isEqualTo(expected);
                    byte[] once = piece.source().open().readAllBytes();
                    assertThat(piece.source().open().readAllBytes()).isEqualTo(once);
                    rebuilt = concat(rebuilt, once);
                }
                assertThat(cutter.hasEnded()).isEqualTo(expected == 20_000);
            }
            assertThat(cutter.next(90_000)).isEmpty();
            assertThat(rebuilt).isEqualTo(content);
        }
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aStreamThatIsNotAsLongAsAnnouncedFails() {
        StreamCutter shorter = StreamCutter.open(
                stream("abc", OptionalLong.of(4)), new LocalStore(directory, InstantSource.system()), NOTHING);
        assertThat(shorter.next(10))
                .hasValueSatisfying(piece -> assertThat(piece.length()).isEqualTo(3));
        assertThatThrownBy(shorter::hasEnded)
                .isInstanceOf(B2LocalContentException.class)
                .hasMessage("upload the body: it has 3 bytes instead of the 4 that were announced");
    }

    @Test
    void aStreamThatCannotBeReadIsNotANetworkFailure() {
        UploadSource broken = UploadSources.stream(
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("stale handle");
                    }
                },
                OptionalLong.empty(),
                "the body");

        assertThatThrownBy(() -> StreamCutter.open(broken, new LocalStore(directory, InstantSource.system()), NOTHING)
                        .next(10))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessage("upload the body: stale handle");
    }

    @Test
    void aDirectoryThatCannotHoldPiecesIsNamed() {
        UploadSource source =
                UploadSources.stream(new ByteArrayInputStream(new byte[100_000]), OptionalLong.empty(), "the body");
        Path missing = file.resolve("below a file");

        assertThatThrownBy(() -> StreamCutter.open(source, new LocalStore(missing, InstantSource.system()), NOTHING)
                        .next(100_000))
                .isInstanceOf(B2LocalContentException.class)
                .hasMessageStartingWith("upload from a stream: cannot write a temporary file in " + missing);
    }

    private static UploadSource stream(String text, OptionalLong length) {
        return UploadSources.stream(new ByteArrayInputStream(text.getBytes(US_ASCII)), length, "the body");
    }

    private static String text(InputStream stream) throws IOException {
        try (stream) {
            return new String(stream.readAllBytes(), US_ASCII);
        }
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
