package io.github.camelb2.sync.run;

import io.github.camelb2.sync.action.Location;
import io.github.camelb2.sync.plan.Direction;
import io.github.camelb2.sync.plan.SyncPolicy;
import io.github.camelb2.sync.report.SyncReport;
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
 */
public record SyncJob(
        String name,
        Location source,
        Location destination,
        SyncPolicy policy,
        ScanFilters filters,
        int workers,
        SyncReport.Mode mode) {

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
