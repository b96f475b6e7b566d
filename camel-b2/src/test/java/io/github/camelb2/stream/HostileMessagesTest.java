// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.operation.header.Reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Messages that cannot be stored as they are: each fails by itself, and holds no other up. */
@Timeout(60)
class HostileMessagesTest extends StreamingTestSupport {
    private static List<Exchange> batch(Process process, Object... bodies) {
        return Arrays.stream(bodies)
                .map(body -> {
                    Exchange member = new DefaultExchange(process.context);
                    member.getMessage().setBody(body);
                    return (Exchange) member;
                })
                .toList();
    }

    @Test
    void batchWithOneMessageThatCannotBeReadIsInNoFile() throws Exception {
        Process process = new Process("fileName=${header.n}/a&batchMessageNumber=2&partitionBy=${header.n}");
        List<Exchange> members = batch(process, "1", null, "3");
        members.forEach(member -> member.getMessage().setHeader("n", "x"));
        List<Exchange> nameless = batch(process, "1", "2");
        nameless.get(0).getMessage().setHeader("n", "x");

        assertThat(process.request(members, Map.of()).getException())
                .hasMessageContaining("message 2 of 3")
                .hasMessageContaining("the body is empty");
        assertThat(process.request(nameless, Map.of()).getException()).hasMessageContaining("message 2 of 2");

        assertThat(process.producer().getMessages()).isZero();
        await().until(() -> process.producer().getSpoolMessages() == 0);
    }

    /** Many messages share a file, so that none of them can say where it goes or how it is kept. */
    @ParameterizedTest
    @CsvSource({
        "CamelB2Operation, deleteAllFileVersions",
        "CamelB2OverrideBucketName, bucket2",
        "CamelB2OverrideFileName, other.txt",
        "CamelB2CustomerKey, a2V5",
        "CamelB2ServerSideEncryption, SSE-C",
        "CamelB2ServerSideEncryption, SSE-B2",
        "CamelB2FileRetentionMode, governance",
        "CamelB2RetainUntil, 4102444800000",
        "CamelB2LegalHold, on"
    })
    void orderThatAFileOfManyMessagesCannotObeyIsRefusedAndReachesNoOtherStep(String header, String value)
            throws Exception {
        Process process = new Process("fileName=a&batchMessageNumber=1");
        List<Exchange> members = batch(process, "1", "2");
        members.get(1).getMessage().setHeader(header, value.getBytes(StandardCharsets.UTF_8));

        for (Object given : List.of(value, value.getBytes(StandardCharsets.UTF_8))) {
            Exchange refused = process.request("1", Map.of(header, given, Exchange.OVERRULE_FILE_NAME, "x"));
            assertThat(refused.getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Header " + header)
                    .hasMessageContaining("streamingUploadMode=true");
            assertThat(refused.getException().getMessage().contains("a2V5")).isFalse();
            assertThat(refused.getMessage().getHeaders().keySet()).noneMatch(Reads.allOneShots()::contains);
        }
        assertThat(process.request(members, Map.of()).getException())
                .hasMessageContaining("message 2 of 2")
                .hasMessageContaining("Header " + header);

        assertThat(process.producer().getMessages()).isZero();
    }

    @Test
    void orderThatSaysWhatTheEndpointSaysIsObeyedAndReachesNoOtherStep() throws Exception {
        Process process = new Process("fileName=a&batchMessageNumber=2&serverSideEncryption=SSE-B2");
        Map<String, Object> orders = Map.of(
                B2Constants.OPERATION, "UploadFile",
                B2Constants.OVERRIDE_BUCKET_NAME, bucket,
                B2Constants.OVERRIDE_FILE_NAME, "",
                B2Constants.OVERRIDE_FILE_ID, "id",
                B2Constants.LEGAL_HOLD, "",
                // The option of the endpoint goes before the header.
                B2Constants.SERVER_SIDE_ENCRYPTION, "default",
                B2Constants.PREFIX, "for another step");

        Exchange exchange = process.request("1", orders);
        List<Exchange> members = batch(process, "2");
        members.get(0).getMessage().setHeaders(new HashMap<>(orders));
        process.send(members);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders().keySet())
                .containsExactlyInAnyOrder(
                        B2Constants.LEGAL_HOLD, B2Constants.SERVER_SIDE_ENCRYPTION, B2Constants.PREFIX);
        assertThat(members.get(0).getMessage().getHeader(B2Constants.OPERATION)).isNull();
        awaitFiles(Map.of("a", "12"));
    }

