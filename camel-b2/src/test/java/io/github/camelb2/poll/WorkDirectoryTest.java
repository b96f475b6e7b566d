// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.apache.camel.builder.Builder.constant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** localWorkDirectory of a consumer: the body is a local file, which is there as long as somebody can read it. */
class WorkDirectoryTest extends ConsumerTestSupport {
    @TempDir
    private Path work;

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private String options(String more) {
        return "localWorkDirectory=" + work + (more.isEmpty() ? "" : "&" + more);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(work)) {
            return all.filter(Files::isRegularFile)
                    .map(it -> work.relativize(it).toString())
                    .toList();
        }
    }

    private void see(Exchange exchange) throws IOException {
        seen.add(Files.readString(((File) exchange.getMessage().getBody()).toPath()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "deleteAfterRead=true", "hideAfterRead=true"})
    void bodyIsAFileThatGoesWithItsExchange(String after) throws Exception {
        put("in/a.txt", "1");
        consume(
                options(after),
                route -> route.process(it -> {
                    see(it);
                    seen.addAll(files());
                }));

        poll();

        assertThat(seen).containsExactly("1", "in/a.txt");
        assertThat(files()).isEmpty();
        assertThat(work).isDirectoryNotContaining(it -> !it.endsWith("in"));
        assertThat(failures.all()).isEmpty();
    }

    @Test
    void fileStaysUntilTheAggregationHasReadIt() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        put("a", "1");
        put("b", "2");
        consume(options("deleteAfterRead=true"), route -> route.aggregate(
                        constant(1), new GroupedBodyAggregationStrategy())
                .completionTimeout(50)
                .completionTimeoutCheckerInterval(10)
                .process(it -> {
                    go.await();
                    for (Object file : it.getMessage().getBody(List.class)) {
                        seen.add(Files.readString(((File) file).toPath()));
                    }
                }));

        poll();
        assertThat(stored()).containsExactly("a=1", "b=2");
        assertThat(files()).containsExactlyInAnyOrder("a", "b");
        go.countDown();

        await().untilAsserted(() -> assertThat(stored()).isEmpty());
        await().untilAsserted(() -> assertThat(files()).isEmpty());
        assertThat(seen).containsExactly("1", "2");
    }

    @Test
    void twoVersionsOfOneNameHaveTwoFiles() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        put("a", "1");
        put("a", "2");
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:slow?pollTimeout=20").process(it -> {
                    go.await();
                    see(it);
                });
            }
        });
        consume(options("includeVersions=all"), route -> route.to("seda:slow?pollTimeout=20"));

        poll();
        assertThat(files()).hasSize(2);
        go.countDown();

        await().untilAsserted(() -> assertThat(work).isEmptyDirectory());
        assertThat(seen).containsExactly("1", "2");
    }

    @Test
    void fileThatCannotBeFetchedStopsNoOther() throws Exception {
        put("../a", "1");
        put("b", "2");
        consume(options("deleteAfterRead=true"), route -> route.process(this::see));

        poll();

        assertThat(seen).containsExactly("2");
        assertThat(failures.messages().get(0)).startsWith("Fetching");
        assertThat(stored()).containsExactly("../a=1");
    }

    @Test
    void fileThatIsDamagedOnTheWayLeavesNoDirectories() throws Exception {
        put("in/deeper/a.txt", "content");
        b2().faults().add("b2_download_file_by_id: flip response 3");
        consume("localWorkDirectory=" + work.resolve("new"), route -> route.process(this::see));

        poll();

        assertThat(failures.messages().get(0)).startsWith("Fetching");
        assertThat(work).isEmptyDirectory();
    }

    @Test
    void callerOfATemplateKeepsTheFile() throws Exception {
        put("a", "1");

        File file =
                context().createConsumerTemplate().receiveBody(uri(options("deleteAfterRead=true")), 5_000, File.class);

        await().untilAsserted(() -> assertThat(stored()).isEmpty());
        assertThat(file).hasContent("1");
    }
}
