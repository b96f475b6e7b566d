// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;

class DownloadFileTest extends B2TestSupport {
    private static final String CONTENT = "0123456789".repeat(1_000);

    @TempDir
    Path directory;

    @Test
    void aFileIsReadByNameWhenItsBodyIsRead() {
        String bucket = givenFile("docs/a.txt");

        Exchange answer = send("b2:" + bucket + "?operation=downloadFile&fileName=docs/a.txt", null, Map.of());

        assertThat(answer.getMessage().getBody(String.class)).isEqualTo(CONTENT);
        assertThat(answer.getMessage().getHeaders())
                .containsEntry(B2Constants.FILE_NAME, "docs/a.txt")
                .doesNotContainKey(Exchange.FILE_NAME)
                .containsEntry(B2Constants.FOUND_CONTENT_LENGTH, 10_000L);
    }

    @Test
    void nothingIsDownloadedBeforeTheBodyIsRead() {
        String bucket = givenFile("a.txt");

        send("b2:" + bucket + "?operation=downloadFile&fileName=a.txt", null, Map.of());

        assertThat(b2().requests("b2_download_file_by_id")).isEmpty();
    }

    @Test
    void anOlderVersionIsReadById() {
        String bucket = B2.createBucket();
        StoredVersion older = b2().state().put(bucket, "a.txt", bytes("older"));
        b2().state().put(bucket, "a.txt", bytes("newer"));

        Exchange answer = send("b2:*?operation=downloadFile", null, Map.of(B2Constants.FILE_ID, older.fileId()));

        assertThat(answer.getMessage().getBody(String.class)).isEqualTo("older");
    }

    @Test
    void aFileIdThatAnEndpointWroteForAnotherNameDoesNotCount() {
        String bucket = B2.createBucket();
        b2().state().put(bucket, "a.txt", bytes("content of a"));
        b2().state().put(bucket, "b.txt", bytes("content of b"));

        Exchange exchange = send("b2:" + bucket + "?operation=downloadFile&fileName=a.txt", null, Map.of());
        exchange.getMessage().setHeader(B2Constants.FILE_NAME, "b.txt");
        template().send("b2:" + bucket + "?operation=downloadFile", exchange);

        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("content of b");
    }

    @Test
    void aRangeIsReadAlone() {
        String bucket = givenFile("a.txt");

        Exchange answer = send(
                "b2:" + bucket + "?operation=downloadFile&fileName=a.txt",
                null,
                Map.of(B2Constants.RANGE_START, 5, B2Constants.RANGE_END, 14));

        assertThat(answer.getMessage().getBody(String.class)).isEqualTo("5678901234");
        assertThat(answer.getMessage().getHeaders())
                .containsEntry(B2Constants.FOUND_CONTENT_LENGTH, 10L)
                .doesNotContainKeys(B2Constants.RANGE_START, B2Constants.RANGE_END);
    }

    @ParameterizedTest
    @CsvSource({"5, 14, 10", "9990, 9223372036854775807, 10", "0, 9999, 10000"})
    void aRangeIsReadAloneToAFile(long first, long last, long length) throws IOException {
        String bucket = givenFile("a.txt");

        for (String concurrency : List.of("1", "4")) {
            Exchange answer = send(
                    "b2:" + bucket + "?operation=downloadFile&fileName=a.txt&maxConcurrency=" + concurrency
                            + "&localWorkDirectory=" + directory,
                    null,
                    Map.of(B2Constants.RANGE_START, first, B2Constants.RANGE_END, last));

            assertThat(directory.resolve("a.txt")).hasContent(CONTENT.substring((int) first, (int) (first + length)));
            assertThat(answer.getMessage().getHeaders()).containsEntry(B2Constants.FOUND_CONTENT_LENGTH, length);
        }
    }

    @Test
    void aRangeBehindTheEndIsRefused() {
        String bucket = givenFile("a.txt");

        assertThat(fail(
                        "b2:" + bucket + "?operation=downloadFile&fileName=a.txt",
                        null,
                        Map.of(B2Constants.RANGE_START, 10_000)))
                .hasMessageContaining("bytes=10000-")
                .hasMessageContaining("10000 bytes");
    }

    @Test
    void aFileThatIsNotThereFailsAtOnce() {
        String bucket = B2.createBucket();

        assertThat(fail("b2:" + bucket + "?operation=downloadFile&fileName=nothing", null, Map.of()))
                .isInstanceOf(B2NotFoundException.class)
                .hasMessageContaining("nothing")
                .hasMessageContaining(bucket);
    }

