// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import io.github.camelb2.client.cost.CostModel;
import io.github.camelb2.client.transfer.plan.WorkerCount;
import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.run.limit.RunLimits;
import io.github.camelb2.sync.run.limit.TimeLimits;
import io.github.camelb2.sync.scan.ScanFilters;

/**
 * What one run is asked to do.
 *
 * @param name        the name of the endpoint
 * @param source      where files come from
 * @param destination where they go
 * @param policy      what decides
 * @param filters     which take part
 * @param workers     how many path plans are carried out at once
 * @param mode        whether anything is really done
 * @param outageTimeout how long B2 may be away before the run gives up
 * @param planTimeout how long the removals wait for plans that were given away and nobody has begun
 * @param trustsNow   whether the time of the run may be any time, and versions still go by their age
 * @param reportFile  gets every problem
 * @param stateFile   keeps what the directories of a local source looked like
 * @param limits      what it may use at most
 * @param time        when it may work, and what becomes of transfers under way when a limit ends it
 * @param transfers   how files are transferred
 * @param prices      turns what it used into money
 */
public record SyncJob(
        String name,
        Location source,
        Location destination,
        SyncPolicy policy,
        ScanFilters filters,
        WorkerCount workers,
        SyncReport.Mode mode,
        Duration outageTimeout,
        Duration planTimeout,
        boolean trustsNow,
        Optional<Path> reportFile,
        Optional<Path> stateFile,
        RunLimits limits,
        TimeLimits time,
        TransferRules transfers,
        CostModel prices) {

    /** How long B2 may be away before a run gives up, unless the user says otherwise. */
    public static final Duration OUTAGE_TIMEOUT = Duration.ofMinutes(5);

    /** How long a run waits for plans that it gave away and nobody has begun, unless the user says otherwise. */
    public static final Duration PLAN_TIMEOUT = Duration.ofMinutes(1);

    /** With that many workers, and defaults for what few set. */
    public SyncJob(
            String name,
            Location source,
            Location destination,
            SyncPolicy policy,
            ScanFilters filters,
            int workers,
            SyncReport.Mode mode) {
        this(
                name,
                source,
                destination,
                policy,
                filters,
                WorkerCount.of(workers),
                mode,
                OUTAGE_TIMEOUT,
                PLAN_TIMEOUT,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** Without limits, at the published prices. */
    public SyncJob(
            String name,
            Location source,
            Location destination,
            SyncPolicy policy,
            ScanFilters filters,
            WorkerCount workers,
            SyncReport.Mode mode,
            Duration outageTimeout,
            Duration planTimeout,
            boolean trustsNow,
            Optional<Path> reportFile,
            Optional<Path> stateFile) {
        this(
                name,
                source,
                destination,
                policy,
                filters,
                workers,
                mode,
                outageTimeout,
                planTimeout,
                trustsNow,
                reportFile,
                stateFile,
                RunLimits.NONE,
                TimeLimits.NONE,
                TransferRules.DEFAULT,
                CostModel.PUBLISHED);
    }

    /** The same with files that are transferred so. */
    public SyncJob withTransfers(TransferRules rules) {
        return new SyncJob(
                name,
                source,
                destination,
                policy,
                filters,
                workers,
                mode,
                outageTimeout,
                planTimeout,
                trustsNow,
                reportFile,
                stateFile,
                limits,
                time,
                rules,
                prices);
    }

    /** The same from another source. */
    public SyncJob withSource(Location other) {
        return new SyncJob(
                name,
                other,
                destination,
                policy,
                filters,
                workers,
                mode,
                outageTimeout,
                planTimeout,
                trustsNow,
                reportFile,
                stateFile,
                limits,
                time,
                transfers,
                prices);
    }

    /**
     * The direction between two places.
     *
     * @throws IllegalArgumentException if both are local, or one is part of the other
     */
    public static Direction direction(Location source, Location destination) {
        if (source instanceof Location.Bucket && destination instanceof Location.Bucket) {
            return Direction.B2_TO_B2;
        }
        if (source instanceof Location.Bucket) {
            return Direction.B2_TO_LOCAL;
        }
        if (destination instanceof Location.Bucket) {
            return Direction.LOCAL_TO_B2;
        }
        throw new IllegalArgumentException("source=" + source.text() + " and destination=" + destination.text()
                + " are both local: one has to be b2://bucket[/prefix]; for local copies use Camel's file component");
    }
}
