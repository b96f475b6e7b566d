// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.protection;

/**
 * How long new files of a bucket are locked.
 *
 * @param duration at least 1; with its unit at most 3,000 days
 * @param unit {@code days} or {@code years}
 */
public record RetentionPeriod(int duration, String unit) {
    public static RetentionPeriod days(int days) {
        return new RetentionPeriod(days, "days");
    }

    public static RetentionPeriod years(int years) {
        return new RetentionPeriod(years, "years");
    }
}
