// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.resume;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.call.LargeFileCalls.GetUploadPartUrl;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.TestClient;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Uploads look for unfinished files only where they could find one that they may go on with. */
class LastLooksTest {
    private static final byte[] CONTENT = new byte[30_000];
    private static final TransferOptions TENS =
            TransferOptions.DEFAULT.withPartSize(10_000).withMaxConcurrency(1);
    private static final Duration QUARTER = Duration.ofMinutes(15);

    static {
        new Random(5).nextBytes(CONTENT);
    }

    @TempDir
    Path directory;

    private final String bucket = "transfers";
    private Instant now = Instant.now();
    private B2Emulator b2;
    private String bucketId;
    private TestClient client;

    @BeforeEach
    void givenClientAndBucket() {
        b2 = B2Emulator.builder()
                .minPartSize(1_000)
                .recommendedPartSize(10_000)
                .clock(() -> now)
                .start();
        bucketId = b2.state().createBucket(bucket);
        client = client("here", new Credentials(b2.applicationKeyId(), b2.applicationKey()));
    }

    private TestClient client(String machine, Credentials key) {
        return TestClient.of(b2.url(), key, directory.resolve(machine), ClientListener.NONE, () -> now);
    }

    @AfterEach
    void close() {
        client.close();
        b2.close();
    }

    private void upload(TestClient from, String name, CallSettings settings) {
        from.b2().upload(UploadFile.of(bucket, name), UploadSources.bytes(CONTENT), TENS, settings);
        assertThat(b2.state().bytes(bucket, name)).isEqualTo(CONTENT);
    }

    private void upload(String name) {
        upload(client, name, TestClient.FAST);
    }

    private int looks() {
        return (int) b2.count("b2_list_unfinished_large_files");
    }

    /** What another machine has begun, two parts of three. */
    private void begin(String name) {
        String id =
                client.b2().call(StartLargeFile.of(bucketId, name, "b2/x-auto")).fileId();
        for (int i = 0; i < 2; i++) {
            ForeignClient.uploadPart(
                    client.b2().call(GetUploadPartUrl.of(id)),
                    i + 1,
                    Arrays.copyOfRange(CONTENT, 10_000 * i, 10_000 * (i + 1)));
        }
        b2.resetRequests();
    }

    @Test
    void oneLookIsEnoughForAllNamesThatHaveNone() {
        for (int i = 0; i < 5; i++) {
            upload("file " + i);
        }
        upload("file 0");

        assertThat(looks()).isEqualTo(1);
    }

    @Test
    void afterAQuarterOfAnHourTheyLookAgain() {
        upload("a");
        now = now.plus(QUARTER);
        upload("b");

        assertThat(looks()).isEqualTo(2);
    }

    @Test
    void whatAnotherMachineBeginsMeanwhileIsFoundAsSoonAsItHasRested() {
        upload("a");
        begin("b");
        now = now.plus(QUARTER).plusSeconds(1);

        upload("b");

        assertThat(b2.count("b2_upload_part")).isEqualTo(1);
        assertThat(b2.count("b2_start_large_file")).isZero();
    }

    @Test
    void whatTheLastLookSawIsLookedAtAgain() {
        begin("b");
        now = now.plus(Duration.ofMinutes(10));
        upload("a");
        now = now.plus(Duration.ofMinutes(6));
        b2.resetRequests();

        upload("b");

        assertThat(looks()).isEqualTo(1);
        assertThat(b2.count("b2_upload_part")).isEqualTo(1);
    }

    @Test
    void whatThisMachineHasLeftIsGoneOnWithAtOnce() {
        upload("a");
        isLeftAndGoneOnWith(client);
    }

    private void isLeftAndGoneOnWith(TestClient leaving) {
        b2.faults().add("b2_upload_part #2+: drop request 100");
        assertThatThrownBy(() -> upload(leaving, "b", TestClient.FAST.withRetryTimeout(Duration.ZERO)))
                .isInstanceOf(B2TransportException.class);
        b2.faults().clear();
        b2.resetRequests();

        upload("b");

        assertThat(b2.count("b2_start_large_file")).isZero();
        assertThat(b2.state().unfinishedLargeFiles(bucket)).isEmpty();
    }

    /** Also what a process has left that used the same directory and is no more. */
    @Test
    void whatAnotherClientOfThisMachineHasLeftIsGoneOnWithAtOnce() {
        upload("a");
        try (TestClient other = client("here", new Credentials(b2.applicationKeyId(), b2.applicationKey()))) {
            isLeftAndGoneOnWith(other);
        }
    }

    @Test
    void whereThereAreMoreThanOneAnswerTellsEachNameIsAskedFor() {
        for (int i = 0; i < 101; i++) {
            client.b2().call(StartLargeFile.of(bucketId, "other " + i, "b2/x-auto"));
        }
        begin("b");
        now = now.plus(QUARTER).plusSeconds(1);

        upload("a");
        upload("b");

        assertThat(looks()).isEqualTo(3);
        assertThat(b2.count("b2_upload_part")).isEqualTo(3 + 1);
    }

    @Test
    void aKeyLooksWhereItMay() {
        ApplicationKey key = client.b2()
                .call(new CreateKey(
                        null,
                        List.of(Capability.LIST_FILES, Capability.LIST_BUCKETS, Capability.WRITE_FILES),
                        "restricted",
                        null,
                        List.of(bucketId),
                        "mine/"));
        begin("mine/b");
        now = now.plus(QUARTER).plusSeconds(1);

        try (TestClient restricted = client("there", new Credentials(key.applicationKeyId(), key.applicationKey()))) {
            upload(restricted, "mine/a", TestClient.FAST);
            upload(restricted, "mine/b", TestClient.FAST);
            upload(restricted, "mine/c", TestClient.FAST);
        }

        assertThat(looks()).isEqualTo(2);
        assertThat(b2.count("b2_upload_part")).isEqualTo(3 + 1 + 3);
    }
}