    @Test
    void localWorkDirectoryTakesTheFileAndTheBodyIsIt() throws IOException {
        String bucket = givenFile("docs/a.txt");

        Exchange answer = send(
                "b2:" + bucket + "?operation=downloadFile&fileName=docs/a.txt&localWorkDirectory=" + directory,
                null,
                Map.of());

        assertThat(answer.getMessage().getBody()).isInstanceOf(File.class);
        assertThat(Files.readString(directory.resolve("docs/a.txt"))).isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @CsvSource({"1234567890123, 1234567890123", "0, 0", "-86400000, -86400000", "-86400001, -86401000"})
    void aFileGetsTheTimeOfItsLastChangeBefore1970ToTheSecond(long modified, long kept) throws IOException {
        String bucket = B2.createBucket();
        send("b2:" + bucket + "?fileName=a.txt", CONTENT, Map.of(B2Constants.LAST_MODIFIED, modified));

        send("b2:" + bucket + "?operation=downloadFile&fileName=a.txt&localWorkDirectory=" + directory, null, Map.of());

        assertThat(Files.getLastModifiedTime(directory.resolve("a.txt")).toMillis())
                .isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.txt", "x/../../a.txt", "/a.txt", "x//a.txt", "./a.txt", "x/.", "a/"})
    void noFileNameLeavesLocalWorkDirectory(String name) throws IOException {
        String bucket = givenFile(name);
        Path jail = Files.createDirectory(directory.resolve("jail"));

        Exception failure = fail(
                "b2:" + bucket + "?operation=downloadFile&localWorkDirectory=" + jail,
                null,
                Map.of(B2Constants.FILE_NAME, name));

        assertThat(failure).isInstanceOf(B2LocalContentException.class).hasMessageContaining("localWorkDirectory");
        try (var left = Files.walk(directory)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    /** The next client would delete it, as left over from a killed process. */
    @Test
    void noFileIsNamedAsADownloadThatIsUnderWay() {
        String name = ".b2-0123456789abcdef0123456789abcdef.b2tmp";
        String bucket = givenFile(name);

        Exception failure = fail(
                "b2:" + bucket + "?operation=downloadFile&localWorkDirectory=" + directory,
                null,
                Map.of(B2Constants.FILE_NAME, name));

        assertThat(failure).isInstanceOf(B2LocalContentException.class).hasMessageContaining("localWorkDirectory");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aBackslashIsALetterWhereItIsNoSeparator() {
        String bucket = givenFile("C:\\x");

        send(
                "b2:" + bucket + "?operation=downloadFile&localWorkDirectory=" + directory,
                null,
                Map.of(B2Constants.FILE_NAME, "C:\\x"));

        assertThat(directory.resolve("C:\\x")).hasContent(CONTENT);
    }

    @Test
    void noSymbolicLinkLeadsOutOfLocalWorkDirectory() throws IOException {
        String bucket = givenFile("link/deeper/a.txt");
        Path jail = Files.createDirectory(directory.resolve("jail"));
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.createSymbolicLink(jail.resolve("link"), outside);

        assertThat(fail(
                        "b2:" + bucket + "?operation=downloadFile&fileName=link/deeper/a.txt&localWorkDirectory="
                                + jail,
                        null,
                        Map.of()))
                .isInstanceOf(B2LocalContentException.class);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aLinkOfThatNameIsRefusedAlsoWhereItLeadsNowhere() throws IOException {
        String bucket = givenFile("a.txt");
        Path precious = Files.writeString(directory.resolve("precious"), "stays");
        Path jail = Files.createDirectory(directory.resolve("jail"));
        String endpoint = "b2:" + bucket + "?operation=downloadFile&fileName=a.txt&localWorkDirectory=" + jail;

        for (Path end : List.of(precious, directory.resolve("nowhere"))) {
            Path link = Files.createSymbolicLink(jail.resolve("a.txt"), end);
            assertThat(fail(endpoint, null, Map.of())).isInstanceOf(B2LocalContentException.class);
            Files.delete(link);
        }
        assertThat(precious).hasContent("stays");
        assertThat(jail).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "damaged", "broken off", "refused", "behind the end", "unfit"})
    void aDownloadThatFailsLeavesNothingBehind(String why) {
        String bucket = givenFile("x/y/a.txt");
        Path work = directory.resolve("new/work");
        Map<String, Object> headers = new HashMap<>(Map.of(B2Constants.FILE_NAME, "x/y/a.txt"));
        switch (why) {
            case "absent" -> headers.put(B2Constants.FILE_NAME, "x/y/absent.txt");
            case "damaged" -> b2().faults().add("b2_download_file_by_*: flip response 7");
            case "broken off" -> b2().faults().add("b2_download_file_by_*: truncate 0");
            case "refused" -> b2().faults().add("b2_download_file_by_*: gateway 403");
            case "behind the end" -> headers.put(B2Constants.RANGE_START, 10_000);
            default -> headers.put(B2Constants.FILE_NAME, "x/y/../a.txt");
        }

        assertThat(fail(
                        "b2:" + bucket + "?operation=downloadFile&retryTimeout=200&localWorkDirectory=" + work,
                        null,
                        headers))
                .isInstanceOf(B2Exception.class);

        assertThat(directory).isEmptyDirectory();
    }

    private String givenFile(String name) {
        String bucket = B2.createBucket();
        b2().state().put(bucket, name, bytes(CONTENT));
        return bucket;
    }
}
