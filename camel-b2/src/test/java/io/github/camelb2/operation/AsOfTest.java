// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/** What is read as of a time is what was there then. */
class AsOfTest extends B2TestSupport {
    private String bucket;

    @BeforeEach
    void makeBucket() {
        bucket = B2.createBucket();
    }

    /** An hour goes by before each change. */
    private StoredVersion put(String name, String content) {
        b2().advance(Duration.ofHours(1));
        return b2().state().put(bucket, name, bytes(content));
    }

    private StoredVersion hide(String name) {
        b2().advance(Duration.ofHours(1));
        return b2().state().hide(bucket, name);
    }

    /** The client learns of the time that has gone by. */
    private void learnTheTime() {
        send("b2:*?operation=authorizeAccount", null, Map.of());
        b2().resetRequests();
    }

    private static Instant at(StoredVersion version) {
        return Instant.ofEpochMilli(version.uploadTimestamp());
    }

    private List<String> listed(String operation, Object asOf, Map<String, ?> more) {
        Map<String, Object> headers = new TreeMap<>(more);
        headers.put(B2Constants.AS_OF, asOf);
        return entries("b2:" + bucket + "?operation=" + operation, null, headers);
    }

    private List<String> entries(String uri, Object body, Map<String, ?> headers) {
        Iterator<?> all = send(uri, body, headers).getMessage().getBody(Iterator.class);
        List<String> entries = new ArrayList<>();
        all.forEachRemaining(it -> entries.add(entry((FileVersion) it)));
        return entries;
    }

    private static String entry(FileVersion version) {
        return version.fileName() + (version.representsFolder() ? "" : "@" + version.fileId());
    }

    private static String entry(StoredVersion version) {
        return version.name() + "@" + version.fileId();
    }

    /** What says no to an endpoint that cannot be. */
    private Throwable refusal(String uri) {
        return catchThrowable(() -> send(uri, "x", Map.of()));
    }

    @Test
    void aNameStandsForWhatItStoodForThen() {
        StoredVersion first = put("a", "1");
        StoredVersion marker = hide("a");
        StoredVersion second = put("a", "2");
        StoredVersion other = put("b", "3");
        hide("b");
        learnTheTime();

        assertThat(listed("listFileNames", at(first).minusMillis(1), Map.of())).isEmpty();
        assertThat(listed("listFileNames", at(first), Map.of())).containsExactly(entry(first));
        assertThat(listed("listFileNames", at(marker), Map.of())).isEmpty();
        assertThat(listed("listFileNames", at(second), Map.of())).containsExactly(entry(second));
        assertThat(listed("listFileNames", at(other), Map.of())).containsExactly(entry(second), entry(other));
        assertThat(listed("listFileVersions", at(second), Map.of()))
                .containsExactly(entry(second), entry(marker), entry(first));
    }

    @Test
    void theTimeIsATextANumberOrATime() {
        StoredVersion first = put("a", "1");
        put("a", "2");
        Instant time = at(first).plusSeconds(1);
        learnTheTime();

        assertThat(Stream.of(
                                time,
                                time.toString(),
                                time.atOffset(ZoneOffset.ofHours(5)),
                                time.atOffset(ZoneOffset.ofHours(-5)).toString(),
                                time.toEpochMilli(),
                                String.valueOf(time.toEpochMilli()),
                                Date.from(time),
                                "-30m",
                                bytes("-PT30M"))
                        .map(it -> listed("listFileNames", it, Map.of())))
                .allSatisfy(it -> assertThat(it).containsExactly(entry(first)));
    }

    @Test
    void whatIsNoTimeIsRefusedBeforeAnythingIsAsked() {
        for (String text : List.of("yesterday", "2026-01-31", "2026-01-31T08:00:00", "-3", "3d", "-", "-3w", "", " ")) {
            if (!text.isEmpty()) {
                assertThat(fail("b2:" + bucket + "?operation=listFileNames", null, Map.of(B2Constants.AS_OF, text)))
                        .hasMessageContaining("CamelB2AsOf")
                        .hasMessageContaining("-3d for three days ago");
            }
            assertThat(refusal("b2:" + bucket + "?operation=listFileNames&asOf=RAW(x" + text + ")"))
                    .hasStackTraceContaining("Option asOf=x");
            assertThat(b2().count("b2_list_file_versions")).isZero();
        }
    }