    @Test
    void messageWhoseFileB2WouldRefuseFailsInsteadOfBeingTriedForEver() throws Exception {
        Process process = new Process("fileName=${header.n}/a&batchMessageNumber=1&partitionBy=${header.n}");

        for (String hostile : List.of("n".repeat(1_010), "ä".repeat(500), "/".repeat(400), "\u007f".repeat(400))) {
            assertThat(process.request("1", Map.of("n", hostile)).getException())
                    .hasMessageContaining("fileName")
                    .hasMessageContaining("1024");
        }
        process.send("2", Map.of("n", "n".repeat(900)));

        awaitFiles(1);
        await().until(() -> process.producer().getSpoolMessages() == 0);
    }

    @Test
    void namesKeepRoomForTheNumbersAndMarksBehindThem() throws Exception {
        for (String more : List.of("", "&namingStrategy=random", "&timestampGroupingEnabled=true")) {
            Process process = new Process("fileName=${header.n}&batchMessageNumber=1&separator=;" + more);
            int longest = 990;
            while (longest > 0
                    && process.request("1", Map.of("n", "n".repeat(longest))).getException() != null) {
                longest--;
            }
            process.send("2", Map.of("n", "n".repeat(longest)));
            process.stop();

            assertThat(process.producer()).isNotNull();
            assertThat(spool).isDirectoryNotContaining("glob:**.b2s");
        }
        assertThat(files()).hasSize(6);
    }

    @Test
    void partitionsAreTextsOfAnyKindAndHugeOnesAreRefused() throws Exception {
        Process process = new Process("fileName=p&batchMessageNumber=1&partitionBy=${header.p}&separator=;");
        Map<String, Object> none = new HashMap<>();
        none.put("p", null);

        process.send("null", none);
        process.send("control", Map.of("p", "\u0000\n\ud800"));
        process.send("number", Map.of("p", 7));
        Exchange huge = process.request("huge", Map.of("p", "x".repeat(70_000_000)));

        awaitFiles(3);
        assertThat(huge.getException()).hasMessageContaining("partitionBy").hasMessageContaining("70000000 characters");
        await().until(() -> process.producer().getSpoolMessages() == 0);
        await().untilAsserted(() -> {
            try (Stream<java.nio.file.Path> left = java.nio.file.Files.list(spool)) {
                assertThat(left).hasSize(1);
            }
        });
    }

    @Test
    void bodyThatIsReadForItsPartitionIsStoredAsAWhole() throws Exception {
        Process process = new Process("fileName=p/${body}&batchMessageNumber=1&partitionBy=${body}");
        process.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:streams").streamCache("false").to("direct:in");
            }
        });

        process.send(stream("one"));
        process.template.sendBody("direct:streams", stream("two"));

        awaitFiles(Map.of("p/one", "one", "p/two", "two"));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {};
    }

    @Test
    void timesThatCannotBeAreRefusedByName() throws Exception {
        Process process = new Process(
                "fileName=w&batchMessageNumber=1&timestampGroupingEnabled=true&timestampWindowSizeMillis=86400000&timestampHeaderName=at");

        for (Object at : List.of(Instant.MAX, Instant.MIN, Long.MIN_VALUE, Long.MAX_VALUE, "", "NaN")) {
            assertThat(process.request("1", Map.of("at", at)).getException())
                    .as("%s", at)
                    .hasMessageContaining("Header at=" + at);
        }
        process.send("2", Map.of("at", -1L));
        process.send("3", Map.of("at", "86400000"));

        awaitFiles(Map.of("w-19691231T000000Z", "2", "w-19700102T000000Z", "3"));
    }

    @Test
    void overrideCoversNoFileOfTheSameRun() throws Exception {
        Process process =
                new Process("fileName=latest&batchMessageNumber=1&namingStrategy=expression&restartingPolicy=override");
        process.send("1");
        awaitFiles(Map.of("latest", "1"));
        process.send("2");
        awaitFiles(Map.of("latest", "1", "latest-1", "2"));
        process.stop();

        new Process("fileName=latest&batchMessageNumber=1&namingStrategy=expression&restartingPolicy=override")
                .send("3");

        awaitFiles(Map.of("latest", "3", "latest-1", "2", "latest#1", "1"));
    }
}
