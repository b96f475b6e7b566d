// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.benchmarks.Scale;
import io.github.camelb2.benchmarks.process.Account;
import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.process.Measurement;
import io.github.camelb2.benchmarks.report.Comparison;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PeersTest {

    @TempDir
    Path work;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "Processes are measured with what Linux says of them")
    void everyClientLogsInWhenItHasNothingElseToDo() throws Exception {
        Lab lab = new Lab(Scale.SMOKE, 1, work, System.err);
        List<Client> clients = Peers.forLargeFiles(lab, new Report("idle"), Client.CAMEL);

        try (Emulator emulator = lab.emulator(List.of())) {
            Account good = emulator.account();
            Account bad = new Account(good.url(), good.applicationKeyId(), "K000wrong", good.trustStore());
            lab.idle(clients, good);

            for (Client client : clients) {
                assertThatThrownBy(() -> lab.idle(List.of(client), bad))
                        .as(client.name() + " with a key that is wrong")
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(" ended with ");
            }
        }
    }

    @Test
    void theBestPeerIsTheQuickestWithoutItsIdleStart() {
        Samples ours = run("up", "ours", 3);
        // Three and a half seconds with its start, and four: but the work takes three, and two.
        Samples quickStart = run("up", "quick start", 3.5);
        Samples slowStart = run("up", "slow start", 4);

        Comparison best = new OneFile.Phase(
                        List.of(ours, quickStart, slowStart),
                        List.of(run("idle", "ours", 1), run("idle", "quick start", 0.5), run("idle", "slow start", 2)))
                .withBest();

        assertThat(best.theirs().client()).isEqualTo("slow start");
        assertThat(best.wall(1.0).value()).isEqualTo(1.0);
    }

    private static Samples run(String phase, String client, double seconds) {
        Samples samples = new Samples(phase, client);
        samples.add(new Measurement(seconds, seconds, 1 << 20, Map.of()));
        return samples;
    }
}
