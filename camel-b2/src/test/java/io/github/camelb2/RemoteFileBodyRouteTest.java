// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.http.ConnectionCounts;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

class RemoteFileBodyRouteTest extends B2TestSupport {
    private static final String LINES = "first line\nsecond line\nthird line\n".repeat(2_000);

    @TempDir
    static Path directory;

    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final AtomicInteger attempts = new AtomicInteger();
    private String bucket;
    private StoredVersion stored;
    private B2ClientLease lease;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:multicast")
                        .toD("b2:${header.bucket}?operation=downloadFile&fileName=a.txt")
                        .multicast()
                        .parallelProcessing()
                        .to("direct:branch", "direct:branch");
                from("direct:branch")
                        .convertBodyTo(String.class)
                        .process(e -> seen.add(e.getMessage().getBody()));

                from("direct:converted")
                        .toD("b2:${header.bucket}?operation=downloadFile&fileName=a.txt")
                        .process(e -> seen.add(e.getMessage().getBody(byte[].class)))
                        .process(e -> seen.add(e.getMessage().getBody(String.class)));

                from("direct:redelivered")
                        .errorHandler(
                                defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                        .toD("b2:${header.bucket}?operation=downloadFile&fileName=a.txt")
                        .process(RemoteFileBodyRouteTest.this::failOnceInTheMiddle);

                from("direct:split")
                        .toD("b2:${header.bucket}?operation=downloadFile&fileName=a.txt")
                        .split(body().tokenize("\n"))
                        .streaming()
                        .process(e -> seen.add(e.getMessage().getBody(String.class)));

                from("direct:file")
                        .toD("b2:${header.bucket}?operation=downloadFile&fileName=a.txt")
                        .to("file:" + directory + "?fileName=${header.CamelB2FoundFileName}");

                from("direct:copy")
                        .toD("b2:${header.bucket}?operation=downloadFile&fileName=a.txt")
                        .setHeader(B2Constants.FILE_NAME, constant("copy.txt"))
                        .toD("b2:${header.bucket}");

                from("direct:connections")
                        .toD("b2:${header.bucket}?operation=downloadFile&fileName=a.txt")
                        .process(e -> seen.add(leased()))
                        .process(e -> {
                            e.getMessage().getBody(InputStream.class).read();
                            seen.add(leased());
                        })
                        .process(e -> seen.add(leased()))
                        .process(e ->
                                e.getMessage().getBody(InputStream.class).transferTo(OutputStream.nullOutputStream()))
                        .process(e -> seen.add(leased()))
                        .multicast()
                        .to("direct:whole", "direct:whole");
                from("direct:whole")
                        .process(e ->
                                e.getMessage().getBody(InputStream.class).transferTo(OutputStream.nullOutputStream()))
                        .process(e -> seen.add(leased()));

                from("direct:lines")
                        .toD("b2:${header.bucket}?operation=downloadFile&fileName=lines.txt")
                        .split(body().tokenize("\n"))
                        .streaming()
                        .filter(exchangeProperty(Exchange.SPLIT_INDEX).isLessThan(1_000))
                        .process(e -> seen.add(leased()));

                from("direct:ignored")
                        .toD("b2:${header.bucket}?operation=downloadFile&fileName=a.txt")
                        .process(e -> e.getMessage().getBody(InputStream.class).read());
            }
        };
    }

    private void failOnceInTheMiddle(Exchange exchange) throws IOException {
        InputStream body = exchange.getMessage().getBody(InputStream.class);
        if (attempts.incrementAndGet() == 1) {
            body.readNBytes(1_000);
            throw new IllegalStateException("the first attempt fails");
        }
        seen.add(new String(body.readAllBytes()));
    }

    @BeforeEach
    void givenAFile() {
        bucket = B2.createBucket();
        stored = b2().state().put(bucket, "a.txt", bytes(LINES), Map.of("team", "x"));
        lease = component().borrowClient(component().getConfiguration());
    }

    @AfterEach
    void giveBackTheClient() {
        assertThat(lease.client().connections())
                .as("no connection outlives its message")
                .map(ConnectionCounts::leased)
                .contains(0);
        lease.close();
    }

    private int leased() {
        return lease.client().connections().orElseThrow().leased();
    }

    /** The answer that describes the file is the first reading's; between two readings there is none. */
    @Test
    void aConnectionIsHeldForTheFirstReadingAndWhileTheBodyIsRead() {
        send("direct:connections", null, Map.of("bucket", bucket));

        assertThat(seen).containsExactly(1, 1, 0, 0, 0, 0);
        assertThat(b2().count("b2_download_file_by_name")).isEqualTo(1);
        assertThat(b2().count("b2_download_file_by_id")).isEqualTo(3);
    }

    /** A file that had been read to its end before it is split would have given its connection back. */
    @Test
    void linesAreSplitWhileTheFileIsStillArriving() {
        b2().state().put(bucket, "lines.txt", bytes("a line of forty characters, or about so\n".repeat(500_000)));

        Exchange split = send("direct:lines", null, Map.of("bucket", bucket));

        assertThat(seen).hasSize(1_000).containsOnly(1);
        assertThat(split.getProperty(Exchange.SPLIT_SIZE)).isNull();
        assertThat(b2().count("b2_download_file_by_name")).isEqualTo(1);
        assertThat(b2().count("b2_download_file_by_id")).isZero();
    }

    @Test
    void anotherAccountGetsTheBytes() {
        try (B2Emulator other = B2Emulator.start()) {
            String target = "another-bucket";
            other.state().createBucket(target);
            String uri = "b2:" + target + "?realm=" + other.url() + "&applicationKeyId=" + other.applicationKeyId()
                    + "&applicationKey=" + other.applicationKey();
            Exchange read = send("b2:" + bucket + "?operation=downloadFile&fileName=a.txt", null, Map.of());

            send(uri, read.getMessage().getBody(), Map.of(B2Constants.FILE_NAME, "copy.txt"));

            assertThat(other.state().bytes(target, "copy.txt")).isEqualTo(bytes(LINES));
            assertThat(other.count("b2_copy_file")).isZero();
        }
    }

    @Test
    void aKeyThatMayNotReadTheSourceUploadsWhatTheOtherKeyReads() {
        String target = B2.bucketName("target");
        b2().state().createBucket(target);
        ApplicationKey key = lease.client()
                .call(CreateKey.of(
                                List.of(Capability.WRITE_FILES, Capability.LIST_BUCKETS, Capability.LIST_FILES),
                                "target")
                        .withBucketIds(List.of(b2().state().bucketId(target).orElseThrow())));
        String uri = "b2:" + target + "?applicationKeyId=" + key.applicationKeyId() + "&applicationKey="
                + key.applicationKey();
        Exchange read = send("b2:" + bucket + "?operation=downloadFile&fileName=a.txt", null, Map.of());

        send(uri, read.getMessage().getBody(), Map.of(B2Constants.FILE_NAME, "copy.txt"));

        assertThat(b2().state().bytes(target, "copy.txt")).isEqualTo(bytes(LINES));
        assertThat(b2().count("b2_copy_file")).isEqualTo(1);
        assertThat(b2().count("b2_download_file_by_id")).isPositive();
    }

    @Test
    void bothBranchesOfAMulticastReadAllOfIt() {
        send("direct:multicast", null, Map.of("bucket", bucket));

        assertThat(seen).containsExactly(LINES, LINES);
    }

    @Test
    void itIsConvertedAsOftenAsOneLikes() {
        send("direct:converted", null, Map.of("bucket", bucket));

        assertThat(seen).containsExactly(bytes(LINES), LINES);
    }

    @Test
    void aRedeliveryReadsItFromTheBeginning() {
        send("direct:redelivered", null, Map.of("bucket", bucket));

        assertThat(seen).containsExactly(LINES);
        assertThat(attempts).hasValue(2);
    }

    @Test
    void itIsSplitLineByLine() {
        send("direct:split", null, Map.of("bucket", bucket));

        assertThat(seen).hasSize(6_000).startsWith("first line", "second line").endsWith("third line");
        assertThat(b2().count("b2_download_file_by_name")).isEqualTo(1);
        assertThat(b2().count("b2_download_file_by_id")).isZero();
    }

    @Test
    void aFileEndpointWritesIt() throws IOException {
        send("direct:file", null, Map.of("bucket", bucket));

        assertThat(Files.readString(directory.resolve("a.txt"))).isEqualTo(LINES);
    }

    @Test
    void anotherB2EndpointOfTheAccountCopiesItWithinB2() {
        Exchange answer = send("direct:copy", null, Map.of("bucket", bucket));

        assertThat(b2().state().bytes(bucket, "copy.txt")).isEqualTo(bytes(LINES));
        assertThat(b2().state().versions(bucket, "copy.txt").get(0).info()).containsEntry("team", "x");
        assertThat(answer.getMessage().getHeader(B2Constants.PRODUCED_FILE_NAME))
                .isEqualTo("copy.txt");
        assertThat(b2().count("b2_copy_file")).isEqualTo(1);
        assertThat(b2().requests("b2_download_file_by_id")).isEmpty();
        assertThat(b2().requests("b2_upload_file")).isEmpty();
    }

    @Test
    void whatIsNotReadToItsEndIsCutOff() {
        send("direct:ignored", null, Map.of("bucket", bucket));

        await().untilAsserted(
                        () -> assertThat(b2().count("b2_download_file_by_name")).isEqualTo(1));
        assertThat(b2().count("b2_download_file_by_id")).isZero();
    }

    @Test
    void afterItsVersionWasDeletedItFailsPlainly() {
        Exchange answer = send("b2:" + bucket + "?operation=downloadFile&fileName=a.txt", null, Map.of());
        RemoteFileBody body = answer.getMessage().getBody(RemoteFileBody.class);
        send(
                "b2:" + bucket + "?operation=deleteFileVersion",
                null,
                Map.of(B2Constants.FILE_NAME, "a.txt", B2Constants.FILE_ID, stored.fileId()));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(body::readAllBytes))
                .isInstanceOf(B2NotFoundException.class)
                .hasMessageContaining("a.txt")
                .hasMessageContaining("deleted or moved");
    }

    /** Linux has a device that is always full. */
    @Test
    void aFullDiskIsNotTakenForABrokenNetwork() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        Exchange answer = send("b2:" + bucket + "?operation=downloadFile&fileName=a.txt", null, Map.of());
        RemoteFileBody body = answer.getMessage().getBody(RemoteFileBody.class);

        try (OutputStream disk = Files.newOutputStream(full)) {
            assertThatThrownBy(() -> body.writeTo(disk))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");
        }

        assertThat(leased()).isZero();
        assertThat(b2().count("b2_download_file_by_id")).isEqualTo(1);
    }

    @Test
    void copiesAreReadIndependently() throws IOException {
        Exchange answer = send("b2:" + bucket + "?operation=downloadFile&fileName=a.txt", null, Map.of());
        RemoteFileBody body = answer.getMessage().getBody(RemoteFileBody.class);
        Exchange other = new DefaultExchange(context());
        StreamCache copy = body.copy(other);

        List<String> parts = new ArrayList<>();
        parts.add(new String(body.readNBytes(10)));
        parts.add(new String(((InputStream) copy).readNBytes(10)));
        body.reset();
        parts.add(new String(body.readNBytes(10)));
        body.close();
        copy.reset();

        assertThat(parts).containsExactly("first line", "first line", "first line");
        assertThat(body.length()).isEqualTo(LINES.length());
        assertThat(body.inMemory()).isFalse();
    }
}
