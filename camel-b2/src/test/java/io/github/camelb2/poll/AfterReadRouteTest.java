// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.poll.claim.RecentKeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What becomes of a version that was read. */
class AfterReadRouteTest extends ConsumerTestSupport {
    private static final String CUSTOMER_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @Test
    void keptVersionStays() throws Exception {
        put("a", "1");
        consume("");

        polled();

        assertThat(stored()).containsExactly("a=1");
    }

    @Test
    void deletedVersionIsTheOneThatWasReadEvenWhenANewerOneCame() throws Exception {
        put("a", "1");
        consume("deleteAfterRead=true", route -> route.process(this::record).process(it -> put("a", "2")));

        assertThat(polled()).containsExactly("a=1");

        assertThat(stored()).containsExactly("a=2");
    }

    @ParameterizedTest
    @CsvSource({"deleteAfterRead=true", "hideAfterRead=true", "moveAfterRead=true&destinationBucketPrefix=done/"})
    void routeThatChangesEveryHeaderDoesNotChangeWhatHappensAfterwards(String option) throws Exception {
        put("in/a", "1");
        put("in/b", "1");
        consume(
                "prefix=in/&" + option + "&include=in/a",
                route -> route.process(it -> {
                    it.getMessage().getHeaders().clear();
                    it.getMessage().setHeader(B2Constants.FILE_NAME, "in/b");
                    it.getMessage()
                            .setHeader(
                                    B2Constants.FILE_ID,
                                    b2().state().versions(bucket, "in/b").get(0).fileId());
                    it.getMessage().setHeader(B2Constants.BUCKET_NAME, "elsewhere");
                    it.getMessage().setBody("gone");
                    it.getProperties().clear();
                }));

        polled();

        assertThat(b2().state().names(bucket)).contains("in/b").doesNotContain("in/a");
        assertThat(failures.all()).isEmpty();
    }

    @Test
    void hiddenVersionStaysBelowAMarker() throws Exception {
        put("a", "1");
        consume("hideAfterRead=true");

        assertThat(polled()).containsExactly("a=1");

        assertThat(stored()).containsExactly("a hide", "a=1");
        assertThat(polled()).isEmpty();
    }

    @Test
    void newerVersionThatCameMeanwhileIsNotHiddenUnread() throws Exception {
        put("a", "1");
        consume("hideAfterRead=true", route -> route.process(this::record).process(it -> {
            if (delivered.size() == 1) {
                put("a", "2");
            }
        }));

        assertThat(polled()).containsExactly("a=1");
        assertThat(stored()).containsExactly("a=2", "a=1");
        delivered.clear();
        delivered.add("the second is not the first");
        poll();
        assertThat(delivered).contains("a=2");
        assertThat(stored()).containsExactly("a hide", "a=2", "a=1");
    }

    @Test
    void versionThatArrivesBetweenLookAndMarkerShowsAgain() throws Exception {
        put("a", "1");
        b2().faults().add("b2_hide_file #1: delay 500ms");
        consume("hideAfterRead=true");
        CompletableFuture<Void> arrival = CompletableFuture.runAsync(() -> {
            Awaitility.await().until(() -> b2().count("b2_hide_file") == 1);
            put("a", "2");
        });

        assertThat(polled()).containsExactly("a=1");
        arrival.join();

        assertThat(stored()).containsExactly("a=2", "a=1");
        assertThat(polled()).containsExactly("a=2");
    }

    @Test
    void movedVersionIsCopiedInsideB2AndDeleted() throws Exception {
        put("in/a", "1");
        consume("prefix=in/&moveAfterRead=true&destinationBucketPrefix=done/&removePrefixOnMove=true"
                + "&destinationBucketSuffix=.old");

        assertThat(polled()).containsExactly("in/a=1");

        assertThat(stored()).containsExactly("done/a.old=1");
        assertThat(b2().count("b2_upload_file")).isZero();
    }

    @Test
    void versionMovesToAnotherBucket() throws Exception {
        String other = B2.bucketName("other");
        b2().state().createBucket(other);
        put("a", "1");
        consume("moveAfterRead=true&destinationBucket=" + other);

        polled();

        assertThat(stored()).isEmpty();
        assertThat(stored(other)).containsExactly("a=1");
    }

    @Test
    void bucketOfTheMoveIsCreatedWhereThatIsAllowed() throws Exception {
        String other = B2.bucketName("created");
        put("a", "1");
        consume("autoCreateBucket=true&moveAfterRead=true&destinationBucket=" + other);

        assertThat(polled()).containsExactly("a=1");

        assertThat(stored(other)).containsExactly("a=1");
    }

