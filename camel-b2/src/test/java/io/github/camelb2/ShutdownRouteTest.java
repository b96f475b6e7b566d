// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.api.B2Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A context that stops while transfers are under way. */
@Timeout(60)
class ShutdownRouteTest extends B2TestSupport {
    private static final byte[] SMALL = new byte[500];
    private static final byte[] LARGE = new byte[20_000];

    @TempDir
    Path directory;

    private String bucket;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        bucket = B2.createBucket();
        return new RouteBuilder() {
            @Override
            public void configure() {
                getContext().getShutdownStrategy().setTimeout(30);
                from("direct:up").noStreamCaching().to("b2:" + bucket + "?fileName=a");
                from("direct:dynamic").toD("b2:" + bucket + "?fileName=a");
                from("direct:down")
                        .to("b2:" + bucket + "?operation=downloadFile&fileName=stored")
                        .process(e -> e.getMessage().getBody(InputStream.class).readAllBytes());
            }
        };
    }

    @AfterEach
    void endFaults() {
        b2().faults().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:up", "direct:dynamic"})
    void aWaitForTheNextTryEndsAtOnce(String route) throws Exception {
        b2().faults().add("b2_upload_file: status 503 service_unavailable retry-after 600");
        Future<Exchange> sent = sendLater(route, SMALL);
        await().until(() -> b2().count("b2_upload_file") >= 4);
        long begun = System.nanoTime();

        context().stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(sent.get(60, TimeUnit.SECONDS).getException())
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("503");
    }

    @Test
    void anUploadThatGoesOnIsFinished() throws Exception {
        b2().faults().add("b2_upload_part: delay 300ms");
        Future<Exchange> sent = sendLater("direct:up", LARGE);
        await().until(() -> b2().count("b2_upload_part") >= 1);

        context().stop();

        assertThat(sent.get(60, TimeUnit.SECONDS).getException()).isNull();
        assertThat(b2().state().bytes(bucket, "a")).isEqualTo(LARGE);
        assertThat(b2().state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    @Test
    void aDownloadThatGoesOnIsFinished() throws Exception {
        b2().state().put(bucket, "stored", LARGE);
        b2().faults().add("b2_download_file_by_name: rate 20000");
        Future<Exchange> read = sendLater("direct:down", null);
        await().until(() -> b2().count("b2_download_file_by_name") >= 1);

        context().stop();

        assertThat(read.get(60, TimeUnit.SECONDS).getException()).isNull();
    }

    /** A file is gone on with by the next upload; a stream could not be read again, so that its parts go away. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUploadThatHangsIsCutOffAndCleansUp(boolean isStream) throws Exception {
        Path file = Files.write(directory.resolve("file"), LARGE);
        context().getShutdownStrategy().setTimeout(1);
        b2().faults().add("b2_upload_part #3+: hang");
        Future<Exchange> sent = sendLater("direct:up", isStream ? new ByteArrayInputStream(LARGE) : file.toFile());
        await().until(() -> b2().count("b2_upload_part") >= 4);
        long begun = System.nanoTime();

        context().stop();

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(15));
        assertThat(sent.get(60, TimeUnit.SECONDS).getException())
                .isInstanceOf(B2Exception.class)
                .satisfies(failure -> assertThat(failure.getSuppressed()).noneMatch(B2Exception.class::isInstance));
        assertThat(b2().state().unfinishedLargeFiles(bucket)).isEqualTo(isStream ? List.of() : List.of("a"));
        // The directory is that of all processes of this user; theirs go away as well.
        await().untilAsserted(() -> assertThat(spooledParts()).isEmpty());
        b2().faults().clear();
        await().until(() -> b2().openConnections() == 0);
    }

    private Future<Exchange> sendLater(String uri, Object body) {
        return template()
                .asyncSend(
                        uri,
                        ExchangeBuilder.anExchange(context()).withBody(body).build());
    }

    private static List<Path> spooledParts() throws IOException {
        Path spool = io.github.camelb2.client.transfer.Transfers.defaultTemporaryDirectory();
        if (!Files.isDirectory(spool)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(spool)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }
}
