// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.planfile;

import java.time.Duration;
import java.time.Instant;

/**
 * What a plan was made for.
 *
 * @param runId       the run that made it
 * @param name        the name of its endpoint
 * @param created     when it began to look at both sides
 * @param source      the source as the user writes it
 * @param destination the same of the destination
 * @param scope       a digest of both places and of all filters
 * @param policy      what decided, for people and to be compared as a whole
 */
public record PlanHeader(
        String runId, String name, Instant created, String source, String destination, String scope, String policy) {
    /** Clocks differ, but not by this. */
    private static final Duration AHEAD = Duration.ofMinutes(15);

    /**
     * Checks that the plan may be carried out.
     *
     * @param own    what whoever carries it out would plan for: its name and time do not count
     * @param maxAge how old it may be
     * @param now    the time
     * @throws IllegalArgumentException if it was made for something else, or too long ago
     */
    public void check(PlanHeader own, Duration maxAge, Instant now) {
        if (!scope.equals(own.scope)) {
            throw new IllegalArgumentException("the plan was made for source=" + source + ", destination="
                    + destination + " and its filters, and this endpoint has source=" + own.source + ", destination="
                    + own.destination + " or other filters, so it is not carried out: give both the same options");
        }
        if (!policy.equals(own.policy)) {
            throw new IllegalArgumentException("the plan was made with " + policy + ", and this endpoint has "
                    + own.policy + ", so it is not carried out: give both the same options");
        }
        Duration age = Duration.between(created, now);
        if (age.compareTo(maxAge) > 0) {
            throw new IllegalArgumentException(
                    "the plan was made at " + created + ", which is longer ago than planMaxAge=" + maxAge
                            + " allows, so it is not carried out: make a new one");
        }
        if (age.plus(AHEAD).isNegative()) {
            throw new IllegalArgumentException("the plan was made at " + created + ", and here it is " + now
                    + ", so nobody knows how old it is, and it is not carried out: set the clocks");
        }
    }
}
