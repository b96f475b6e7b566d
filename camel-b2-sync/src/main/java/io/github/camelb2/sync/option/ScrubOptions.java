// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.ByteSize;
import io.github.camelb2.sync.B2SyncConfiguration;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.SyncJob;
import io.github.camelb2.sync.scrub.FileScrubMemory;
import io.github.camelb2.sync.scrub.JdbcScrubMemory;
import io.github.camelb2.sync.scrub.ScrubMemory;
import io.github.camelb2.sync.scrub.ScrubSettings;

/** How {@code mode=scrub} reads a bucket. */
final class ScrubOptions {
    private ScrubOptions() {}

    /**
     * Reads the options.
     *
     * @param job  of the run, which changes nothing where it is dry
     * @param file the scrubFile, judged
     * @throws IllegalArgumentException if one cannot work
     */
    static ScrubSettings of(B2SyncConfiguration options, SyncJob job, Optional<Path> file) {
        @Nullable DataSource source = options.getScrubDataSource();
        String bytes = options.getScrubBytes();
        Optional<BigDecimal> cost = Optional.ofNullable(options.getScrubCost()).map(ScrubOptions::money);
        boolean isOfPast = !(job.destination() instanceof Location.Bucket)
                && job.source() instanceof Location.Bucket bucket
                && bucket.asOf() != null;
        if (isOfPast) {
            throw ofPast();
        }
        if (file.isPresent() && source != null) {
            throw new IllegalArgumentException(
                    "Options scrubFile and scrubDataSource are both set: one of them remembers what was read");
        }
        boolean isBounded = bytes != null || cost.isPresent();
        if (isBounded && file.isEmpty() && source == null) {
            throw new IllegalArgumentException(
                    "Options scrubBytes and scrubCost need scrubFile or scrubDataSource, which"
                            + " remembers what was read; without it, every run would read the same again");
        }
        long mostBytes = bytes == null ? Long.MAX_VALUE : ByteSize.parse("scrubBytes", bytes);
        if (mostBytes == 0) {
            throw new IllegalArgumentException(
                    "Option scrubBytes=" + bytes + " cannot be: no run would ever read anything; write a size above 0");
        }
        if (options.getScrubEvery() < 1) {
            throw new IllegalArgumentException(
                    "Option scrubEvery=" + options.getScrubEvery() + " cannot be: write a time, as 30d");
        }
        return new ScrubSettings(
                Duration.ofMillis(options.getScrubEvery()),
                mostBytes,
                cost,
                options.isRepair() && job.mode() == SyncReport.Mode.REAL
                        ? ScrubSettings.Repair.FROM_SECOND_SIDE
                        : ScrubSettings.Repair.NEVER,
                place -> {
                    if (file.isPresent()) {
                        return new FileScrubMemory(file.get(), place);
                    }
                    return source == null ? ScrubMemory.NONE : new JdbcScrubMemory(source, place);
                });
    }

    static IllegalArgumentException ofPast() {
        return new IllegalArgumentException(
                "Option asOf cannot be with mode=scrub, which reads all versions that there are: take it away");
    }

    private static BigDecimal money(String text) {
        try {
            BigDecimal amount = new BigDecimal(text.trim());
            if (amount.signum() > 0) {
                return amount;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(refusal(text), e);
        }
        throw new IllegalArgumentException(refusal(text));
    }

    private static String refusal(String text) {
        return "Option scrubCost=" + text
                + " cannot be: write an amount above 0 in the currency of the prices, as 0.50";
    }
}
