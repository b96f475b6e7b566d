// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.util.List;

import io.github.camelb2.benchmarks.report.Report;

/** One thing that is measured. */
public interface Case {

    /** All cases, in the order in which they run. */
    static List<Case> all() {
        return List.of(
                new WarmFiles(),
                SmallFiles.fromTheFirst(),
                SmallFiles.many(),
                SmallFiles.fromAfar(),
                SmallFiles.throughTls(),
                new RouteDownloads(),
                OneFile.unhashed(1),
                OneFile.unhashed(2),
                OneFile.atFullSpeed(1),
                OneFile.atFullSpeed(2),
                OneFile.throughTls(),
                new MediumFiles(),
                OneFile.overSlowConnections(),
                new Listing(),
                new FirstName(),
                SyncUp.withTen(20),
                SyncUp.withTen(0),
                SyncUp.asItComes(),
                new SyncDown(),
                new SyncChanges(SyncChanges.Kind.CHANGED),
                new SyncChanges(SyncChanges.Kind.REMOVED),
                new SyncChanges(SyncChanges.Kind.COPIED),
                new SyncNothingToDo(),
                new SyncWideDirectory(),
                new DynamicUris(),
                new ConsumerSweep(),
                new EmulatorStart());
    }

    /** The name on the command line. */
    String name();

    /** Measures, and leaves the lab's directory to be deleted. */
    Report measure(Lab lab) throws Exception;
}