    @Test
    void aTimeToComeIsRefused() {
        put("a", "1");

        assertThat(fail("b2:" + bucket + "?operation=listFileNames&asOf=2999-01-01T00:00:00Z", null, Map.of()))
                .hasMessageContaining("it lies in the future");
    }

    @Test
    void whatWouldDeleteOrStoreReadsNoTime() {
        put("a", "1");

        assertThat(fail("b2:" + bucket + "?operation=deleteFiles&prefix=a", null, Map.of(B2Constants.AS_OF, "-1d")))
                .hasMessageContaining("CamelB2AsOf");
        assertThat(fail("b2:" + bucket + "?operation=deleteFiles&prefix=a", null, Map.of(B2Constants.LIMIT, 1)))
                .hasMessageContaining("CamelB2Limit");
        assertThat(refusal("b2:" + bucket + "?operation=uploadFile&asOf=-1d"))
                .hasRootCauseMessage("Option asOf cannot be: uploadFile does not read it; take it away; it is read by"
                        + " [downloadFile, getFileInfo, fileExists, listFileNames, listFileVersions, copyFile]");
        assertThat(b2().state().versions(bucket)).hasSize(1);
    }

    @Test
    void aDownloadADescriptionAndACopyAreOfWhatWasThere() {
        StoredVersion first = put("docs/a", "old");
        StoredVersion marker = hide("docs/a");
        StoredVersion second = put("docs/a", "new");
        learnTheTime();
        String uri = "b2:" + bucket + "?fileName=docs/a&asOf=" + at(first) + "&operation=";

        Exchange read = send(uri + "downloadFile", null, Map.of());
        assertThat(read.getMessage().getBody(String.class)).isEqualTo("old");
        assertThat(read.getMessage().getHeader("CamelB2FoundFileId")).isEqualTo(first.fileId());
        assertThat(send(uri + "getFileInfo", null, Map.of()).getMessage().getHeader("CamelB2FoundFileId"))
                .isEqualTo(first.fileId());
        send(uri + "copyFile", null, Map.of(B2Constants.DESTINATION_FILE_NAME, "restored"));
        assertThat(send("b2:" + bucket + "?operation=downloadFile&fileName=restored", null, Map.of())
                        .getMessage()
                        .getBody(String.class))
                .isEqualTo("old");

        assertThat(exists(at(first))).isTrue();
        assertThat(exists(at(marker))).isFalse();
        assertThat(exists(at(second))).isTrue();
        for (String operation : List.of("downloadFile", "getFileInfo", "copyFile")) {
            Map<String, ?> headers =
                    Map.of(B2Constants.AS_OF, at(marker).toString(), B2Constants.DESTINATION_FILE_NAME, "none");
            assertThat(fail("b2:" + bucket + "?fileName=docs/a&operation=" + operation, null, headers))
                    .isInstanceOf(B2NotFoundException.class)
                    .hasMessageContaining("there was no such file at " + at(marker));
        }
    }

    private boolean exists(Instant time) {
        return send(
                        "b2:" + bucket + "?operation=fileExists&fileName=docs/a",
                        null,
                        Map.of(B2Constants.AS_OF, time.toEpochMilli()))
                .getMessage()
                .getBody(Boolean.class);
    }

    @Test
    void anIdThatCameLaterIsNotThereEither() {
        StoredVersion first = put("a", "1");
        StoredVersion second = put("a", "2");
        Map<String, Object> headers =
                Map.of(B2Constants.OVERRIDE_FILE_ID, second.fileId(), B2Constants.AS_OF, at(first));
        learnTheTime();

        assertThat(fail("b2:" + bucket + "?operation=downloadFile", null, headers))
                .isInstanceOf(B2NotFoundException.class);
        assertThat(fail("b2:" + bucket + "?operation=getFileInfo", null, headers))
                .isInstanceOf(B2NotFoundException.class);
    }

