// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

import com.github.luben.zstd.ZstdInputStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.CapturedLogs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class StreamingUploadTest extends StreamingTestSupport {
    @Test
    void manyMessagesBecomeOneFileAndTheNextOnesAnother() throws Exception {
        Process process = new Process("fileName=in/a.txt&batchMessageNumber=3&separator=\\n&maxConcurrency=1");

        IntStream.rangeClosed(1, 7).forEach(i -> process.send("m" + i));

        awaitFiles(Map.of("in/a.txt", "m1\nm2\nm3\n", "in/a-1.txt", "m4\nm5\nm6\n"));
        await().until(() -> process.producer().getOpenFiles() == 1);
        process.stop();
        assertThat(files()).containsEntry("in/a-2.txt", "m7\n").hasSize(3);
    }

    @Test
    void fileIsClosedBySizeOrByTime() throws Exception {
        Process process = new Process("fileName=a&batchMessageNumber=0&batchSize=10&streamingUploadTimeout=50");

        process.send("12345678901234");
        process.send("x");

        awaitFiles(Map.of("a", "12345678901234", "a-1", "x"));
    }

    @Test
    void partsAreStoredAsTheyFillAndASmallBatchIsASmallUpload() throws Exception {
        Process process = new Process("fileName=large&batchMessageNumber=100&batchSize=0");
        String message = "0123456789".repeat(30);

        IntStream.range(0, 60).forEach(i -> process.send(message));

        await().until(() -> process.producer().getStoredParts() >= 3);
        assertThat(files()).isEmpty();
        assertThat(b2().state().unfinishedLargeFiles(bucket)).containsExactly("large");
        IntStream.range(0, 40).forEach(i -> process.send(message));
        awaitFiles(Map.of("large", message.repeat(100)));
        long starts = b2().count("b2_start_large_file");
        IntStream.range(0, 100).forEach(i -> process.send("s"));
        awaitFiles(2);
        assertThat(b2().count("b2_start_large_file")).isEqualTo(starts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void compressedPartsAreTogetherOneFileOfTheirFormat(String format) throws Exception {
        Process process =
                new Process("fileName=a&batchMessageNumber=300&batchSize=0&separator=\\n&compression=" + format);
        java.util.Random random = new java.util.Random(7);
        List<String> messages = IntStream.range(0, 300)
                .mapToObj(i -> i + ":" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong()))
                .toList();

        messages.forEach(process::send);

        awaitFiles(1);
        InputStream content = new ByteArrayInputStream(b2().state().bytes(bucket, "a"));
        try (InputStream plain = format.equals("gzip") ? new GZIPInputStream(content) : new ZstdInputStream(content)) {
            assertThat(new String(plain.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(messages.stream().map(it -> it + "\n").collect(Collectors.joining()));
        }
        await("parts of the compressed file").until(() -> process.producer().getStoredParts() > 1);
    }

    @Test
    void messagesWithoutContentAreTogetherAFileOfTheirFormat() throws Exception {
        for (String format : List.of("gzip", "zstd")) {
            Process process = new Process("fileName=" + format + "&batchMessageNumber=2&compression=" + format);
            process.send("");
            process.send("");
            process.stop();

            byte[] content = b2().state().bytes(bucket, format);
            assertThat(content).isNotEmpty();
            InputStream bytes = new ByteArrayInputStream(content);
            try (InputStream plain = format.equals("gzip") ? new GZIPInputStream(bytes) : new ZstdInputStream(bytes)) {
                assertThat(plain.readAllBytes()).isEmpty();
            }
        }
    }

    @Test
    void routesReadAndWriteZstd() throws Exception {
        Process process = new Process("fileName=a&batchMessageNumber=1&compression=zstd");
        process.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:zstd").marshal().custom("zstd").unmarshal().custom("zstd");
                from("direct:plain").unmarshal().custom("zstd");
            }
        });
        String text = "0123456789".repeat(10_000);

        process.send(text);
        awaitFiles(1);

        assertThat(process.template.requestBody("direct:zstd", text, String.class))
                .isEqualTo(text);
        assertThat(process.template.requestBody("direct:plain", b2().state().bytes(bucket, "a"), String.class))
                .isEqualTo(text);
        assertThatThrownBy(() -> process.template.requestBody("direct:plain", "no zstd"))
                .hasRootCauseInstanceOf(java.io.IOException.class);
    }

    @Test
    void partitionsAreFilesOfTheirOwnAndTheIdleOneIsClosedFirst() throws Exception {
        Process process = new Process(
                "fileName=t/${header.tenant}/a&batchMessageNumber=2&partitionBy=${header.tenant}&maxOpenFiles=2");

        process.send("a1", Map.of("tenant", "a"));
        process.send("b1", Map.of("tenant", "../b"));
        process.send("a2", Map.of("tenant", "a"));
        process.send("c1", Map.of("tenant", "c"));
        process.send("d1", Map.of("tenant", ".."));

        awaitFiles(Map.of("t/a/a", "a1a2", "t/..%2Fb/a", "b1"));
        process.stop();
        assertThat(files()).containsEntry("t/c/a", "c1").containsEntry("t/%2E%2E/a", "d1");
    }

    @Test
    void windowsOfTimeAreInTheNames() throws Exception {
        Process process = new Process(
                "fileName=a.txt&batchMessageNumber=2&timestampGroupingEnabled=true&timestampWindowSizeMillis=60000&timestampHeaderName=at");

        process.send("1", Map.of("at", 1_000L));
        process.send("2", Map.of("at", "61000"));
        process.send("3", Map.of("at", new java.util.Date(59_999)));
        Exchange wrong = process.request("4", Map.of("at", "yesterday"));

        awaitFiles(Map.of("a-19700101T000000Z.txt", "13"));
        assertThat(wrong.getException()).hasMessageContaining("Header at=yesterday");
        process.stop();
        assertThat(files()).containsEntry("a-19700101T000100Z.txt", "2");
    }

    @Test
    void lastPartGoesOnBehindTheNamesThatAreThereAndOverrideDoesNot() throws Exception {
        b2().state().put(bucket, "a.txt", new byte[1]);
        b2().state().put(bucket, "a-7.txt", new byte[1]);
        Process process = new Process("fileName=a.txt&batchMessageNumber=1");
        process.send("m");
        awaitFiles(3);
        process.stop();
        assertThat(files()).containsEntry("a-8.txt", "m");

        Process other = new Process("fileName=a.txt&batchMessageNumber=1&restartingPolicy=override");
        other.send("n");

        awaitFiles(4);
        assertThat(b2().state().versions(bucket, "a.txt")).hasSize(2);
    }

    @Test
    void randomNamesAndExpressionsDoNotCoverEachOther() throws Exception {
        Process random = new Process("fileName=r.txt&batchMessageNumber=1&namingStrategy=random");
        random.send("1");
        random.send("2");
        awaitFiles(2);
        assertThat(files().keySet()).allMatch(name -> name.matches("r-[0-9a-f-]{36}\\.txt"));
        random.stop();

        Process named = new Process(
                "fileName=e/${date:header.at:yyyy/MM}/${header.x}&batchMessageNumber=1&namingStrategy=expression");
        named.send("3", Map.of("at", new java.util.Date(0), "x", "a/b\n"));
        awaitFiles(3);
        named.send("4", Map.of("at", new java.util.Date(0), "x", "a/b\n"));

        awaitFiles(4);
        assertThat(files()).containsEntry("e/1970/01/a%2Fb%0A", "3").containsEntry("e/1970/01/a%2Fb%0A-1", "4");
        assertThat(named.request("5", Map.of("at", new java.util.Date(0))).getException())
                .hasMessageContaining("gives nothing for this message");
    }

    @Test
    void exchangesOfABatchingConsumerAreManyMessages() throws Exception {
        Process process = new Process("fileName=a&batchMessageNumber=3");
        List<Exchange> batch = IntStream.range(0, 3)
                .mapToObj(i -> {
                    Exchange member = new DefaultExchange(process.context);
                    member.getMessage().setBody("m" + i);
                    return (Exchange) member;
                })
                .toList();

        process.send(batch);
        process.send(List.of());

        awaitFiles(Map.of("a", "m0m1m2"));
        assertThat(process.producer().getCommits()).isLessThanOrEqualTo(3);
    }

    @Test
    void exchangeThatWaitsForItsFileHasItsHeaders() throws Exception {
        Process process = new Process("fileName=a&batchMessageNumber=2&acknowledge=file&partitionBy=p");

        var first = process.template.asyncRequestBody("direct:in", "1");
        Exchange second = process.request("2", Map.of());

        first.get();
        assertThat(second.getMessage().getHeaders())
                .containsEntry(B2Constants.PRODUCED_FILE_NAME, "a")
                .containsEntry(B2Constants.STREAMED_MESSAGES, 2L)
                .containsEntry(B2Constants.STREAMED_REPEATED, 0L)
                .containsEntry(B2Constants.STREAMED_PARTITION, "p");
    }

    @Test
    void partIsAcknowledgedBeforeItsFile() throws Exception {
        Process process = new Process("fileName=a&batchMessageNumber=100&batchSize=0&acknowledge=part");
        String message = "0123456789".repeat(120);

        Exchange one = process.request(message, Map.of());

        assertThat(one.getException()).isNull();
        assertThat(files()).isEmpty();
        assertThat(process.producer().getStoredParts()).isEqualTo(1);
    }

    @Test
    void routeIsToldOfEachFile() throws Exception {
        Process process = new Process("fileName=a&batchMessageNumber=2&completedUri=mock:told");
        MockEndpoint told = process.context.getEndpoint("mock:told", MockEndpoint.class);
        told.expectedMessageCount(2);
        told.expectedHeaderValuesReceivedInAnyOrder(B2Constants.PRODUCED_FILE_NAME, "a", "a-1");
        told.message(0).header(B2Constants.STREAMED_MESSAGES).isEqualTo(2L);

        IntStream.range(0, 4).forEach(i -> process.send("m"));

        told.assertIsSatisfied();
    }

    @Test
    void optionsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new Process("batchMessageNumber=2"))
                .rootCause()
                .hasMessageContaining("Option fileName=null");
        assertThatThrownBy(() -> new Process("fileName=a&batchMessageNumber=0&batchSize=0"))
                .rootCause()
                .hasMessageContaining("or no file ever ends");
        for (String ofOthers :
                List.of("prefix=in/", "asOf=-3d", "minSize=5", "include=.*", "localWorkDirectory=/tmp")) {
            assertThatThrownBy(() -> new Process("fileName=a&" + ofOthers))
                    .as(ofOthers)
                    .rootCause()
                    .hasMessageContaining("Option " + ofOthers.substring(0, ofOthers.indexOf('=')) + " cannot be")
                    .hasMessageContaining("uploadFile does not read it");
        }
        assertThatThrownBy(() -> new Process("fileName=a&compression=brotli"))
                .rootCause()
                .hasMessageContaining("Option compression=brotli cannot be");
        assertThatThrownBy(() -> new Process("fileName=a&operation=copyFile"))
                .rootCause()
                .hasMessageContaining("operation=copyFile");
        assertThatThrownBy(() -> new Process("fileName=a&fileExist=Fail"))
                .rootCause()
                .hasMessageContaining("restartingPolicy says");
        assertThatThrownBy(() -> new Process("fileName=a&batchSize=1q"))
                .rootCause()
                .hasMessageContaining("batchSize=1q");
    }

    @Test
    void consumerThatWaitsForEachMessageIsWarnedOnceOfWaitingForFiles() throws Exception {
        for (String acknowledge : List.of("part", "file", "spool")) {
            try (CapturedLogs logs = CapturedLogs.open()) {
                Process process = new Process("fileName=a&batchMessageNumber=1&acknowledge=" + acknowledge);
                process.send("1");
                process.send("2");
                process.stop();

                assertThat(logs.linesAtLeastInfo().stream()
                                .filter(line -> line.contains("acknowledge=" + acknowledge + " of"))
                                .filter(line -> line.contains("asyncConsumer=true or batching=true")))
                        .hasSize(acknowledge.equals("spool") ? 0 : 1);
            }
        }
    }

    @Test
    void aBatchIsNotWarnedOfWaiting() throws Exception {
        try (CapturedLogs logs = CapturedLogs.open()) {
            Process process = new Process("fileName=a&batchMessageNumber=1&acknowledge=file");
            Exchange member = new DefaultExchange(process.context);
            member.getMessage().setBody("1");
            process.send(List.of(member));
            process.stop();

            assertThat(logs.linesAtLeastInfo()).noneMatch(line -> line.contains("asyncConsumer=true or batching"));
        }
    }
}
