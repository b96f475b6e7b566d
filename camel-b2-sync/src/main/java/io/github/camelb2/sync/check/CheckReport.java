// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.github.camelb2.client.cost.Bill;
import io.github.camelb2.sync.plan.actions.ShownText;

/**
 * What a check found.
 *
 * @param runId       names the run
 * @param name        the name of the endpoint
 * @param source      the source as the user writes it, with the time that it was read as of
 * @param destination the same of the destination
 * @param verify      how much was looked at
 * @param sample      of which names
 * @param conditions  the options that say which files are compared, and what of them, as the user has set them
 * @param started     when it began
 * @param took        how long it took
 * @param names       how many names have each verdict; verdicts that did not occur are absent
 * @param equalBy     of the equal ones, how many were found so by what
 * @param bytes       bytes of the names that are equal, on one side
 * @param read        of how many names on both sides contents or digests were looked at, as {@code verify} says
 * @param findings    the first {@link #MAX_LISTED} names that are not equal
 * @param notes       what was left out, and what of the past is lost; the first {@link #MAX_LISTED}
 * @param trouble     why the check did not come to its end; empty if it did
 * @param bill        what B2 bills for it
 */
public record CheckReport(
        String runId,
        String name,
        String source,
        String destination,
        Verify verify,
        Sample sample,
        SortedMap<String, String> conditions,
        Instant started,
        Duration took,
        Map<Verdict, Long> names,
        Map<Verify, Long> equalBy,
        long bytes,
        long read,
        List<Finding> findings,
        List<String> notes,
        String trouble,
        Bill bill) {
    /** How many names a report lists; it counts the others, and the files have them all. */
    public static final int MAX_LISTED = 1_000;

    /** Copies the collections. */
    public CheckReport {
        conditions = Collections.unmodifiableSortedMap(new TreeMap<>(conditions));
        names = Map.copyOf(names);
        equalBy = Map.copyOf(equalBy);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
    }

    /** How many names have that verdict. */
    public long count(Verdict verdict) {
        return names.getOrDefault(verdict, 0L);
    }

    /** Whether every name was looked at. */
    public boolean isComplete() {
        return trouble.isEmpty();
    }

    /** Whether both sides were read to their end and have the same names with the same content, as far as was looked. */
    public boolean isEqual() {
        return isComplete() && names.keySet().stream().allMatch(verdict -> verdict == Verdict.EQUAL);
    }

    /** One line for people. */
    public String summary() {
        StringBuilder text = new StringBuilder("check ").append(name).append(": ");
        text.append(isEqual() ? "the same" : isComplete() ? "not the same" : "not finished");
        for (Verdict verdict : Verdict.values()) {
            text.append(", ").append(count(verdict)).append(' ').append(verdict.word());
        }
        text.append(" (by ").append(verify.word());
        if (sample.share() < 1) {
            text.append(" of ").append(sample).append(", ").append(read).append(" read, else by metadata");
        }
        text.append(')');
        return isComplete()
                ? text.toString()
                : text.append("; ").append(ShownText.of(trouble)).toString();
    }

    @Override
    public String toString() {
        return summary();
    }
}