    @Test
    void aRequestRecordIsLookedAtInTheSameWay() {
        StoredVersion first = put("a", "1");
        put("a", "2");
        put("b", "1");
        learnTheTime();
        String id = b2().state().bucketId(bucket).orElseThrow();
        String uri = "b2:" + bucket + "?pojoRequest=true&asOf=" + at(first) + "&operation=";

        assertThat(entries(uri + "listFileNames", ListFileNames.of(id), Map.of()))
                .containsExactly(entry(first));
        assertThat(entries(uri + "listFileVersions", ListFileVersions.of(id), Map.of(B2Constants.LIMIT, 1)))
                .containsExactly(entry(first));
    }

    @Test
    void aLongChainOfVersionsIsNotReadToItsEnd() {
        put("a", "1");
        List<StoredVersion> chain =
                IntStream.range(0, 300).mapToObj(it -> put("chain", "" + it)).toList();
        StoredVersion last = put("z", "1");
        learnTheTime();

        assertThat(listed("listFileNames", at(last), Map.of(B2Constants.MAX_FILE_COUNT, 10)))
                .containsSubsequence(entry(chain.get(299)), entry(last))
                .hasSize(3);
        assertThat(b2().count("b2_list_file_versions")).isLessThanOrEqualTo(3);
    }

    @Test
    void aFolderIsNotReadToItsEnd() {
        put("a", "1");
        IntStream.range(0, 300).forEach(it -> put("docs/" + it, "1"));
        StoredVersion later = put("docs0", "1");
        put("late/1", "1");
        learnTheTime();

        assertThat(listed(
                        "listFileNames", at(later), Map.of(B2Constants.MAX_FILE_COUNT, 10, B2Constants.DELIMITER, "/")))
                .containsSubsequence("docs/", entry(later))
                .hasSize(3);
        assertThat(b2().count("b2_list_file_versions")).isLessThanOrEqualTo(4);
    }

    @Test
    void anyTimeOfARandomHistoryIsAsAModelSays() {
        new Random().longs(Boolean.getBoolean("soak") ? 500 : 6).forEach(this::compareWithModel);
    }

