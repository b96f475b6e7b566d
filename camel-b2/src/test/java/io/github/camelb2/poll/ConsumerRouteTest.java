// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Endpoint;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.poll.scan.VersionScanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is delivered, and how it looks. */
class ConsumerRouteTest extends ConsumerTestSupport {
    @Test
    void everyNewVersionIsDeliveredOnceInTheOrderOfNames() throws Exception {
        put("b.txt", "b");
        put("a/z.txt", "az");
        put("a.txt", "a");
        consume("");

        assertThat(polled()).containsExactly("a.txt=a", "a/z.txt=az", "b.txt=b");
        assertThat(polled()).isEmpty();
        put("a.txt", "a again");
        assertThat(polled()).containsExactly("a.txt=a again");
    }

    @Test
    void onlyTheLatestVersionIsDelivered() throws Exception {
        put("a.txt", "old");
        put("a.txt", "new");
        consume("");

        assertThat(polled()).containsExactly("a.txt=new");
    }

    @Test
    void allVersionsAreDeliveredTheOldestFirst() throws Exception {
        put("a.txt", "1");
        put("a.txt", "2");
        put("a.txt", "3");
        put("b.txt", "1");
        consume("includeVersions=all");

        assertThat(polled()).containsExactly("a.txt=1", "a.txt=2", "a.txt=3", "b.txt=1");
        assertThat(polled()).isEmpty();
    }

    @Test
    void hiddenNameIsNotDelivered() throws Exception {
        put("a.txt", "a");
        b2().state().hide(bucket, "a.txt");
        consume("");

        assertThat(polled()).isEmpty();
    }

    @Test
    void hideMarkerIsAnEventWithoutBodyWhenAskedFor() throws Exception {
        put("a.txt", "a");
        consume("includeHidden=true");
        assertThat(polled()).containsExactly("a.txt=a");

        b2().state().hide(bucket, "a.txt");

        assertThat(polled()).containsExactly("a.txt=null");
        assertThat(polled()).isEmpty();
    }

    @Test
    void messageSaysWhatIsKnownOfTheVersion() throws Exception {
        StoredVersion stored = b2().state()
                .put(bucket, "in/a.txt", bytes("hello"), Map.of("src_last_modified_millis", "1500000000000", "k", "v"));
        consume("", route -> route.to("mock:in"));
        poll();

        Exchange exchange = mock("in").getExchanges().get(0);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(B2Constants.FILE_NAME, "in/a.txt")
                .containsEntry(B2Constants.FILE_ID, stored.fileId())
                .containsEntry(B2Constants.BUCKET_NAME, bucket)
                .containsEntry(
                        B2Constants.BUCKET_ID, b2().state().bucketId(bucket).orElseThrow())
                .containsEntry(B2Constants.ACTION, "upload")
                .containsEntry(B2Constants.FOUND_CONTENT_LENGTH, 5L)
                .containsEntry(B2Constants.FOUND_CONTENT_TYPE, "text/plain")
                .containsEntry(B2Constants.FOUND_CONTENT_SHA1, stored.sha1())
                .containsEntry(B2Constants.UPLOAD_TIMESTAMP, stored.uploadTimestamp())
                .containsEntry(B2Constants.FOUND_LAST_MODIFIED, 1_500_000_000_000L)
                .containsEntry(Exchange.FILE_NAME, "in/a.txt")
                .containsEntry(Exchange.FILE_LENGTH, 5L)
                .containsEntry(Exchange.FILE_CONTENT_TYPE, "text/plain")
                .containsEntry(Exchange.FILE_LAST_MODIFIED, 1_500_000_000_000L)
                .containsEntry(Exchange.MESSAGE_TIMESTAMP, 1_500_000_000_000L)
                // What a stranger stored with the file stays together and becomes no header of its own.
                .doesNotContainKey("k");
        assertThat(exchange.getMessage().getHeader(B2Constants.FOUND_FILE_INFO, Map.class))
                .containsEntry("k", "v");
        assertThat(exchange.getFromRouteId()).isEqualTo(ROUTE);
    }

    @Test
    void bodyIsOpenedWhenItIsReadAndNotBefore() throws Exception {
        put("a.txt", "a");
        put("b.txt", "b");
        consume("", route -> route.to("mock:unread")
                .filter(it -> "b.txt".equals(it.getMessage().getHeader(B2Constants.FILE_NAME)))
                .process(this::record));

        assertThat(polled()).containsExactly("b.txt=b");
        assertThat(mock("unread").getExchanges().get(0).getMessage().getBody()).isInstanceOf(StreamCache.class);
        assertThat(b2().count("b2_download_file_by_id")).isEqualTo(1);
    }