    @Test
    void bucketOfTheMoveThatDoesNotExistKeepsTheRouteFromStarting() {
        assertThatThrownBy(() -> consume("moveAfterRead=true&destinationBucket=" + B2.bucketName("missing")))
                .hasStackTraceContaining("Option destinationBucket=")
                .hasStackTraceContaining("autoCreateBucket=true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "archive/${date:now:yyyy}/${file:name}; archive/%s/in/dir/a.csv",
                "archive/${date:now:yyyy}/; archive/%s/in/dir/a.csv",
                "archive/${date:now:yyyy}/${file:onlyname}; archive/%s/a.csv",
                "archive/${date:now:yyyy}/${file:name.noext}.old; archive/%s/in/dir/a.old"
            })
    void nameOfTheMoveIsGivenByExpressions(String expression, String expected) throws Exception {
        put("in/dir/a.csv", "1");
        consume("prefix=in/&moveAfterRead=true&destinationBucketPrefix=RAW(" + expression + ")");

        assertThat(polled()).containsExactly("in/dir/a.csv=1");

        assertThat(stored())
                .containsExactly(String.format(
                                expected, LocalDate.now(ZoneId.systemDefault()).getYear()) + "=1");
    }

    @Test
    void expressionThatLeadsBackIntoWhatIsConsumedMovesNothing() throws Exception {
        put("in/a", "1");
        consume("prefix=in/&moveAfterRead=true&destinationBucketPrefix=RAW(${header.CamelB2BucketName})"
                + "&destinationBucketSuffix=x");
        // Outside of the prefix, so that it moves.
        assertThat(polled()).containsExactly("in/a=1");
        assertThat(stored()).containsExactly(bucket + "in/ax=1");
        put("in/b", "1");
        context().getRouteController().stopRoute(ROUTE);
        context().removeRoute(ROUTE);

        consume(
                "prefix=in/&moveAfterRead=true&destinationBucketPrefix=RAW(${file:name})&destinationBucketSuffix=.done");
        poll();

        assertThat(failures.messages().get(0)).startsWith("Moving file in/b");
        assertThat(stored()).contains("in/b=1");
    }

    @Test
    void failedMoveIsReportedAsOne() throws Exception {
        put("in/a", "1");
        b2().faults().add("b2_copy_file #1: status 403 access_denied");
        consume("prefix=in/&moveAfterRead=true&destinationBucketPrefix=done/");

        poll();

        assertThat(failures.messages().get(0)).startsWith("Moving file in/a");
    }

    @Test
    void moveLeavesANewerVersionAlone() throws Exception {
        put("in/a", "1");
        consume("prefix=in/&moveAfterRead=true&destinationBucketPrefix=done/", route -> route.process(this::record)
                .process(it -> {
                    if (delivered.equals(List.of("in/a=1"))) {
                        put("in/a", "2");
                    }
                }));

        polled();

        assertThat(stored()).containsExactly("done/in/a=1", "in/a=2");
    }

    @ParameterizedTest
    @CsvSource({"deleteAfterRead=true", "moveAfterRead=true&destinationBucketPrefix=done/"})
    void versionThatWasSupersededWhenItsNameWasReadIsNeverDelivered(String option) throws Exception {
        put("in/a", "1");
        put("in/a", "2");
        put("in/a", "3");
        consume("prefix=in/&maxMessagesPerPoll=1&" + option);

        assertThat(polled()).containsExactly("in/a=3");

        assertThat(b2().state().bytes(bucket, "in/a")).isEqualTo(bytes("2"));
        assertThat(polled()).isEmpty();
        assertThat(polled()).isEmpty();
        put("in/a", "4");
        assertThat(polled()).containsExactly("in/a=4");
    }

    @Test
    void supersededVersionIsNotDeliveredWhenSomebodyElseDeletesTheNewest() throws Exception {
        put("a", "1");
        StoredVersion newest = put("a", "2");
        consume("");
        assertThat(polled()).containsExactly("a=2");

        delete(newest);

        assertThat(b2().state().bytes(bucket, "a")).isEqualTo(bytes("1"));
        assertThat(polled()).isEmpty();
    }

    @Test
    void supersededVersionIsPassedOverBeforeTheNewestIsDelivered() throws Exception {
        put("a", "1");
        put("a", "2");
        RecentKeys keys = new RecentKeys(100);
        context().getRegistry().bind("keys", keys);
        String superseded = b2().state().versions(bucket, "a").get(1).fileId();
        consume(
                "deleteAfterRead=true&maxMessagesPerPoll=1&idempotentRepository=#keys",
                route -> route.process(it -> delivered.add(String.valueOf(keys.contains(superseded)))));

        // A crash right now, in the route, must not let the old version turn up after the restart.
        assertThat(polled()).containsExactly("true");
    }

