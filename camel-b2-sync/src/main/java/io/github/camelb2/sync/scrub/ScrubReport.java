// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.time.Duration;
import java.util.List;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.client.cost.Cost;
import io.github.camelb2.sync.plan.actions.ShownText;

/**
 * What a scrub found.
 *
 * @param runId         names the run
 * @param name          the name of the endpoint
 * @param place         what was read, as the user writes it
 * @param took          how long it took
 * @param versions      versions with content that are there, as far as was listed
 * @param good          versions that were read in this run and hold what their digest says
 * @param bytes         bytes of those
 * @param earlier       versions that were found good earlier in this pass
 * @param left          versions that were listed and have their turn in a later run, because a budget or the time was used
 *                      up
 * @param withoutDigest versions of which B2 keeps no digest, so that nobody can tell
 * @param damagedCount  versions that are damaged or cannot be read and were not repaired
 * @param repairedCount versions that were stored again
 * @param damage        the first {@link #MAX_LISTED} of both
 * @param stopped       why the listing ended before its end, so that the next run goes on there; empty if it did not
 * @param trouble       why the run did not come to its end; empty if it did
 * @param bill          what B2 bills for it
 * @param cost          what that costs at most
 */
public record ScrubReport(
        String runId,
        String name,
        String place,
        Duration took,
        long versions,
        long good,
        long bytes,
        long earlier,
        long left,
        long withoutDigest,
        long damagedCount,
        long repairedCount,
        List<Damage> damage,
        String stopped,
        String trouble,
        Bill bill,
        Cost cost) {
    /** How many versions a report lists; it counts the others. */
    public static final int MAX_LISTED = 1_000;

    /** Copies the list. */
    public ScrubReport {
        damage = List.copyOf(damage);
    }

    /** Whether nothing is damaged as far as was read, and the run came to its end; a budget that is used up is an end. */
    public boolean isGood() {
        return damagedCount == 0 && trouble.isEmpty();
    }

    /** Whether every version that has a digest was read in this pass. */
    public boolean isPassComplete() {
        return trouble.isEmpty() && stopped.isEmpty() && left == 0;
    }

    /** One line for people. */
    public String summary() {
        String text =
                "scrub " + name + " of " + place + ": " + versions + " versions, " + good + " read and good (" + bytes
                        + " bytes), " + earlier + " read earlier, " + left + " left for later, " + withoutDigest
                        + " without a digest, " + damagedCount + " damaged, " + repairedCount + " repaired; " + bill
                        + ", at most " + cost
                        + (stopped.isEmpty() ? "" : "; the next run goes on, because " + stopped);
        return ShownText.of(trouble.isEmpty() ? text : text + "; not finished: " + trouble);
    }

    @Override
    public String toString() {
        return summary();
    }
}
