// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.body.OpenBodies;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.http.ConnectionCounts;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.lending.B2ClientLease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The answer that describes a file is the one that is read: one request for each file that a route downloads. */
class UnreadAnswerRouteTest extends B2TestSupport {
    private static final String CONTENT = "0123456789".repeat(20_000);

    @TempDir
    static Path directory;

    private final List<Object> seen = new CopyOnWriteArrayList<>();
    private final List<Integer> held = new CopyOnWriteArrayList<>();
    private String bucket;
    private StoredVersion stored;
    private B2ClientLease lease;

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read").toD("${header.uri}").process(e -> seen.add(text(e)));
                from("direct:twice")
                        .toD("${header.uri}")
                        .process(e -> seen.add(text(e)))
                        .process(e -> seen.add(text(e)));
                from("direct:multicast").toD("${header.uri}").multicast().to("direct:branch", "direct:branch");
                from("direct:branch").process(e -> seen.add(text(e)));
                from("direct:unread").toD("${header.uri}").process(e -> seen.add(leased()));
                from("direct:idle").toD("${header.uri}").process(e -> {
                    await().until(() -> leased() == 0);
                    seen.add(text(e));
                });
                from("direct:closed").toD("${header.uri}").process(e -> {
                    e.getMessage().getBody(InputStream.class).close();
                    seen.add(leased());
                    seen.add(text(e));
                });
                from("direct:copied")
                        .toD("${header.uri}")
                        .process(e -> e.getMessage().removeHeader("uri"))
                        .setHeader(B2Constants.FILE_NAME, constant("copy.txt"))
                        .toD("b2:${header.CamelB2FoundBucketName}")
                        .process(e -> seen.add(leased()));
                from("direct:nested").toD("${header.uri}").process(UnreadAnswerRouteTest.this::nest);
            }
        };
    }

    private static String text(Exchange exchange) throws Exception {
        return new String(exchange.getMessage().getBody(InputStream.class).readAllBytes());
    }

    @BeforeEach
    void givenAFile() {
        bucket = B2.createBucket();
        stored = b2().state().put(bucket, "a.txt", bytes(CONTENT));
        lease = component().borrowClient(component().getConfiguration());
        lease.client().accountInfo();
        b2().resetRequests();
    }

    @AfterEach
    void noConnectionOutlivesItsMessage() {
        assertThat(leased()).isZero();
        assertThat(OpenBodies.of(lease.client()).count()).isZero();
        lease.close();
    }

    private int leased() {
        return lease.client().connections().map(ConnectionCounts::leased).orElseThrow();
    }

    private List<String> requests() {
        return Stream.of("b2_download_file_by_name", "b2_download_file_by_id", "b2_copy_file")
                .flatMap(call -> b2().requests(call).stream())
                .map(it -> it.method() + " " + it.call())
                .toList();
    }

    private Exchange through(String route, String options) {
        return send(route, null, Map.of("uri", "b2:" + bucket + "?operation=downloadFile" + options));
    }

    @Test
    void aFileIsDescribedAndReadByOneRequest() {
        through("direct:read", "&fileName=a.txt");

        assertThat(seen).containsExactly(CONTENT);
        assertThat(requests()).containsExactly("GET b2_download_file_by_name");
    }

    @Test
    void aVersionIsDescribedAndReadByOneRequest() {
        send(
                "direct:read",
                null,
                Map.of("uri", "b2:" + bucket + "?operation=downloadFile", B2Constants.FILE_ID, stored.fileId()));

        assertThat(seen).containsExactly(CONTENT);
        assertThat(requests()).containsExactly("GET b2_download_file_by_id");
    }

    @Test
    void aRangeIsDescribedAndReadByOneRequest() {
        send(
                "direct:read",
                null,
                Map.of(
                        "uri",
                        "b2:" + bucket + "?operation=downloadFile&fileName=a.txt",
                        B2Constants.RANGE_START,
                        5,
                        B2Constants.RANGE_END,
                        Long.MAX_VALUE));

        assertThat(seen).containsExactly(CONTENT.substring(5));
        assertThat(requests()).containsExactly("GET b2_download_file_by_name");
    }

    @Test
    void anEmptyFileIsDescribedByOneRequest() {
        b2().state().put(bucket, "empty", new byte[0]);

        through("direct:read", "&fileName=empty");

        assertThat(seen).containsExactly("");
        assertThat(requests()).containsExactly("GET b2_download_file_by_name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:twice", "direct:multicast"})
    void eachFurtherReadingIsOneRequest(String route) {
        through(route, "&fileName=a.txt");

        assertThat(seen).containsExactly(CONTENT, CONTENT);
        assertThat(requests()).containsExactly("GET b2_download_file_by_name", "GET b2_download_file_by_id");
    }

    @Test
    void aVersionGoesToDiskByOneRequest() throws Exception {
        send(
                "b2:" + bucket + "?operation=downloadFile&localWorkDirectory=" + directory,
                null,
                Map.of(B2Constants.FILE_ID, stored.fileId()));

        assertThat(Files.readString(directory.resolve("a.txt"))).isEqualTo(CONTENT);
        assertThat(requests()).containsExactly("GET b2_download_file_by_id");
    }

    @Test
    void anUnreadAnswerIsHeldUntilItsMessageIsDone() {
        through("direct:unread", "&fileName=a.txt");

        assertThat(seen).containsExactly(1);
        assertThat(leased()).isZero();
        await().untilAsserted(() -> assertThat(requests()).containsExactly("GET b2_download_file_by_name"));
    }

    @Test
    void anAnswerThatNobodyReadsForTheIdleTimeoutIsAskedForAgain() {
        through("direct:idle", "&fileName=a.txt&bodyIdleTimeout=20");

        assertThat(seen).containsExactly(CONTENT);
        await().untilAsserted(() ->
                assertThat(requests()).containsExactly("GET b2_download_file_by_name", "GET b2_download_file_by_id"));
    }

    @Test
    void whoeverClosesTheBodyUnreadGivesItsConnectionBack() {
        through("direct:closed", "&fileName=a.txt");

        assertThat(seen).containsExactly(0, CONTENT);
    }

    @Test
    void whatIsCopiedInB2HoldsNoConnectionMeanwhile() {
        through("direct:copied", "&fileName=a.txt");

        assertThat(seen).containsExactly(0);
        assertThat(b2().state().bytes(bucket, "copy.txt")).isEqualTo(bytes(CONTENT));
        await().untilAsserted(() ->
                assertThat(requests()).containsExactly("GET b2_download_file_by_name", "POST b2_copy_file"));
    }

    @Test
    void whatArrivesDamagedIsFetchedAgain() {
        b2().faults().add("b2_download_file_by_name #1: flip response 5");

        through("direct:read", "&fileName=a.txt");

        assertThat(seen).containsExactly(CONTENT);
        assertThat(requests()).hasSize(2);
    }

    /** Many messages under way at once, none of whose bodies anybody reads before the last one has its own. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 9})
    void unreadAnswersLeaveAQuarterOfThePoolToOthers(int connections) {
        ApplicationKey key = lease.client()
                .call(CreateKey.of(List.of(Capability.READ_FILES, Capability.LIST_BUCKETS), "pool-" + connections));
        String ofItsOwn = "&connectTimeout=2000&maxConnections=" + connections + "&applicationKeyId="
                + key.applicationKeyId() + "&applicationKey=RAW(" + key.applicationKey() + ")";
        String uri = "b2:" + bucket + "?operation=downloadFile&fileName=a.txt" + ofItsOwn;

        send("direct:nested", null, Map.of("uri", uri, "left", 12));

        assertThat(seen).hasSize(12).containsOnly(CONTENT);
        assertThat(held).allMatch(it -> it == 0 || it < connections).hasSize(12);
        assertThat(Collections.max(held)).isEqualTo(connections - (connections + 3) / 4);
    }

    private void nest(Exchange exchange) throws Exception {
        int left = exchange.getMessage().getHeader("left", Integer.class) - 1;
        B2Client client =
                ((RemoteFileBody) exchange.getMessage().getBody()).content().client();
        held.add(client.connections().map(ConnectionCounts::leased).orElseThrow());
        if (left > 0) {
            Object uri = exchange.getMessage().getHeader("uri");
            send("direct:nested", null, Map.of("uri", uri, "left", left));
        }
        seen.add(text(exchange));
    }
}
