// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whoever is to be told of each file is told of the last one too. */
class CompletionsTest extends StreamingTestSupport {
    @TempDir
    Path other;

    private final List<String> told = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"direct:stored", "seda:stored"})
    void routeIsToldOfTheFileThatTheStopOfTheContextCloses(String uri) throws Exception {
        b2().faults().add("b2_upload_file: delay 1500ms");
        Process process = new Process("fileName=a&batchMessageNumber=9&completedUri=" + uri);
        RouteBuilder.addRoutes(process.context, this::listen);
        process.send("1");
        long begin = System.nanoTime();

        process.stop();

        assertThat(told).containsExactly("a of 1");
        assertThat(System.nanoTime() - begin)
                .as("nobody waits for a route that is gone")
                .isLessThan(15_000_000_000L);
        assertThat(spool).isDirectoryNotContaining("glob:**.b2s");
    }

    @Test
    void routeIsToldWhenAllRoutesStopTogetherAndWhenOnlyThatOfTheMessagesDoes() throws Exception {
        b2().faults().add("b2_upload_file: delay 1500ms");
        Process process = new Process("fileName=a&batchMessageNumber=9&completedUri=direct:stored");
        RouteBuilder.addRoutes(process.context, this::listen);
        process.send("1");
        process.context.getRouteController().stopRoute("in");
        assertThat(told).containsExactly("a of 1");
        process.context.getRouteController().startRoute("in");
        process.send("2");
        process.send("3");

        process.context.getRouteController().stopAllRoutes();

        assertThat(told).containsExactly("a of 1", "a-1 of 2");
    }

    /** Nobody listens when the context stops: the next one tells, and stores nothing again. */
    @Test
    void fileThatNobodyCouldBeToldOfAtTheStopIsToldByTheNextStart() throws Exception {
        String options = "fileName=a&batchMessageNumber=9&completedUri=direct:stored?block=false";
        Process first = new Process(options);
        first.send("1");
        first.stop();
        await().until(() -> files().equals(Map.of("a", "1")));
        // What was stored may be somewhere else by now.
        new Process("fileName=x&batchMessageNumber=1&spoolDirectory=" + other)
                .template.sendBodyAndHeader(
                        "b2:" + bucket + "?operation=deleteAllFileVersions", null, B2Constants.OVERRIDE_FILE_NAME, "a");

        Process second = new Process(options.replace("?block=false", ""));
        RouteBuilder.addRoutes(second.context, this::listen);

        await().until(() -> told.equals(List.of("a of 1")));
        await().until(() -> {
            try (var left = Files.list(spool)) {
                return left.noneMatch(file -> file.toString().endsWith(".b2s"));
            }
        });
        assertThat(files()).isEmpty();
    }

    private void listen(RouteBuilder routes) {
        // Stopped behind the other one where they are stopped one by one.
        routes.from("direct:stored").startupOrder(1).process(this::told);
        routes.from("seda:stored").process(this::told);
    }

    private void told(Exchange exchange) {
        told.add(exchange.getMessage().getHeader(B2Constants.PRODUCED_FILE_NAME) + " of "
                + exchange.getMessage().getHeader(B2Constants.STREAMED_MESSAGES));
    }
}