    @Test
    void failedVersionIsMovedAwayWhenAskedFor() throws Exception {
        put("in/a", "1");
        consume("prefix=in/&moveFailed=failed/", ConsumerTestSupport::fail);

        poll();

        assertThat(failures.only()).hasMessage("the route failed");
        assertThat(stored()).containsExactly("failed/in/a=1");
    }

    @ParameterizedTest
    @CsvSource({
        "deleteAfterRead=true, b2_delete_file_version",
        "hideAfterRead=true, b2_hide_file",
        "moveAfterRead=true&destinationBucketPrefix=done/, b2_copy_file"
    })
    void whatFailedAfterTheReadingIsDoneByTheNextSweepWithoutAnotherDelivery(String option, String call)
            throws Exception {
        put("in/a", "1");
        b2().faults().add(call + " #1: status 403 access_denied");
        consume("prefix=in/&" + option);

        poll();
        assertThat(delivered).containsExactly("in/a=1");
        assertThat(failures.messages()).hasSize(1);
        assertThat(failures.messages().get(0)).contains("in/a");
        assertThat(b2().state().names(bucket)).containsExactly("in/a");

        failures.clear();
        assertThat(polled()).isEmpty();
        assertThat(b2().state().names(bucket)).doesNotContain("in/a");
    }

    @Test
    void versionThatSomebodyElseDeletedMeanwhileIsNoFailure() throws Exception {
        StoredVersion version = put("a", "1");
        consume("deleteAfterRead=true", route -> route.process(this::record).process(it -> delete(version)));

        assertThat(polled()).containsExactly("a=1");
    }

    @Test
    void hideMarkerIsNeverDeletedBecauseTheFileWouldComeBack() throws Exception {
        put("a", "1");
        b2().state().hide(bucket, "a");
        consume("deleteAfterRead=true&includeHidden=true");

        assertThat(polled()).containsExactly("a=null");

        assertThat(stored()).containsExactly("a hide", "a=1");
        assertThat(polled()).isEmpty();
    }

    @Test
    void doneFileGoesWithItsFile() throws Exception {
        put("a.csv", "1");
        put("a.csv.done", "");
        consume("deleteAfterRead=true&doneFileName=RAW(${file:name}.done)");

        assertThat(polled()).containsExactly("a.csv=1");

        assertThat(stored()).isEmpty();
    }

    @Test
    void moveIntoTheConsumedPrefixKeepsTheRouteFromStarting() {
        assertThatThrownBy(() -> consume("prefix=in/&moveAfterRead=true&destinationBucketPrefix=in/done/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option destinationBucketPrefix=in/done/ cannot be");
    }

    @Test
    void fileThatNeedsPartsIsMovedAsItIs() throws Exception {
        byte[] content = new byte[25_000];
        new Random(7).nextBytes(content);
        b2().state().put(bucket, "in/large", content);
        consume("prefix=in/&moveAfterRead=true&destinationBucketPrefix=done/", route -> route.to("mock:in"));

        polled();

        assertThat(b2().state().names(bucket)).containsExactly("done/in/large");
        assertThat(b2().state().bytes(bucket, "done/in/large")).isEqualTo(content);
    }

    @ParameterizedTest
    @CsvSource({
        "x,      serverSideEncryption=SSE-B2, ''",
        "x,      serverSideEncryption=SSE-C,  &customerKey=RAW(" + CUSTOMER_KEY + ")",
        "x by parts, serverSideEncryption=SSE-C,  &customerKey=RAW(" + CUSTOMER_KEY + ")"
    })
    void encryptedFileIsReadAndStaysEncryptedWhenItIsMoved(String content, String mode, String key) throws Exception {
        String whole = content.length() == 1 ? content : content.repeat(1_000);
        send("b2:" + bucket + "?fileName=in/a&" + mode + key, whole, Map.of());
        consume("prefix=in/&moveAfterRead=true&destinationBucketPrefix=done/&" + mode + key);

        assertThat(polled()).containsExactly("in/a=" + whole);

        assertThat(b2().state().names(bucket)).containsExactly("done/in/a");
        Exchange moved =
                send("b2:" + bucket + "?operation=downloadFile&fileName=done/in/a&" + mode + key, null, Map.of());
        assertThat(moved.getMessage().getBody(String.class)).isEqualTo(whole);
        assertThat(moved.getMessage().getHeader(B2Constants.FOUND_SERVER_SIDE_ENCRYPTION))
                .hasToString(mode.substring(mode.indexOf('=') + 1));
    }

    private void delete(StoredVersion version) {
        template()
                .sendBodyAndHeaders(
                        "b2:" + bucket + "?operation=deleteFileVersion",
                        null,
                        Map.of(B2Constants.FILE_NAME, version.name(), B2Constants.FILE_ID, version.fileId()));
    }
}
