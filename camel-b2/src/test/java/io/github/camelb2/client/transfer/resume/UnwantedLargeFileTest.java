// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.resume;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.call.LargeFileCalls.GetUploadPartUrl;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.call.UploadFile;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.client.transfer.TestClient;
import io.github.camelb2.client.transfer.local.UploadSources;
import io.github.camelb2.client.transfer.plan.TransferOptions;
import io.github.camelb2.client.transfer.resume.UnfinishedFiles.Leftover;
import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Large files that uploads of two machines begin, and what one of them cancels of the other. */
class UnwantedLargeFileTest {
    private static final byte[] CONTENT = new byte[40_000];
    private static final TransferOptions TENS =
            TransferOptions.DEFAULT.withPartSize(10_000).withMaxConcurrency(1);
    private static final CallSettings ONE_TRY = TestClient.FAST.withRetryTimeout(Duration.ZERO);
    private static final Duration REST = Duration.ofMinutes(15);

    static {
        new Random(1).nextBytes(CONTENT);
    }

    /** Ids of the large files that the first machine was heard to be at. */
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @TempDir
    Path directory;

    private Instant now = Instant.now();
    private B2Emulator b2;
    private String bucketId;
    private TestClient here;
    private TestClient elsewhere;

    @BeforeEach
    void givenTwoMachines() {
        b2 = B2Emulator.builder()
                .minPartSize(1_000)
                .recommendedPartSize(10_000)
                .clock(() -> now)
                .start();
        bucketId = b2.state().createBucket("transfers");
        here = TestClient.of(
                b2,
                directory.resolve("here"),
                new ClientListener() {
                    @Override
                    public void onLargeFile(String fileName, String fileId) {
                        assertThat(fileName).isEqualTo("a");
                        heard.add(fileId);
                    }
                },
                () -> now);
        elsewhere = TestClient.of(b2, directory.resolve("elsewhere"), ClientListener.NONE, () -> now);
    }

    @AfterEach
    void stop() {
        here.close();
        elsewhere.close();
        b2.close();
    }

    private static FileVersion upload(TestClient client, CallSettings settings) {
        return client.b2().upload(UploadFile.of("transfers", "a"), UploadSources.bytes(CONTENT), TENS, settings);
    }

    /** An upload of this machine that lost its connection, and the large file that it left. */
    private String left() {
        b2.faults().add("b2_upload_part #3+: drop request 100");
        assertThatThrownBy(() -> upload(here, ONE_TRY)).isInstanceOf(B2Exception.class);
        b2.faults().clear();
        assertThat(unfinished()).isOne();
        return heard.get(heard.size() - 1);
    }

    private int unfinished() {
        return b2.state().unfinishedLargeFiles("transfers").size();
    }

    private Leftover cancelElsewhere(String id) {
        return elsewhere.b2().cancelUnwanted(bucketId, "a", id, TestClient.FAST);
    }

    @Test
    void whoeverListensHearsOfALargeFileWhenItIsBegunAndWhenItIsGoneOnWith() {
        String left = left();

        FileVersion stored = upload(here, TestClient.FAST);

        assertThat(stored.fileId()).isEqualTo(left);
        assertThat(heard).containsExactly(left, left);
    }

    @Test
    void nothingIsToldOfASmallFile() {
        here.b2()
                .upload(
                        UploadFile.of("transfers", "a"),
                        UploadSources.bytes(new byte[10]),
                        TransferOptions.DEFAULT,
                        TestClient.FAST);

        assertThat(heard).isEmpty();
    }

    @Test
    void aListenerThatFailsChangesNothing() {
        CallSettings broken = TestClient.FAST.withListener(new ClientListener() {
            @Override
            public void onLargeFile(String fileName, String fileId) {
                throw new IllegalStateException("broken");
            }
        });

        upload(here, broken);

        assertThat(b2.state().bytes("transfers", "a")).isEqualTo(CONTENT);
    }

    @Test
    void oneOfADeadMachineIsCancelledAndNoOtherOneOfItsName() {
        String left = left();
        elsewhere.b2().call(StartLargeFile.of(bucketId, "a", "text/plain"), TestClient.FAST);
        elsewhere.b2().call(StartLargeFile.of(bucketId, "ab", "text/plain"), TestClient.FAST);

        assertThat(cancelElsewhere(left)).isEqualTo(Leftover.CANCELLED);

        assertThat(b2.state().unfinishedLargeFiles("transfers")).containsExactly("a", "ab");
        assertThat(cancelElsewhere(left)).isEqualTo(Leftover.GONE);
    }

    @Test
    void itsOwnMachineCancelsItTooAndForgetsIt() {
        String left = left();

        assertThat(here.b2().cancelUnwanted(bucketId, "a", left, TestClient.FAST))
                .isEqualTo(Leftover.CANCELLED);

        assertThat(unfinished()).isZero();
        assertThat(here.b2().isClaimed(bucketId, "a", left)).isFalse();
    }

    @Test
    void oneThatAnUploadOfThisMachineWorksOnStays() {
        String left = left();
        UploadClaims claims = new UploadClaims(directory.resolve("elsewhere"), () -> now);
        UploadClaim alive = claims.open(bucketId, "a");
        alive.startedAs(left);

        assertThat(cancelElsewhere(left)).isEqualTo(Leftover.UNDER_WAY);

        assertThat(unfinished()).isOne();
        alive.release();
    }

    @Test
    void oneThatWasFinishedStays() {
        FileVersion stored = upload(here, TestClient.FAST);

        assertThat(cancelElsewhere(stored.fileId())).isEqualTo(Leftover.GONE);

        assertThat(b2.state().bytes("transfers", "a")).isEqualTo(CONTENT);
    }

    @Test
    void oneOfAnotherNameStays() {
        left();
        String other = elsewhere
                .b2()
                .call(StartLargeFile.of(bucketId, "ab", "text/plain"), TestClient.FAST)
                .fileId();

        assertThat(cancelElsewhere(other)).isEqualTo(Leftover.GONE);

        assertThat(unfinished()).isEqualTo(2);
    }

    /** Other programs, too, resume what has rested for a while. */
    @Test
    void oneThatSomebodyElseHasFoundAndGoesOnWithStays() {
        String left = left();
        now = now.plus(REST).plusSeconds(1);
        ForeignClient.uploadPart(elsewhere.b2().call(GetUploadPartUrl.of(left)), 3, new byte[10_000]);

        assertThat(cancelElsewhere(left)).isEqualTo(Leftover.OF_OTHERS);
        assertThat(unfinished()).isOne();
        now = now.plus(REST).plusSeconds(1);
        assertThat(cancelElsewhere(left)).isEqualTo(Leftover.CANCELLED);
    }

    @Test
    void anUploadWhoseLargeFileIsCancelledSaysSoAndForgetsIt() {
        CallSettings cancelling = TestClient.FAST.withListener(new ClientListener() {
            @Override
            public void onLargeFile(String fileName, String fileId) {
                assertThat(cancelElsewhere(fileId)).isEqualTo(Leftover.CANCELLED);
            }
        });

        assertThatThrownBy(() -> upload(here, cancelling))
                .hasMessageContaining("somebody has cancelled or finished large file " + heard.get(0))
                .hasMessageNotContaining("stays unfinished");

        assertThat(here.b2().isClaimed(bucketId, "a", heard.get(0))).isFalse();
        assertThat(unfinished()).isZero();
    }
}
