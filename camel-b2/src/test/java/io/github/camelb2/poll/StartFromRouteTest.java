// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.call.LargeFileCalls.CopyPart;
import io.github.camelb2.client.call.LargeFileCalls.FinishLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.poll.claim.RecentKeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Where a consumer without memory starts. */
class StartFromRouteTest extends ConsumerTestSupport {
    @Test
    void startFromNowLeavesOutWhatIsThere() throws Exception {
        put("a", "old");
        consume("startFrom=now");
        assertThat(polled()).isEmpty();

        put("a", "new");
        put("b", "new");

        assertThat(polled()).containsExactly("a=new", "b=new");
    }

    @Test
    void whatWasThereIsLeftOutAlsoWhenTheNewestGoesAway() throws Exception {
        put("a", "older");
        StoredVersion old = put("a", "old");
        consume("startFrom=now");
        polled();

        template()
                .sendBodyAndHeaders(
                        "b2:" + bucket + "?operation=deleteFileVersion",
                        null,
                        Map.of(B2Constants.FILE_NAME, "a", B2Constants.FILE_ID, old.fileId()));

        assertThat(polled()).isEmpty();
    }

    @Test
    void startFromAnInstantTakesWhatWasUploadedSince() throws Exception {
        StoredVersion first = put("a", "old");
        await().until(() -> System.currentTimeMillis() > first.uploadTimestamp());
        StoredVersion second = put("b", "new");
        Instant instant = Instant.ofEpochMilli(second.uploadTimestamp());
        consume("startFrom=" + instant);

        assertThat(polled()).containsExactly("b=new");
        put("c", "newer");
        assertThat(polled()).containsExactly("c=newer");
    }

    @Test
    void largeFileThatWasStartedBeforeAndFinishedLaterIsNew() throws Exception {
        String first = "x".repeat(1_000);
        String second = "y";
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            B2Client client = lease.client();
            String large = startLargeFile(client, "in/large");
            consume("prefix=in/&startFrom=now");
            assertThat(polled()).isEmpty();

            // The parts are copied from two other files.
            List<String> sha1s = List.of(
                    copyPart(client, large, 1, put("parts/1", first)),
                    copyPart(client, large, 2, put("parts/2", second)));
            client.call(FinishLargeFile.of(large, sha1s));
        }

        assertThat(polled()).containsExactly("in/large=" + first + second);
    }

    private String startLargeFile(B2Client client, String name) {
        String bucketId = client.getBucket(bucket, CallSettings.DEFAULT).bucketId();
        return client.call(StartLargeFile.of(bucketId, name, "text/plain")).fileId();
    }

    private static String copyPart(B2Client client, String largeFileId, int number, StoredVersion source) {
        return client.call(CopyPart.of(source.fileId(), largeFileId, number)).contentSha1();
    }

    @Test
    void firstSweepIsDoneOnceForEachMemory() throws Exception {
        put("a", "old");
        RecentKeys keys = new RecentKeys(100);
        context().getRegistry().bind("keys", keys);
        consume("startFrom=now&idempotentRepository=#keys");
        polled();
        context().getRouteController().stopRoute(ROUTE);

        put("b", "while it was down");
        context().getRouteController().startRoute(ROUTE);

        assertThat(polled()).containsExactly("b=while it was down");
    }

    @Test
    void startIsRememberedHoweverManyFilesComeAndGo() throws Exception {
        context().getRegistry().bind("keys", new RecentKeys(5));
        consume("startFrom=now&deleteAfterRead=true&maxMessagesPerPoll=2&idempotentRepository=#keys");
        polled();
        for (int i = 0; i < 12; i++) {
            put("f" + i, "1");
        }
        await().until(() -> {
            polled();
            return stored().isEmpty();
        });
        context().getRouteController().stopRoute(ROUTE);

        put("z", "while it was down");
        context().getRouteController().startRoute(ROUTE);

        assertThat(polled()).containsExactly("z=while it was down");
    }

    @Test
    void firstSweepThatFailsIsDoneAgain() throws Exception {
        put("a", "old");
        b2().faults().add("b2_list_file_versions #1: status 400 bad_request");
        consume("startFrom=now");
        poll();
        assertThat(failures.all()).hasSize(1);
        failures.clear();

        assertThat(polled()).isEmpty();
        put("b", "new");
        assertThat(polled()).containsExactly("b=new");
    }

    /** A version that was there before counts as older by the clock of the service, whatever this machine's says. */
    @ParameterizedTest
    @ValueSource(ints = {-15, 15})
    void clockOfThisMachineDoesNotMatter(int minutes) throws Exception {
        InstantSource clock = InstantSource.offset(InstantSource.system(), Duration.ofMinutes(minutes));
        try (B2Emulator other = B2Emulator.builder().clock(clock).start()) {
            other.state().createBucket(bucket);
            other.state().put(bucket, "before", bytes("1"));
            await().until(() -> clock.instant()
                    .isAfter(Instant.ofEpochMilli(other.state()
                                    .versions(bucket, "before")
                                    .get(0)
                                    .uploadTimestamp())
                            .plusSeconds(2)));
            consume("startFrom=now&realm=" + other.url() + "&applicationKeyId=" + other.applicationKeyId()
                    + "&applicationKey=" + other.applicationKey());

            assertThat(polled()).isEmpty();
            other.state().put(bucket, "after", bytes("2"));
            assertThat(polled()).containsExactly("after=2");
            context().getRouteController().stopRoute(ROUTE);
        }
    }
}
