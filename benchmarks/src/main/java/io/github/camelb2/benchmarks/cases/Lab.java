// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.camelb2.benchmarks.Scale;
import io.github.camelb2.benchmarks.process.Account;
import io.github.camelb2.benchmarks.process.ChildProcess;
import io.github.camelb2.benchmarks.process.Emulator;
import io.github.camelb2.benchmarks.process.Measurement;
import io.github.camelb2.benchmarks.process.Processors;
import io.github.camelb2.benchmarks.report.Quietness;
import io.github.camelb2.benchmarks.report.Samples;

/** Where a case is measured: its figures, its directory, and the one way to run clients. Not thread-safe: one thing at a time is measured. */
public final class Lab {

    private final Scale scale;
    private final int rounds;
    private final Path work;
    private final PrintStream progress;
    private final Quietness quietness = new Quietness();
    private final List<Emulator> emulators = new ArrayList<>();

    /**
     * A lab whose directory is empty and stays the caller's.
     *
     * @param rounds how often each client does each thing that is compared
     * @param progress gets one line per run
     */
    public Lab(Scale scale, int rounds, Path work, PrintStream progress) {
        this.scale = scale;
        this.rounds = rounds;
        this.work = work;
        this.progress = progress;
    }

    Scale scale() {
        return scale;
    }

    int rounds() {
        return rounds;
    }

    Path work() {
        return work;
    }

    /** A new emulator with these options and those of the scale, which the caller closes. */
    Emulator emulator(List<String> options) throws IOException {
        List<String> all = new ArrayList<>(scale.emulatorOptions());
        all.addAll(options);
        Emulator started = Emulator.start(work, all);
        emulators.add(started);
        return started;
    }

    /** What one client does in one round, and what is looked at and put away afterwards, unmeasured. */
    interface Turn {

        List<String> task(Client client, int round) throws Exception;

        default void after(Client client, int round) throws Exception {}
    }

    /**
     * Lets the clients do their tasks in turns: A B A B and so on, so that what else the machine does hits all alike.
     *
     * @return the runs of each client, in the order of the clients
     */
    List<Samples> inTurns(String phase, List<Client> clients, int rounds, Account account, Turn turn) throws Exception {
        List<Samples> samples = clients.stream()
                .map(client -> new Samples(phase, client.name()))
                .toList();
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < clients.size(); i++) {
                Client client = clients.get(i);
                samples.get(i).add(run(phase, client, account, turn.task(client, round)));
                turn.after(client, round);
            }
        }
        return samples;
    }

    /** One round that is not counted: afterwards the emulator's JVM and the disk cache are warm. A smoke run does without. */
    void warmUp(List<Client> clients, Account account, Turn turn) throws Exception {
        if (scale != Scale.SMOKE) {
            inTurns("warm-up", clients, 1, account, turn);
        }
    }

    /** What it costs these clients to start, to log in and to stop. */
    List<Samples> idle(List<Client> clients, Account account) throws Exception {
        return inTurns("idle", clients, rounds, account, (client, round) -> List.of("idle"));
    }

    private Measurement run(String phase, Client client, Account account, List<String> task)
            throws IOException, InterruptedException {
        if (scale != Scale.SMOKE) {
            // A client that waits for the disk must not pay for one that does not.
            Disk.await();
        }
        Processors before = Processors.now();
        double serverBefore = emulatorSeconds();
        Measurement run = new ChildProcess(work).run(client.command(task), client.environment(account));
        Processors after = Processors.now();
        quietness.add(
                after.all() - before.all(),
                after.busy() - before.busy(),
                run.cpuSeconds(),
                emulatorSeconds() - serverBefore,
                after.itself() - before.itself());
        progress.printf(
                "  %-14s %-12s wall %.2f s, CPU %.2f s %s%n",
                phase,
                client.name(),
                run.wallSeconds(),
                run.cpuSeconds(),
                run.figures().isEmpty() ? "" : run.figures());
        return run;
    }

    /** Who else used the processors while the clients of this lab ran. */
    public Quietness quietness() {
        return quietness;
    }

    private double emulatorSeconds() throws IOException {
        double seconds = 0;
        for (Emulator emulator : emulators) {
            seconds += emulator.cpuSeconds();
        }
        return seconds;
    }
}
