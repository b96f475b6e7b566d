// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.upload;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.SentRequest;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.http.BandwidthTimetable;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.TestClient;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.plan.TransferOptions.LargeFileSha1;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;

/** Files that fit into one piece go in parts where earlier uploads of the client show that one connection is the limit. */
@Timeout(60)
class ParallelPartsTest {
    private static final byte[] CONTENT = new byte[16_000_000];
    private static final String BUCKET = "transfers";

    static {
        new Random(2).nextBytes(CONTENT);
    }

    @TempDir
    Path directory;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private Duration ofAFile = Duration.ofMillis(1_600);
    private Duration ofAPart = Duration.ofMillis(100);
    private B2Emulator b2;
    private TestClient client;

    @BeforeEach
    void givenAClientWhoseUploadsTakeWhatTheTestSays() {
        b2 = B2Emulator.builder().minPartSize(2_000_000).start();
        client = TestClient.of(
                b2,
                directory,
                new ClientListener() {
                    @Override
                    public void onRequest(SentRequest request) {
                        if (request.call().equals("b2_upload_file")) {
                            pass(ofAFile);
                        } else if (request.call().equals("b2_upload_part")) {
                            pass(ofAPart);
                        }
                    }
                },
                now::get);
        b2.state().createBucket(BUCKET);
    }

    private void pass(Duration time) {
        now.updateAndGet(it -> it.plus(time));
    }

    @AfterEach
    void close() {
        client.close();
        b2.close();
    }

    private FileVersion upload(UploadSource source, TransferOptions options) {
        return client.b2().upload(UploadFile.of(BUCKET, "a"), source, options, TestClient.FAST);
    }

    private FileVersion upload() {
        return upload(UploadSources.bytes(CONTENT), TransferOptions.DEFAULT);
    }

    private static String sha1() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(CONTENT));
    }

    @Test
    void theFirstFileGoesInOnePieceAndTheNextInPartsWithItsSha1() throws Exception {
        FileVersion first = upload();
        FileVersion second = upload();

        assertThat(first.verifiedSha1()).hasValue(sha1());
        assertThat(second.knownSha1()).hasValue(sha1());
        assertThat(b2.state().bytes(BUCKET, "a")).isEqualTo(CONTENT);
        assertThat(b2.count("b2_upload_file")).isEqualTo(1);
        assertThat(b2.count("b2_upload_part")).isEqualTo(8);
        assertThat(b2.state().unfinishedLargeFiles(BUCKET)).isEmpty();
    }

    @Test
    void partsThatAreNoQuickerAreNotTriedAgainForAWhile() {
        ofAPart = Duration.ofMillis(200);

        upload();
        upload();
        upload();
        assertThat(b2.count("b2_upload_file")).isEqualTo(2);

        pass(Duration.ofMinutes(11));
        upload();
        assertThat(b2.count("b2_upload_file")).isEqualTo(2);
        assertThat(b2.count("b2_finish_large_file")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"400, 16000000, 4", "1600, 15999999, 4", "1600, 16000000, 1"})
    void whatGainsNothingGoesInOnePiece(long millis, int length, int connections) {
        ofAFile = Duration.ofMillis(millis);
        byte[] content = java.util.Arrays.copyOf(CONTENT, length);
        TransferOptions options = TransferOptions.DEFAULT.withMaxConcurrency(connections);

        upload(UploadSources.bytes(content), options);
        upload(UploadSources.bytes(content), options);

        assertThat(b2.count("b2_upload_file")).isEqualTo(2);
    }

    @Test
    void whatWouldLoseItsSha1GoesInOnePiece() {
        upload();

        upload(UploadSources.bytes(CONTENT), TransferOptions.DEFAULT.withLargeFileSha1(LargeFileSha1.NEVER));
        upload(
                UploadSources.stream(new ByteArrayInputStream(CONTENT), OptionalLong.of(CONTENT.length), "a stream"),
                TransferOptions.DEFAULT);

        assertThat(b2.count("b2_upload_file")).isEqualTo(3);
    }

    @Test
    void aPartSizeThatWasGivenIsObeyed() {
        upload();

        upload(UploadSources.bytes(CONTENT), TransferOptions.DEFAULT.withPartSize(20_000_000));

        assertThat(b2.count("b2_upload_file")).isEqualTo(2);
    }

    /** All connections together have no more than the one had. */
    @Test
    void whatTheUserHoldsUpIsNoLimitOfAConnection() {
        ofAFile = Duration.ofMillis(500);
        client.b2().bandwidth().limit(BandwidthTimetable.constant(33_000_000));

        upload();
        upload();

        assertThat(b2.count("b2_upload_file")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "8000000, 8000000, false",
        "8000000, 9000000, false",
        "8000000, 10000000, true",
        "9000000, 8000000, false"
    })
    void aLimitOfTheUsersOwnCountsWhereItIsNear(long rate, long ownLimit, boolean mayHelp) {
        ConnectionLimit limit = new ConnectionLimit(now::get, () -> ownLimit);
        try (ConnectionLimit.Sending alone = limit.begin()) {
            pass(Duration.ofMillis(1_000L * CONTENT.length / rate));
            alone.succeeded(CONTENT.length, ConnectionLimit.Way.WHOLE);
        }

        assertThat(limit.holds(CONTENT.length, 4)).isEqualTo(mayHelp);
    }

    @Test
    void aLimitThatTheUserSetsLaterKeepsFilesInOnePiece() {
        AtomicReference<Long> ownLimit = new AtomicReference<>(BandwidthTimetable.OFF);
        ConnectionLimit limit = new ConnectionLimit(now::get, ownLimit::get);
        try (ConnectionLimit.Sending alone = limit.begin()) {
            pass(Duration.ofSeconds(2));
            alone.succeeded(CONTENT.length, ConnectionLimit.Way.WHOLE);
        }
        assertThat(limit.holds(CONTENT.length, 4)).isTrue();

        ownLimit.set(4_000_000L);
        assertThat(limit.holds(CONTENT.length, 4)).isFalse();
    }

    @Test
    void uploadsBesideOthersNeitherTeachNorGoInParts() {
        ConnectionLimit limit = new ConnectionLimit(now::get, () -> BandwidthTimetable.OFF);
        try (ConnectionLimit.Sending one = limit.begin();
                ConnectionLimit.Sending other = limit.begin()) {
            pass(Duration.ofSeconds(2));
            one.succeeded(CONTENT.length, ConnectionLimit.Way.WHOLE);
            other.succeeded(CONTENT.length, ConnectionLimit.Way.WHOLE);
        }
        assertThat(limit.holds(CONTENT.length, 4)).isFalse();

        try (ConnectionLimit.Sending alone = limit.begin()) {
            pass(Duration.ofSeconds(2));
            alone.succeeded(CONTENT.length, ConnectionLimit.Way.WHOLE);
            assertThat(limit.holds(CONTENT.length, 4)).isFalse();
        }
        assertThat(limit.holds(CONTENT.length, 4)).isTrue();
    }
}
