// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.model.file.FileVersion;

import static org.assertj.core.api.Assertions.assertThat;

class ListingOperationsTest extends B2TestSupport {
    @Test
    void listFileNamesAnswersTheNewestVersionOfEachName() {
        String bucket = givenFiles("a/1.txt", "a/2.txt", "b.txt");
        b2().state().put(bucket, "b.txt", bytes("newer"));
        b2().state().hide(bucket, "a/2.txt");

        assertThat(names("b2:" + bucket + "?operation=listFileNames", Map.of())).containsExactly("a/1.txt", "b.txt");
    }

    @Test
    void listFileVersionsAnswersAllOfThemNewestFirst() {
        String bucket = givenFiles("a.txt", "b.txt");
        b2().state().put(bucket, "b.txt", bytes("newer"));
        b2().state().hide(bucket, "a.txt");

        assertThat(names("b2:" + bucket + "?operation=listFileVersions", Map.of()))
                .containsExactly("a.txt", "a.txt", "b.txt", "b.txt");
    }

    @Test
    void prefixAndDelimiterOfOptionsListFolders() {
        String bucket = givenFiles("a.txt", "docs/1.txt", "docs/2.txt", "docs/sub/3.txt");

        assertThat(names("b2:" + bucket + "?operation=listFileNames&prefix=docs/&delimiter=/", Map.of()))
                .containsExactly("docs/1.txt", "docs/2.txt", "docs/sub/");
    }

    @Test
    void theOptionOfTheEndpointGoesBeforeTheHeaderAndThatBeforeTheComponents() {
        String bucket = givenFiles("a.txt", "docs/1.txt");

        component().getConfiguration().setPrefix("docs/");

        assertThat(names("b2:" + bucket + "?operation=listFileNames&prefix=a", Map.of(B2Constants.PREFIX, "x")))
                .containsExactly("a.txt");
        assertThat(names("b2:" + bucket + "?operation=listFileNames", Map.of(B2Constants.PREFIX, "a")))
                .containsExactly("a.txt");
        assertThat(names("b2:" + bucket + "?operation=listFileNames", Map.of(B2Constants.PREFIX, "")))
                .containsExactly("a.txt", "docs/1.txt");
        assertThat(names("b2:" + bucket + "?operation=listFileNames", Map.of())).containsExactly("docs/1.txt");
    }

    @Test
    void pagesAreRequestedAsTheListingIsRead() {
        String bucket = givenFiles(IntStream.range(0, 10).mapToObj(i -> "f" + i).toArray(String[]::new));

        Exchange answer =
                send("b2:" + bucket + "?operation=listFileNames", null, Map.of(B2Constants.MAX_FILE_COUNT, 2));
        long before = b2().count("b2_list_file_names");
        List<String> all = drain(answer);

        assertThat(before).isEqualTo(1);
        assertThat(all).hasSize(10);
        assertThat(b2().count("b2_list_file_names")).isGreaterThanOrEqualTo(5);
        assertThat(answer.getMessage().getHeaders()).doesNotContainKey(B2Constants.MAX_FILE_COUNT);
    }

    @Test
    void aDelimiterOfTheMessageListsFolders() {
        String bucket = givenFiles("a.txt", "docs/1.txt", "docs/2.txt");

        assertThat(names("b2:" + bucket + "?operation=listFileNames", Map.of(B2Constants.DELIMITER, "/")))
                .containsExactly("a.txt", "docs/");
    }

    @Test
    void aListingOfVersionsStartsAtAVersion() {
        String bucket = givenFiles("a");
        String middle = b2().state().put(bucket, "a", bytes("2")).fileId();
        b2().state().put(bucket, "a", bytes("3"));

        assertThat(names(
                        "b2:" + bucket + "?operation=listFileVersions",
                        Map.of(B2Constants.START_FILE_NAME, "a", B2Constants.START_FILE_ID, middle)))
                .hasSize(2);
    }

    @Test
    void aListingStartsAtAName() {
        String bucket = givenFiles("a", "b", "c");

        assertThat(names("b2:" + bucket + "?operation=listFileNames", Map.of(B2Constants.START_FILE_NAME, "b")))
                .containsExactly("b", "c");
    }

    @Test
    void aPageSizeOutOfRangeIsRefused() {
        String bucket = givenFiles("a");

        assertThat(fail("b2:" + bucket + "?operation=listFileNames", null, Map.of(B2Constants.MAX_FILE_COUNT, 10_001)))
                .hasMessageContaining("maxFileCount is 10001");
    }

    @Test
    void listUnfinishedLargeFilesAnswersThemByPrefix() {
        String bucket = givenFiles("a");
        String id = startLargeFile(bucket, "big/1");
        startLargeFile(bucket, "other");

        Exchange answer = send("b2:" + bucket + "?operation=listUnfinishedLargeFiles&prefix=big/", null, Map.of());

        assertThat(answer.getMessage().getBody(Iterator.class).next())
                .extracting("fileId")
                .isEqualTo(id);
    }

    @Test
    void cancelLargeFileEndsOne() {
        String bucket = givenFiles("a");
        String id = startLargeFile(bucket, "big/1");

        send("b2:" + bucket + "?operation=cancelLargeFile", null, Map.of(B2Constants.FILE_ID, id));

        assertThat(b2().state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    private String startLargeFile(String bucket, String name) {
        try (var lease = component().borrowClient(component().getConfiguration())) {
            return lease.client()
                    .call(io.github.camelb2.client.call.LargeFileCalls.StartLargeFile.of(
                            b2().state().bucketId(bucket).orElseThrow(), name, "text/plain"))
                    .fileId();
        }
    }

    private String givenFiles(String... names) {
        String bucket = B2.createBucket();
        for (String name : names) {
            b2().state().put(bucket, name, bytes("content of " + name));
        }
        return bucket;
    }

    private List<String> names(String uri, Map<String, ?> headers) {
        return drain(send(uri, null, headers));
    }

    private static List<String> drain(Exchange answer) {
        List<String> names = new ArrayList<>();
        answer.getMessage().getBody(Iterator.class).forEachRemaining(it -> names.add(((FileVersion) it).fileName()));
        return names;
    }
}