    private void compareWithModel(long seed) {
        bucket = B2.bucketName("seed" + Math.abs(seed));
        b2().state().createBucket(bucket);
        Random random = new Random(seed);
        List<String> names = List.of("a", "a/1", "a/2", "b", "b/x/1", "b/x/2", "b0", "c~1", "c~2", "ü", "\uD83D\uDE00");
        List<StoredVersion> history = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String name = names.get(random.nextInt(names.size()));
            boolean isShown = history.stream()
                    .filter(it -> it.name().equals(name))
                    .reduce((older, newer) -> newer)
                    .filter(it -> !it.action().equals("hide"))
                    .isPresent();
            history.add(isShown && random.nextInt(3) == 0 ? hide(name) : put(name, "" + i));
        }
        learnTheTime();
        for (int i = 0; i < 12; i++) {
            StoredVersion moment = history.get(random.nextInt(history.size()));
            Instant time = at(moment).plusMillis(random.nextInt(3) - 1);
            String delimiter = List.of("", "/", "~").get(random.nextInt(3));
            String prefix = List.of("", "a", "b/", "b/x/").get(random.nextInt(4));
            Map<String, ?> headers = Map.of(
                    B2Constants.MAX_FILE_COUNT, 1 + random.nextInt(7),
                    B2Constants.DELIMITER, delimiter,
                    B2Constants.PREFIX, prefix);

            assertThat(new TreeSet<>(listed("listFileNames", time, headers)))
                    .as("seed %d, %s, delimiter '%s', prefix '%s'", seed, time, delimiter, prefix)
                    .isEqualTo(model(history, time, delimiter, prefix));
        }
    }

    private static TreeSet<String> model(List<StoredVersion> history, Instant time, String delimiter, String prefix) {
        Map<String, StoredVersion> current = new TreeMap<>();
        history.stream().filter(it -> !at(it).isAfter(time)).forEach(it -> current.put(it.name(), it));
        TreeSet<String> entries = new TreeSet<>();
        current.forEach((name, version) -> {
            if (name.startsWith(prefix) && !version.action().equals("hide")) {
                int end = delimiter.isEmpty() ? -1 : name.indexOf(delimiter, prefix.length());
                entries.add(end < 0 ? entry(version) : name.substring(0, end + 1));
            }
        });
        return entries;
    }

    @Test
    void aListingEndsAtItsLimitAndAsksForNoPageBehindIt() {
        IntStream.range(0, 9).forEach(it -> put("f" + it, "1"));
        put("f9/1", "1");
        learnTheTime();
        String names = "b2:" + bucket + "?operation=listFileNames";

        assertThat(entries(names + "&limit=4", null, Map.of(B2Constants.MAX_FILE_COUNT, 4)))
                .hasSize(4);
        assertThat(b2().count("b2_list_file_names")).isEqualTo(1);
        assertThat(entries(names, null, Map.of(B2Constants.LIMIT, 5L, B2Constants.MAX_FILE_COUNT, 4)))
                .hasSize(5);
        assertThat(b2().count("b2_list_file_names")).isEqualTo(3);
        assertThat(entries(names + "&limit=2&exclude=f[0-6]", null, Map.of())).hasSize(2);
        assertThat(entries(names + "&limit=3&asOf=-0d", null, Map.of())).hasSize(3);
        assertThat(entries(names + "&limit=0&delimiter=/", null, Map.of())).hasSize(10);
    }

    @Test
    void aLimitThatIsNoneIsRefused() {
        for (String limit : List.of("-1", "x", "1.5", "4294967297")) {
            assertThat(fail("b2:" + bucket + "?operation=listFileNames", null, Map.of(B2Constants.LIMIT, limit)))
                    .hasMessageContaining("CamelB2Limit");
            assertThat(refusal("b2:" + bucket + "?operation=listFileNames&limit=-1"))
                    .hasStackTraceContaining("Option limit=-1");
        }
    }

    @Test
    void aConsumerConsumesWhatWasCurrentWhenItLooksFrom() throws Exception {
        put("a", "1");
        put("a", "2");
        put("hidden then", "3");
        hide("hidden then");
        put("hidden since", "4");
        b2().advance(Duration.ofHours(2));
        hide("hidden since");
        put("a", "5");
        put("new", "6");
        learnTheTime();
        MockEndpoint mock = context().getEndpoint("mock:past", MockEndpoint.class);
        mock.expectedBodiesReceivedInAnyOrder("2", "4");
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("b2:" + bucket + "?asOf=-4h&delay=20&initialDelay=0")
                        .convertBodyTo(String.class)
                        .to(mock);
            }
        });

        mock.assertIsSatisfied();
        long sweeps = b2().count("b2_list_file_versions");
        await().until(() -> b2().count("b2_list_file_versions") > sweeps + 1);
        assertThat(mock.getReceivedCounter()).isEqualTo(2);
    }

    @Test
    void aConsumerOfThePastChangesNothing() {
        for (String option : List.of(
                "deleteAfterRead=true",
                "hideAfterRead=true",
                "moveAfterRead=true",
                "moveFailed=failed/",
                "doneFileName=done",
                "startFrom=now")) {
            assertThat(catchThrowable(() -> context().addRoutes(new RouteBuilder() {
                        @Override
                        public void configure() {
                            from("b2:" + bucket + "?asOf=-1d&" + option).to("mock:none");
                        }
                    })))
                    .hasStackTraceContaining("Option asOf=-1d")
                    .hasStackTraceContaining(option.substring(0, option.indexOf('=')));
        }
    }
}
