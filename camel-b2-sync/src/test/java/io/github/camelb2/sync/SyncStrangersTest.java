// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What others do at either side while a run is under way. */
class SyncStrangersTest extends SyncTestSupport {
    private static final String DELETE = "keepMode=delete";

    private interface Step {
        void run() throws Exception;
    }

    private Step meanwhile = () -> {};

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:report").process(exchange -> reported.add(exchange.copy()));
                from("direct:meanwhile").process(exchange -> {
                    Step step = meanwhile;
                    meanwhile = () -> {};
                    step.run();
                });
            }
        };
    }

    @AfterEach
    void clearFaults() {
        B2.emulator().faults().clear();
    }

    /** Does something as soon as a call has come, which the emulator holds up. */
    private static CompletableFuture<?> during(String call, String millis, Step what) {
        B2.emulator().resetRequests();
        B2.emulator().faults().add(call + " #1: delay " + millis + "ms");
        return CompletableFuture.runAsync(() -> {
            await().pollInterval(Duration.ofMillis(5))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> B2.emulator().count(call) > 0);
            try {
                what.run();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private List<String> contents(String in, String name) {
        return B2.emulator().state().versions(in).stream()
                .filter(version ->
                        version.name().equals(name) && !version.action().equals("hide"))
                .map(version -> new String(B2.emulator().state().bytes(version.fileId()), StandardCharsets.UTF_8))
                .toList();
    }

    private static Map<String, String> time(long secondsAgo) {
        return Map.of("src_last_modified_millis", String.valueOf(NOW - secondsAgo * 1000));
    }

    @ParameterizedTest
    @CsvSource({
        "keepMode=delete, true",
        "keepMode=delete, false",
        "keepMode=delete&newerFileMode=replace, true",
        "keepMode=delete&compareMode=size, true",
        "keepMode=delete&compareMode=sha1, false",
        "keepMode=keepBeforeDelete&keepDays=1, true",
        "keepMode=noDelete, true"
    })
    void versionThatSomebodyStoresDuringTheRunIsNeitherReplacedNorRemoved(String options, boolean isKnown)
            throws Exception {
        given(source, "k", "new", 100);
        given("other", 100);
        if (isKnown) {
            givenInBucket("k", "k", 900);
        }
        CompletableFuture<?> somebody =
                during("b2_list_file_versions", "200", () -> givenInBucket("k", "SOMEBODY", 500));

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), options);

        somebody.get(30, TimeUnit.SECONDS);
        assertThat(contents(bucket, "k"))
                .containsExactlyElementsOf(isKnown ? List.of("SOMEBODY", "k") : List.of("SOMEBODY"));
        assertThat(report.failures()).extracting(Problem::path).containsExactly("k");
        assertThat(bucketTree()).containsKey("other");
        sync(source.toString(), bucketUri(), options);
        assertThat(bucketTree()).containsEntry("k", "new");
    }

    @Test
    void nothingBelowAVersionThatSomebodyStoresDuringTheRunGoes() throws Exception {
        given(source, "k", "k", 100);
        givenInBucket("k", "old", 900);
        CompletableFuture<?> somebody = during("b2_list_file_versions", "200", () -> givenInBucket("k", "x", 100));

        SyncReport report = sync(source.toString(), bucketUri(), DELETE);

        somebody.get(30, TimeUnit.SECONDS);
        assertThat(contents(bucket, "k")).containsExactly("x", "old");
        assertThat(report.skips()).extracting(Problem::path).containsExactly("k");
    }

    /** The scan comes to what lies behind 4,500 names only after the first download has ended. */
    @ParameterizedTest
    @ValueSource(strings = {"compareMode=size", "newerFileMode=raiseError"})
    void whatSomebodyEditsOrMovesIntoTheDestinationDuringTheRunStays(String options) throws Exception {
        Path outside = Files.createDirectories(temp.resolve("outside"));
        given(outside, "letters/one", "mine", 900);
        given(outside, "edited", "my work", 950);
        for (String name : List.of("z/edited", "z/made", "z/moved/one", "z/stays")) {
            given(destination, name, "old", 980);
            givenInBucket(name, name, 600);
        }
        Files.delete(destination.resolve("z/made"));
        givenInBucket("a", "AAAA", 500);
        for (int i = 0; i < 4_500; i++) {
            Files.createFile(destination.resolve(String.format("m%04d", i)));
        }
        Path letters = outside.resolve("letters");
        assertThat(Files.readAttributes(letters, "unix:ctime")).isNotEmpty();
        meanwhile = () -> {
            Files.delete(destination.resolve("z/moved/one"));
            Files.delete(destination.resolve("z/moved"));
            Files.copy(outside.resolve("edited"), destination.resolve("z/made"));
            Files.setLastModifiedTime(
                    destination.resolve("z/made"), Files.getLastModifiedTime(outside.resolve("edited")));
            Files.delete(destination.resolve("z/edited"));
            Files.move(outside.resolve("edited"), destination.resolve("z/edited"));
            Files.move(letters, destination.resolve("z/moved"));
        };
        reportTo = "direct:meanwhile";

        SyncReport report = syncIncompletely(bucketUri(), destination, DELETE, "maxDelete=unlimited", options);

        assertThat(tree(destination))
                .containsEntry("z/edited", "my work")
                .containsEntry("z/made", "my work")
                .containsEntry("z/moved/one", "mine")
                .containsEntry("a", "AAAA");
        assertThat(report.failures()).extracting(Problem::path).contains("z/edited", "z/made", "z/moved/one");
    }

    /** The second look comes behind the last transfer: what moved while that was under way is stored first. */
    @ParameterizedTest
    @CsvSource({
        "up, keepMode=delete",
        "up, keepMode=keepBeforeDelete&keepDays=1",
        "down, keepMode=delete",
        "across, keepMode=delete"
    })
    void whatMovesInFromOutsideWhileTransfersAreUnderWayIsStoredBeforeItsOldNameGoes(String way, String keep)
            throws Exception {
        String other = B2.bucketName("strangers-" + way);
        B2.emulator().state().createBucket(other);
        boolean isUp = way.equals("up");
        String from = isUp ? source.toString() : bucketUri();
        String to = way.equals("down") ? destination.toString() : isUp ? bucketUri() : "b2://" + other;
        putInSource(isUp, "a", "AAAA");
        putInSource(isUp, "c", "c");
        sync(from, to, keep);
        if (isUp) {
            Files.move(source.resolve("a"), temp.resolve("away"));
        } else {
            B2.emulator().state().hide(bucket, "a");
        }
        putInSource(isUp, "n", "n");
        String call = isUp ? "b2_upload_file" : way.equals("down") ? "b2_download_file_by_id" : "b2_copy_file";
        CompletableFuture<?> somebody = during(call, "300", () -> {
            if (isUp) {
                Files.move(temp.resolve("away"), source.resolve("d"));
            } else {
                putInSource(false, "d", "AAAA");
            }
        });

        sync(from, to, keep);

        somebody.get(30, TimeUnit.SECONDS);
        Map<String, String> there = way.equals("down") ? tree(destination) : isUp ? bucketTree() : bucketTree(other);
        assertThat(there).containsOnlyKeys("c", "d", "n").containsEntry("d", "AAAA");
    }

    private void putInSource(boolean isUp, String name, String content) throws Exception {
        if (isUp) {
            given(source, name, content, 500);
        } else {
            givenInBucket(name, content, 500);
        }
    }

    /** It lifts the barrier of what failed, and nothing else. */
    @ParameterizedTest
    @ValueSource(strings = {"compareMode=size", "excludeRegex=RAW(b)"})
    void removalsAfterFailuresAskForContentAllTheSame(String options) throws Exception {
        given(source, "a", "AAAA", 500);
        given(source, "b", "BBBB", 496);
        given("c", 500);
        sync(source.toString(), bucketUri(), DELETE, options, "deleteAfterFailures=true");
        Files.move(source.resolve("a"), source.resolve("b"), StandardCopyOption.REPLACE_EXISTING);

        SyncReport report =
                syncIncompletely(source.toString(), bucketUri(), DELETE, options, "deleteAfterFailures=true");

        assertThat(bucketTree()).containsEntry("a", "AAAA");
        assertThat(report.withheld()).hasSize(1);
    }

    /** The look before a removal from a bucket may be some seconds old; the one behind it is not. */
    @ParameterizedTest
    @ValueSource(strings = {"across", "across hidden", "down"})
    void whatComesBackToASourceBucketDuringTheRemovalsMakesTheRunIncomplete(String way) throws Exception {
        String other = B2.bucketName("back-" + way.replace(' ', '-'));
        B2.emulator().state().createBucket(other);
        String to = way.equals("down") ? destination.toString() : "b2://" + other;
        String keep = way.endsWith("hidden") ? "keepMode=keepBeforeDelete&keepDays=1" : DELETE;
        for (String name : List.of("a", "b", "c")) {
            givenInBucket(name, name, 500);
        }
        sync(bucketUri(), to, keep);
        B2.emulator().state().hide(bucket, "a");
        B2.emulator().state().hide(bucket, "b");
        meanwhile = () -> B2.emulator().state().put(bucket, "b", "b".getBytes(StandardCharsets.UTF_8), time(500));
        reportTo = "direct:meanwhile";

        SyncReport report = syncIncompletely(bucketUri(), to, keep, "maxDelete=100");

        assertThat(report.failures()).singleElement().satisfies(problem -> {
            assertThat(problem.path()).isEqualTo("b");
            assertThat(problem.reason()).contains("came back to the source while it was removed");
        });
        sync(bucketUri(), to, keep);
        assertThat(way.equals("down") ? tree(destination) : bucketTree(other)).containsOnlyKeys("b", "c");
    }

    private Map<String, String> bucketTree(String of) {
        String own = bucket;
        bucket = of;
        try {
            return bucketTree();
        } finally {
            bucket = own;
        }
    }
}
