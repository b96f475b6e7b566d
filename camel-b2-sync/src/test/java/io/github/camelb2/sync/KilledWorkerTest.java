// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Component;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A worker that is killed in the middle of a large file; directories are the broker of two machines. */
class KilledWorkerTest extends SyncTestSupport {
    private static final String BIG = "0123456789".repeat(30_000);
    private static final String KEY = "&planKey=0123456789abcdef&leaseTime=1500";

    @AfterEach
    void noFaults() {
        B2.emulator().faults().clear();
    }

    private String queue(String name) {
        // A message has its name when it is whole.
        return "file:" + temp.resolve(name) + "?tempPrefix=.&charset=utf-8";
    }

    private static String received(String queue) {
        return queue + "&delay=20&initialDelay=0";
    }

    private String worker() {
        return "b2-sync:test?mode=work&source=" + source + "&destination=" + bucketUri() + "&resultEndpoint=RAW("
                + queue("results") + ")" + KEY;
    }

    private Process startWorker() throws Exception {
        Path own = Files.createDirectory(temp.resolve("machine"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + own,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledWorkerTest.class.getName(),
                        B2.emulator().url(),
                        B2.emulator().applicationKeyId(),
                        B2.emulator().applicationKey(),
                        received(queue("work")),
                        worker())
                .redirectErrorStream(true)
                .redirectOutput(new File(temp.resolve("log").toString()))
                .start();
    }

    /** Arguments: address, key id, key, where messages come from, the endpoint of the worker. */
    public static void main(String[] args) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        B2Component b2 = context.getComponent("b2", B2Component.class);
        b2.getConfiguration().setRealm(args[0]);
        b2.getConfiguration().setApplicationKeyId(args[1]);
        b2.getConfiguration().setApplicationKey(args[2]);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(args[3]).to(args[4]);
            }
        });
        context.start();
        // Until it is killed: the threads of a context keep no JVM alive.
        new CountDownLatch(1).await();
    }

    /** Whether the coordinator has heard of the large file. */
    private boolean isTold() throws IOException {
        Path taken = temp.resolve("results").resolve(".camel");
        if (!Files.isDirectory(taken)) {
            return false;
        }
        try (Stream<Path> messages = Files.list(taken)) {
            for (Path message : messages.toList()) {
                if (Files.readString(message).contains("largeFile")) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void whatItHadBegunIsCancelledWhenAnotherHasStoredTheFile() throws Exception {
        given(source, "big", BIG, 100);
        B2.emulator().faults().add("b2_upload_part #2: delay 30000ms");
        Process worker = startWorker();
        try {
            CompletableFuture<Exchange> run = template.asyncSend(
                    uri(
                            source,
                            bucketUri(),
                            "actionEndpoint=RAW(" + queue("work") + ")",
                            "resultEndpoint=RAW(" + received(queue("results")) + ")" + KEY),
                    exchange -> {});
            await().atMost(Duration.ofSeconds(60)).until(() -> run.isDone() || isTold());
            assertThat(run).as(Files.readString(temp.resolve("log"))).isNotDone();
            worker.destroyForcibly().waitFor();
            assertThat(B2.emulator().state().unfinishedLargeFiles(bucket)).containsExactly("big");
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from(received(queue("work"))).to(worker());
                }
            });

            Exchange ended = run.get(60, TimeUnit.SECONDS);

            assertThat(ended.getException()).isNull();
            SyncReport report = ended.getMessage().getBody(SyncReport.class);
            assertThat(report.isComplete()).isTrue();
            assertThat(report.skips()).isEmpty();
            assertThat(B2.emulator().state().unfinishedLargeFiles(bucket)).isEmpty();
            assertThat(bucketTree()).isEqualTo(tree(source));
        } finally {
            worker.destroyForcibly();
        }
    }
}
