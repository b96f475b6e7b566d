// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2LocalContentException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class FileUploadRouteTest extends SyncTestSupport {

    @BeforeEach
    void templates() throws Exception {
        context.addRoutes(new B2FileUploadRoutes());
    }

    @Test
    void filesReachTheBucketAndAreMarkedDone() throws Exception {
        given("a.txt", 100);
        given("d/ü b", 100);

        addRoute(Map.of("prefix", "in"));

        await().until(() -> bucketTree().size() == 2);
        assertThat(bucketTree()).containsEntry("in/a.txt", "a.txt").containsEntry("in/d/ü b", "d/ü b");
        await().until(() -> Files.exists(source.resolve(".camel/a.txt")));
        assertThat(B2.emulator().state().versions(bucket, "in/a.txt").get(0).info())
                .containsEntry("src_last_modified_millis", String.valueOf(NOW - 100_000));
    }

    @Test
    void fileIsDoneOnlyAfterB2HasIt() throws Exception {
        given("a.txt", 100);
        B2.emulator().faults().add("b2_upload_file #1-2: status 400 bad_request");

        addRoute(Map.of("delay", "20", "delete", "true"));

        await().until(() -> bucketTree().containsKey("a.txt"));
        await().until(() -> Files.notExists(source.resolve("a.txt")));
        assertThat(B2.emulator().count("b2_upload_file")).isEqualTo(3);
    }

    /** The ways in which Camel takes a file, and is done with it. */
    static Stream<Map<String, String>> endings() {
        return Stream.of(
                Map.of("delete", "true"),
                Map.of("delete", "true", "recursive", "false"),
                Map.of("move", ".done/${file:onlyname}", "readLock", "markerFile"),
                Map.of("delete", "true", "preMove", ".work"),
                Map.of("noop", "true"),
                Map.of("delete", "true", "filter", "#notSkipped"));
    }

    @ParameterizedTest
    @MethodSource("endings")
    @DisabledOnOs(OS.WINDOWS)
    void fileThatCamelWouldTakeForAnotherIsNeverTaken(Map<String, String> options) throws Exception {
        context.getRegistry().bind("notSkipped", (GenericFileFilter<File>)
                file -> !file.getFileNameOnly().equals("skipped"));
        source = Files.createDirectory(temp.resolve("inbox"));
        Path victim = given(temp, "victim", "never uploaded", 100);
        given("x\\..\\..\\victim", 100);
        given("x/.k", 100);
        given("a/.b", 100);
        given("a\\.b", 100);
        given("d\\e/f", 100);
        given("d/e/.f", 100);
        given("skipped", 100);
        given("last", 100);
        Map<String, String> before = tree(source);

        addRoute(options);

        await().until(() -> bucketTree().containsKey("last"));
        if (options.containsKey("noop")) {
            given("second poll", 100);
            await().until(() -> bucketTree().containsKey("second poll"));
        } else {
            await().until(() -> Files.notExists(source.resolve("last")));
        }
        if (!options.containsKey("filter")) {
            await().until(() -> bucketTree().containsKey("skipped"));
        }
        assertThat(bucketTree().keySet()).isSubsetOf("last", "skipped", "second poll");
        assertThat(bucketTree().containsKey("skipped")).isEqualTo(!options.containsKey("filter"));
        before.keySet().removeAll(Set.of("last", "skipped"));
        assertThat(tree(source)).containsAllEntriesOf(before);
        assertThat(victim).hasContent("never uploaded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete=true", "move=.done", "noop=true"})
    @DisabledOnOs(OS.WINDOWS)
    void fileThatCamelTakesForAnotherFailsInAnyRoute(String options) throws Exception {
        given("a\\.b", 100);
        given("a/.b", 100);
        given("d\\e/f", 100);
        given("d/e/.f", 100);
        given("last", 100);
        Map<String, String> before = tree(source);
        before.remove("last");
        AtomicInteger failures = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(B2LocalContentException.class)
                        .handled(options.startsWith("delete"))
                        .process(exchange -> failures.incrementAndGet());
                from("file:" + source + "?recursive=true&initialDelay=0&delay=20&" + options)
                        .to("b2:" + bucket);
            }
        });

        // Camel does not come back to them: it forgets that the other file is in progress.
        await().until(() -> bucketTree().containsKey("last") && failures.get() == 2);
        assertThat(bucketTree()).containsOnlyKeys("last");
        assertThat(tree(source)).containsAllEntriesOf(before);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void directoryThatCamelWouldTakeForAnotherIsRefused() throws Exception {
        source = Files.createDirectory(temp.resolve("a\\b"));

        assertThatThrownBy(() -> addRoute(Map.of()))
                .hasStackTraceContaining("Camel's file component takes its backslash for a separator");
    }

    @Test
    void pollThatFoundNothingUploadsNothingAndFailsNothing() throws Exception {
        NotifyBuilder idle =
                new NotifyBuilder(context).fromRoute("inbox").whenCompleted(3).create();
        NotifyBuilder failed =
                new NotifyBuilder(context).fromRoute("inbox").whenFailed(1).create();

        addRoute(Map.of("sendEmptyMessageWhenIdle", "true"));

        await().until(() -> idle.matches() || failed.matches());
        given("a", 100);
        await().until(() -> bucketTree().containsKey("a"));
        assertThat(failed.matches()).isFalse();
    }

    @Test
    void workersUploadAtTheSameTimeAndThePollerReadsNoFurtherAhead() throws Exception {
        for (int i = 0; i < 60; i++) {
            given("f" + i, 100);
        }
        B2.emulator().faults().add("b2_upload_file #1+: delay 30ms");

        addRoute(Map.of("workers", "5", "delay", "20"));

        await().until(() -> bucketTree().size() == 60);
        assertThat(B2.emulator().maxConcurrent("b2_upload_file")).isBetween(3, 6);
    }

    @Test
    void restartUploadsNothingTwice() throws Exception {
        given("a", 100);
        FileIdempotentRepository done = new FileIdempotentRepository();
        done.setFileStore(temp.resolve("done.txt").toFile());
        context.getRegistry().bind("done", done);
        addRoute(Map.of("noop", "true", "idempotentRepository", "#done", "delay", "20"));
        await().until(() -> bucketTree().size() == 1);

        context.getRouteController().stopRoute("inbox");
        given("b", 100);
        context.getRouteController().startRoute("inbox");

        await().until(() -> bucketTree().size() == 2);
        assertThat(B2.emulator().state().versions(bucket)).hasSize(2);
    }

    /** A JVM that is killed here uploads it after its restart. */
    @Test
    void fileIsRememberedWhenB2HasItAndNoEarlier() throws Exception {
        given("a", 100);
        FileIdempotentRepository done = new FileIdempotentRepository();
        Path store = temp.resolve("done.txt");
        done.setFileStore(store.toFile());
        context.getRegistry().bind("done", done);
        B2.emulator().faults().add("b2_upload_file: status 503");

        addRoute(Map.of("noop", "true", "idempotentRepository", "#done", "delay", "20"));
        await().until(() -> B2.emulator().count("b2_upload_file") > 1);
        assertThat(done.getCache()).isEmpty();
        assertThat(Files.exists(store) ? Files.readString(store) : "").isEmpty();

        B2.emulator().faults().clear();
        await().untilAsserted(() -> assertThat(store).content().contains("a"));
        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rename", "fileLock", "changed", "markerFile"})
    void fileThatADeadProcessWasUploadingIsUploadedAfterTheRestart(String readLock) throws Exception {
        given("a", 100);
        B2.emulator().faults().add("b2_upload_file #1: hang");
        addRoute(Map.of("delete", "true", "readLock", readLock, "delay", "20", "readLockCheckInterval", "50"));
        await().until(() -> B2.emulator().count("b2_upload_file") > 0);
        // What a kill at this moment leaves.
        Path copy = Files.createDirectory(temp.resolve("left"));
        try (Stream<Path> files = Files.list(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        B2.emulator().faults().clear();
        await().until(() -> Files.notExists(source.resolve("a")));

        source = copy;
        addRoute(Map.of("delete", "true", "readLock", readLock, "delay", "20", "readLockCheckInterval", "50"), "again");

        await().until(() -> Files.notExists(copy.resolve("a")));
        assertThat(bucketTree()).containsOnlyKeys("a");
        assertThat(B2.emulator().state().versions(bucket)).hasSizeGreaterThan(1);
    }

    @Test
    void restartInTheMiddleOfFailuresLosesNothingAndUploadsNothingTwice() throws Exception {
        for (int i = 0; i < 30; i++) {
            given("f" + i, 100);
        }
        FileIdempotentRepository done = new FileIdempotentRepository();
        done.setFileStore(temp.resolve("done.txt").toFile());
        context.getRegistry().bind("done", done);
        B2.emulator().faults().add("b2_upload_file #10+: status 400 bad_request");
        addRoute(Map.of("noop", "true", "idempotentRepository", "#done", "delay", "20", "workers", "4"));
        await().until(() -> B2.emulator().count("b2_upload_file") > 30);

        context.getRouteController().stopRoute("inbox");
        assertThat(bucketTree()).hasSize(9);
        B2.emulator().faults().clear();
        context.getRouteController().startRoute("inbox");

        await().until(() -> bucketTree().size() == 30);
        await().until(() -> done.getCache().size() == 30);
        assertThat(B2.emulator().state().versions(bucket)).hasSize(30);
    }

    @Test
    void filtersOfTheFileComponentWork() throws Exception {
        given("a.txt", 100);
        given("b.log", 100);
        given("d/c.txt", 100);

        addRoute(Map.of("recursive", "false", "antInclude", "*.txt", "delay", "20"));

        await().until(() -> Files.exists(source.resolve(".camel/a.txt")));
        assertThat(bucketTree()).containsOnlyKeys("a.txt");
    }

    @Test
    void parametersAreTakenAsTheyAreWritten() throws Exception {
        source = Files.createDirectory(temp.resolve("c++ 100% & more"));
        given("aab", 100);
        given("a+b", 100);

        addRoute(Map.of("include", "a+b", "delay", "20"));

        await().until(() -> Files.exists(source.resolve(".camel/aab")));
        assertThat(bucketTree()).containsOnlyKeys("aab");
    }

    @Test
    void oneFileCanBeNamed() throws Exception {
        given("a", 100);
        given("b", 100);

        addRoute(Map.of("fileName", "b", "delay", "20"));

        await().until(() -> Files.exists(source.resolve(".camel/b")));
        assertThat(bucketTree()).containsOnlyKeys("b");
    }

    @Test
    void workersThatAreNoNumberAreNamed() {
        assertThatThrownBy(() -> addRoute(Map.of("workers", "abc")))
                .hasStackTraceContaining("Option workers=abc cannot be: write a whole number");
    }

    /** The ways in which a file is done, and what may come between its discovery and its upload. */
    static Stream<Arguments> changes() {
        return Stream.of(
                        Map.of("delete", "true"),
                        Map.of("delete", "true", "preMove", ".work/${file:name}"),
                        Map.of("delete", "true", "preMove", ".work", "readLock", "markerFile"),
                        Map.of("move", ".done/${file:name}", "preMove", ".work"),
                        Map.of("delete", "true", "readLock", "fileLock"),
                        Map.of("noop", "true", "idempotentEager", "true"),
                        Map.of("noop", "true"))
                .flatMap(options -> (options.size() == 1
                                ? Stream.of("replaced", "appended", "rewritten")
                                : Stream.of("appended"))
                        .map(change -> Arguments.of(change, options)));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void fileThatChangesDuringItsUploadIsUploadedAgainBeforeItIsDone(String change, Map<String, String> options)
            throws Exception {
        given("d/a", 100);
        FileTime time = Files.getLastModifiedTime(source.resolve("d/a"));
        B2.emulator().faults().add("b2_upload_file #1: stall response 1");

        addRoute(options);
        await().until(() -> B2.emulator().count("b2_upload_file") > 0);
        Path file = fileBeingUploaded();
        switch (change) {
            // Of the same size and time.
            case "replaced" -> Files.move(given(temp, "other", "b/b", 100), file, StandardCopyOption.REPLACE_EXISTING);
            case "rewritten" -> Files.writeString(file, "b/b");
            default -> Files.writeString(file, "b", StandardOpenOption.APPEND);
        }
        Files.setLastModifiedTime(file, time);
        B2.emulator().faults().clear();

        await().until(() -> bucketTree().containsValue(change.equals("appended") ? "d/ab" : "b/b"));
        assertThat(bucketTree()).containsOnlyKeys("d/a");
        if (!options.containsKey("noop")) {
            await().until(() -> Files.notExists(source.resolve("d/a")));
        }
    }

    private Path fileBeingUploaded() throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            return files.filter(file -> file.getFileName().toString().equals("a"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void fileThatChangesBehindItsUploadInAnyRouteIsDeliveredAgain() throws Exception {
        given("a", 100);
        AtomicInteger times = new AtomicInteger();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + source + "?delete=true&initialDelay=0&delay=20")
                        .to("b2:" + bucket)
                        .process(exchange -> {
                            if (times.incrementAndGet() == 1) {
                                Files.writeString(source.resolve("a"), "b", StandardOpenOption.APPEND);
                            }
                        });
            }
        });

        await().until(() -> Files.notExists(source.resolve("a")));
        assertThat(bucketTree()).containsEntry("a", "ab");
        assertThat(times).hasValue(2);
    }

    @Test
    void fileOfWhichOnlyTimesAndRightsChangeIsDone() throws Exception {
        given("a", 100);
        B2.emulator().faults().add("b2_upload_file #1: delay 250ms");

        addRoute(Map.of("delete", "true"));
        await().until(() -> B2.emulator().count("b2_upload_file") > 0);
        assertThat(source.resolve("a").toFile().setWritable(false)).isTrue();

        await().until(() -> Files.notExists(source.resolve("a")));
        assertThat(B2.emulator().count("b2_upload_file")).isEqualTo(1);
    }

    @Test
    void filesKeepTheirDirectoriesWithPreMove() throws Exception {
        given("d/a", 100);
        given("e/a", 100);

        addRoute(Map.of("preMove", ".work/${file:name}", "prefix", "in"));

        await().until(() -> bucketTree().size() == 2);
        assertThat(bucketTree()).containsEntry("in/d/a", "d/a").containsEntry("in/e/a", "e/a");
    }

    @Test
    void fileThatPreMoveTookAndThatIsNotStoredIsDeliveredAgain() throws Exception {
        given("a", 100);
        B2.emulator().faults().add("b2_upload_file #1-2: status 403 access_denied");

        addRoute(Map.of("preMove", ".work", "delete", "true"));

        await().until(() -> bucketTree().containsKey("a"));
        await().until(() -> Files.notExists(source.resolve(".work/a")) && Files.notExists(source.resolve("a")));
        assertThat(B2.emulator().count("b2_upload_file")).isEqualTo(3);
    }

    @Test
    void fileThatIsNotStoredIsNeverReplacedByTheNextOfItsName() throws Exception {
        given("a", 100);
        B2.emulator().faults().add("b2_upload_file #1: delay 250ms");
        B2.emulator().faults().add("b2_upload_file #1: status 403 access_denied");

        addRoute(Map.of("preMove", ".work/${file:name}", "delete", "true"));
        await().until(() -> B2.emulator().count("b2_upload_file") > 0);
        Files.writeString(source.resolve("a"), "new");

        await().until(() -> "new".equals(bucketTree().get("a")));
        await().until(() -> Files.notExists(source.resolve("a")));
        assertThat(tree(source).values()).containsExactly("a");
    }

    @Test
    void errorThatIsHandledDoesNotMakeAFileDone() throws Exception {
        given("a", 100);
        B2.emulator().faults().add("b2_upload_file #1: status 403 access_denied");
        new RouteConfigurationBuilder() {
            @Override
            public void configuration() {
                routeConfiguration().onException(Exception.class).handled(true).to("mock:dead");
            }
        }.addRouteConfigurationsToCamelContext(context);

        addRoute(Map.of("delete", "true"));

        await().until(() -> bucketTree().containsKey("a"));
        await().until(() -> Files.notExists(source.resolve("a")));
        assertThat(getMockEndpoint("mock:dead").getReceivedCounter()).isEqualTo(1);
    }

    private void addRoute(Map<String, String> parameters) {
        addRoute(parameters, "inbox");
    }

    private void addRoute(Map<String, String> parameters, String id) {
        TemplatedRouteBuilder route = TemplatedRouteBuilder.builder(context, "b2-file-upload")
                .routeId(id)
                .parameter("directory", source.toString())
                .parameter("bucketName", bucket)
                .parameter("initialDelay", "0")
                .parameter("delay", "20");
        parameters.forEach(route::parameter);
        route.add();
    }
}
