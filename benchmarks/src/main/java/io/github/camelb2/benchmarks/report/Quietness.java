// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** Who else used the processors while clients were measured, and whether that spoils the figures. Not thread-safe. */
public final class Quietness {
    private static final double QUIET = 0.05;
    private static final double MUCH = 0.25;

    private double all;
    private double others;
    private double clients;
    private double server;

    /**
     * One run of one client.
     *
     * @param all    processor seconds that the machine had meanwhile
     * @param busy   those in which it worked
     * @param client those of the client
     * @param server those of the emulator
     * @param itself those of the benchmark
     */
    public void add(double all, double busy, double client, double server, double itself) {
        this.all += all;
        this.others += Math.max(0, busy - client - server - itself);
        this.clients += client;
        this.server += server;
    }

    /** The part of the machine's processors that went to nobody who was measured. */
    public double othersShare() {
        return all == 0 ? 0 : others / all;
    }

    /** The emulator's processor time in terms of the clients'. */
    public double serverShare() {
        return clients == 0 ? 0 : server / clients;
    }

    /** What a reader of the figures has to know. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        notes.add("others took %.0f %% of the processors while clients ran: %s"
                .formatted(
                        100 * othersShare(),
                        othersShare() <= QUIET ? "quiet" : "NOT QUIET, compare pairs, not seconds"));
        if (serverShare() > MUCH) {
            notes.add(("the emulator took %.2f x the clients' processor time, more than a quarter: wall times are"
                            + " bounded by it as well, CPU is not")
                    .formatted(serverShare()));
        }
        return notes;
    }
}
