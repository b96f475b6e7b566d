// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;

import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void backslashIsALetterOfANameOnPosix() throws Exception {
        given("a\\b.txt", 100);
        given("d\\e/f", 100);
        given("plain", 100);

        addRoute(Map.of("noop", "true", "delay", "20", "prefix", "in"));

        await().until(() -> bucketTree().size() == 3);
        assertThat(bucketTree()).containsOnlyKeys("in/a\\b.txt", "in/d\\e/f", "in/plain");
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

    @ParameterizedTest
    @ValueSource(strings = {"replaced", "appended"})
    void fileThatChangesDuringItsUploadIsUploadedAgainBeforeItIsDone(String change) throws Exception {
        given("a", 100);
        B2.emulator().faults().add("b2_upload_file #1: delay 800ms");

        addRoute(Map.of("delete", "true", "delay", "20"));
        await().until(() -> B2.emulator().count("b2_upload_file") > 0);
        if (change.equals("replaced")) {
            // Of the same size and time.
            Files.move(given(temp, "other", "b", 100), source.resolve("a"), StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.writeString(source.resolve("a"), "b", StandardOpenOption.APPEND);
        }

        await().until(() -> Files.notExists(source.resolve("a")));
        assertThat(bucketTree()).containsEntry("a", change.equals("replaced") ? "b" : "ab");
    }

    private void addRoute(Map<String, String> parameters) {
        TemplatedRouteBuilder route = TemplatedRouteBuilder.builder(context, "b2-file-upload")
                .routeId("inbox")
                .parameter("directory", source.toString())
                .parameter("bucketName", bucket)
                .parameter("initialDelay", "0");
        parameters.forEach(route::parameter);
        route.add();
    }
}