    @Test
    void withoutBodyTheVersionIsTheBodyAndNothingIsOpened() throws Exception {
        StoredVersion stored = put("a.txt", "a");
        consume("includeBody=false", route -> route.to("mock:in"));
        poll();

        FileVersion body = mock("in").getExchanges().get(0).getMessage().getBody(FileVersion.class);
        assertThat(body.fileId()).isEqualTo(stored.fileId());
        assertThat(b2().count("b2_download_file_by_id")).isZero();
    }

    @Test
    void ignoredBodyIsNullAndNothingIsOpened() throws Exception {
        put("a.txt", "a");
        consume("ignoreBody=true", route -> route.to("mock:in"));
        poll();

        assertThat(mock("in").getExchanges().get(0).getMessage().getBody()).isNull();
        assertThat(b2().count("b2_download_file_by_id")).isZero();
    }

    @Test
    void batchIsCountedOnTheExchanges() throws Exception {
        put("a.txt", "a");
        put("b.txt", "b");
        consume(
                "",
                route -> route.process(it -> delivered.add(it.getProperty(ExchangePropertyKey.BATCH_INDEX) + " of "
                        + it.getProperty(ExchangePropertyKey.BATCH_SIZE) + " "
                        + it.getProperty(ExchangePropertyKey.BATCH_COMPLETE))));

        assertThat(polled()).containsExactly("0 of 2 false", "1 of 2 true");
    }

    @Test
    void pollStopsAtTheBatchSizeAndTheNextGoesOnThere() throws Exception {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            put(name, "1");
        }
        consume("maxMessagesPerPoll=2");

