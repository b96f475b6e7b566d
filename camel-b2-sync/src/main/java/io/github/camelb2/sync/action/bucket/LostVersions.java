// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.bucket;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.bucket.LifecycleRule;
import io.github.camelb2.client.retry.CallSettings;
import io.github.camelb2.sync.action.Location;

/**
 * What a bucket cannot show any more of a time: what its lifecycle rules may have deleted since. B2 keeps no record of
 * what they deleted, so this tells what may be missing, and which names have nothing but later versions. Filled by the
 * thread that lists, read by any.
 */
final class LostVersions {
    private final Instant time;
    private final List<LifecycleRule> rules;
    private final Instant now;
    /** Why the rules are not known; empty when they are. */
    private final String unknown;

    private long names;
    private String first = "";

    private LostVersions(Instant time, List<LifecycleRule> rules, Instant now, String unknown) {
        this.time = time;
        this.rules = rules;
        this.now = now;
        this.unknown = unknown;
    }

    /** Asks for the rules of the bucket, once. */
    static LostVersions of(B2Client client, Location.Bucket place, Instant time, CallSettings calls) {
        try {
            List<LifecycleRule> rules =
                    client.call(ListBuckets.of().withBucketName(place.name()), calls).buckets().stream()
                            .map(Bucket::lifecycleRules)
                            .flatMap(List::stream)
                            .toList();
            Instant now = client.serviceClock().instant();
            return new LostVersions(
                    time,
                    rules.stream()
                            .filter(rule -> mayHaveDeleted(rule, place, time, now))
                            .toList(),
                    now,
                    "");
        } catch (B2Exception e) {
            return new LostVersions(time, List.of(), time, String.valueOf(e.getMessage()));
        }
    }

    /** Whether something that was current then may be so long superseded by now that the rule has deleted it. */
    private static boolean mayHaveDeleted(LifecycleRule rule, Location.Bucket place, Instant time, Instant now) {
        Integer days = rule.daysFromHidingToDeleting();
        boolean isHere = rule.fileNamePrefix().startsWith(place.prefix())
                || place.prefix().startsWith(rule.fileNamePrefix());
        return days != null && isHere && time.plus(Duration.ofDays(days)).isBefore(now);
    }

    /** A name has versions, and none that was there then. */
    synchronized void onlyLater(String name) {
        if (rules.stream().anyMatch(rule -> name.startsWith(rule.fileNamePrefix()))) {
            first = names == 0 ? name : first;
            names++;
        }
    }

    /** What to tell the user; empty where the rules can have deleted nothing that was current then. */
    synchronized Optional<String> trouble() {
        if (!unknown.isEmpty()) {
            return Optional.of("whether lifecycle rules have deleted what was current at " + time
                    + " is not known, because they cannot be read: " + unknown);
        }
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        String counted = names == 0 ? "" : " " + names + " names have later versions only, first: " + first + ".";
        return Optional.of("some of what was current at " + time + " may be missing: "
                + rules.stream().map(this::describe).collect(Collectors.joining(", ")) + "." + counted
                + " Names of which nothing is left cannot be counted");
    }

    private String describe(LifecycleRule rule) {
        int days = Objects.requireNonNull(rule.daysFromHidingToDeleting());
        String where = rule.fileNamePrefix().isEmpty() ? "of the bucket" : "for \"" + rule.fileNamePrefix() + "\"";
        return "a lifecycle rule " + where + " deletes versions " + days
                + " days after they were replaced or hidden, so those are gone that were so before "
                + now.minus(Duration.ofDays(days));
    }
}
