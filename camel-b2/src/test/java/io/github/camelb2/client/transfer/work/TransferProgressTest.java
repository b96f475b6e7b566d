// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.camelb2.client.ManualTime;
import io.github.camelb2.client.api.ClientListener;

import static org.assertj.core.api.Assertions.assertThat;

class TransferProgressTest {
    private final ManualTime time = new ManualTime();
    private final TransfersUnderWay underWay = new TransfersUnderWay();
    private final List<Long> told = new ArrayList<>();
    private final ClientListener listener = new ClientListener() {
        @Override
        public void onProgress(long transfer, String fileName, long bytes, long total) {
            told.add(bytes);
        }
    };

    @Test
    void aTransferInNoTimeIsToldOncePerPercent() {
        TransferProgress progress = progress(1_000_000);
        for (int i = 0; i < 1_000_000; i++) {
            progress.add(1);
        }
        progress.end();

        assertThat(told).hasSize(100).startsWith(10_000L, 20_000L).endsWith(1_000_000L);
    }

    @Test
    void aTransferOfUnknownLengthIsToldOncePerSecond() {
        TransferProgress progress = progress(-1);
        for (int i = 0; i < 10_000; i++) {
            time.pass(Duration.ofMillis(1));
            progress.add(7);
        }
        progress.end();

        assertThat(told).hasSize(10).startsWith(7_000L).endsWith(70_000L);
    }

    @Test
    void aSlowTransferIsToldOncePerSecondBetweenTwoPercents() {
        TransferProgress progress = progress(1_000_000);
        for (int i = 0; i < 50; i++) {
            time.pass(Duration.ofMillis(100));
            progress.add(1);
        }

        assertThat(told).containsExactly(10L, 20L, 30L, 40L, 50L);
    }

    @Test
    void whatIsSentAgainIsTakenBack() {
        TransferProgress progress = progress(100);
        progress.add(60);
        progress.add(-60);
        progress.add(60);
        progress.add(40);
        progress.end();

        assertThat(told).containsExactly(60L, 0L, 60L, 100L);
    }

    @Test
    void anEmptyFileIsToldOnce() {
        progress(0).end();

        assertThat(told).containsExactly(0L);
    }

    @Test
    void aListenerThatFailsDoesNotFailTheTransfer() {
        ClientListener broken = new ClientListener() {
            @Override
            public void onProgress(long transfer, String fileName, long bytes, long total) {
                throw new IllegalStateException("no room for it");
            }
        };
        TransferProgress progress = new TransferProgress(broken, time, 1, "a", 10, underWay);

        progress.add(10);
        progress.end();
    }

    @Test
    void aTransferIsUnderWayUntilItIsClosedAndTellsItsRateAndTheTimeThatIsLeft() {
        TransferProgress progress = progress(100);
        assertThat(underWay.now().get(0).timeLeft()).isEmpty();
        time.pass(Duration.ofSeconds(2));
        progress.add(40);

        TransferState state = underWay.now().get(0);
        assertThat(state).isEqualTo(new TransferState(1, "a", 40, 100, Duration.ofSeconds(2)));
        assertThat(state.bytesPerSecond()).isEqualTo(20);
        assertThat(state.timeLeft()).contains(Duration.ofSeconds(3));

        progress.close();
        assertThat(underWay.now()).isEmpty();
    }

    @Test
    void nobodyKnowsWhatIsLeftOfATransferWithoutEnd() {
        TransferProgress progress = new TransferProgress(ClientListener.NONE, time, 1, "a", -1, underWay);
        time.pass(Duration.ofSeconds(1));
        progress.add(7);

        assertThat(underWay.now().get(0).bytesPerSecond()).isEqualTo(7);
        assertThat(underWay.now().get(0).timeLeft()).isEmpty();
    }

    @Test
    void transfersThatNobodyEndsDoNotFillTheMemory() {
        for (int i = 0; i < 1_500; i++) {
            progress(1);
        }

        assertThat(underWay.now()).hasSize(1_000);
    }

    private TransferProgress progress(long total) {
        return new TransferProgress(listener, time, 1, "a", total, underWay);
    }
}