        assertThat(polled()).containsExactly("a=1", "b=1");
        assertThat(polled()).containsExactly("c=1", "d=1");
        assertThat(polled()).containsExactly("e=1");
        assertThat(b2().count("b2_list_file_versions")).isEqualTo(1);
    }

    @Test
    void batchWithoutLimitTakesEverythingInPieces() throws Exception {
        for (int i = 0; i < 1_200; i++) {
            put("f%04d".formatted(i), "");
        }
        consume("maxMessagesPerPoll=0&ignoreBody=true");

        assertThat(polled()).hasSize(1_200);
    }

    @Test
    void sweepCostsOneCallForAThousandNames() throws Exception {
        for (int i = 0; i < 2_100; i++) {
            put("f%04d".formatted(i), "");
        }
        consume("maxMessagesPerPoll=0&ignoreBody=true");
        polled();
        b2().resetRequests();

        assertThat(polled()).isEmpty();
        assertThat(b2().count("b2_list_file_versions")).isEqualTo(3);
        assertThat(b2Consumer().lastSweep()).isEqualTo(new VersionScanner.Figures(2_100, 3));
    }

    @Test
    void onlyThePrefixIsConsumed() throws Exception {
        put("in/a", "1");
        put("out/a", "1");
        consume("prefix=in/");

        assertThat(polled()).containsExactly("in/a=1");
    }

    @Test
    void delimiterLeavesOutWhatLiesDeeper() throws Exception {
        put("in/a", "1");
        put("in/deep/b", "1");
        consume("prefix=in/&delimiter=/");

        assertThat(polled()).containsExactly("in/a=1");
    }

    @ParameterizedTest
    @CsvSource({
        "include=RAW(.*\\.csv)",
        "exclude=RAW(.*\\.txt)",
        "antInclude=**/*.csv",
        "antExclude=**/*.txt",
    })
    void namesAreFiltered(String option) throws Exception {
        put("in/a.csv", "1");
        put("in/a.txt", "1");
        consume(option);

        assertThat(polled()).containsExactly("in/a.csv=1");
        assertThat(b2().count("b2_download_file_by_id")).isEqualTo(1);
    }

    @Test
    void placeholdersOfFoldersAreLeftOut() throws Exception {
        put("in/", "");
        put("in/.bzEmpty", "");
        put("in/a", "1");
        consume("");

        assertThat(polled()).containsExactly("in/a=1");
    }

    @Test
    void oneNamedFileIsConsumed() throws Exception {
        put("a", "old");
        put("a", "1");
        put("ab", "1");
        consume("fileName=a");

        assertThat(polled()).containsExactly("a=1");
        put("a", "2");
        assertThat(polled()).containsExactly("a=2");
        assertThat(polled()).isEmpty();
    }

    @Test
    void nothingIsConsumedBeforeTheDoneFileIsThere() throws Exception {
        put("in/a", "1");
        consume("prefix=in/&doneFileName=in/ready");
        assertThat(polled()).isEmpty();

        put("in/ready", "");

        assertThat(polled()).containsExactly("in/a=1");
    }

    @Test
    void eachFileWaitsForItsOwnDoneFile() throws Exception {
        put("a.csv", "1");
        put("b.csv", "1");
        put("b.done", "");
        consume("doneFileName=RAW(${file:name.noext}.done)");
        assertThat(polled()).containsExactly("b.csv=1");

        put("a.done", "");

        assertThat(polled()).containsExactly("a.csv=1");
    }

    @Test
    void unfinishedLargeFileIsNoVersionAndDoesNotHideAnOlderOne() throws Exception {
        put("a", "1");
        startLargeFile("a");
        consume("");

        assertThat(polled()).containsExactly("a=1");
    }

    @Test
    void bucketIsCreatedIfAskedFor() throws Exception {
        bucket = B2.bucketName("made");
        consume("autoCreateBucket=true");

        assertThat(polled()).isEmpty();
        assertThat(b2().state().buckets()).contains(bucket);
    }

    @Test
    void missingBucketFailsThePollWithItsName() throws Exception {
        bucket = B2.bucketName("missing");
        consume("");

        poll();

        assertThat(failures.only()).hasMessageContaining(bucket);
    }

    @ParameterizedTest
    @ValueSource(strings = {"été à la mer.txt", "a+b.txt", "😀.txt", "a b%20c.txt", "x//y", "${header.foo}"})
    void nameIsDeliveredAsItIs(String name) throws Exception {
        put(name, "1");
        consume("");

        assertThat(polled()).containsExactly(name + "=1");
    }

    @Test
    void fileEndpointWritesNoNameOutsideOfItsDirectory(@TempDir Path directory) throws Exception {
        put("../evil.txt", "evil");
        put("good.txt", "good");
        consume("", route -> route.to("file:" + directory.resolve("inbox")));

        poll();

        assertThat(failures.only()).hasMessageContaining("evil.txt");
        assertThat(directory.resolve("evil.txt")).doesNotExist();
        assertThat(directory.resolve("inbox/good.txt")).hasContent("good");
    }

    @Test
    void schedulerPollsByItselfAndSaysWhenThereIsNothing() throws Exception {
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("b2:" + bucket + "?initialDelay=0&delay=20&greedy=true&sendEmptyMessageWhenIdle=true")
                        .choice()
                        .when(body().isNull())
                        .to("mock:idle")
                        .otherwise()
                        .process(ConsumerRouteTest.this::record);
            }
        });
        await().until(() -> !mock("idle").getExchanges().isEmpty());

        put("a", "1");

        await().untilAsserted(() -> assertThat(delivered).containsExactly("a=1"));
    }

    @Test
    void defaultDelayIsAMinute() {
        assertThat(((B2Endpoint) context().getEndpoint("b2:" + bucket)).getDelay())
                .isEqualTo(60_000);
    }

    private void startLargeFile(String name) {
        try (var lease = component().borrowClient(component().getConfiguration())) {
            String id = lease.client().getBucket(bucket, CallSettings.DEFAULT).bucketId();
            lease.client().call(StartLargeFile.of(id, name, "text/plain"));
        }
    }

    @ParameterizedTest
    @CsvSource({"minSize=3, b=1234", "maxSize=2, a=12", "minAge=1h, ''", "maxAge=1h, a=12 b=1234"})
    void onlyFilesOfThatSizeAndAgeAreDelivered(String option, String expected) throws Exception {
        put("a", "12");
        put("b", "1234");
        consume(option);

        assertThat(String.join(" ", polled())).isEqualTo(expected);
    }

    /** It is not passed over for good because it was too young once. */
    @Test
    void fileIsDeliveredOnceItIsOldEnough() throws Exception {
        put("a", "1");
        consume("minAge=2s");
        assertThat(polled()).isEmpty();

        await().untilAsserted(() -> assertThat(polled()).containsExactly("a=1"));
    }
}
