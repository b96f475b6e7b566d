// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.actions.SyncRun;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.RemoteVersion.Kind;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.item.ScanItem.LocalFile;
import io.github.camelb2.sync.plan.item.ScanItem.RemoteFile;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

/** Words for the tables: files with versions so many days old, and the lines that a plan comes to. */
final class Given {
    static final long DAY = 86_400_000L;
    static final long NOW = 20_000 * DAY;
    static final SyncRun RUN = new SyncRun("run-1", NOW);

    private Given() {}

    /** One version in a table: its time, or the time it was hidden. */
    record At(long millis, Kind kind) {}

    static At daysAgo(double days) {
        return new At(NOW - Math.round(days * DAY), Kind.UPLOAD);
    }

    static At hiddenDaysAgo(double days) {
        return new At(NOW - Math.round(days * DAY), Kind.HIDE);
    }

    static At at(long millis) {
        return new At(millis, Kind.UPLOAD);
    }

    static RemoteFile b2(String path, At... newestFirst) {
        List<RemoteVersion> versions = new ArrayList<>();
        for (At version : newestFirst) {
            versions.add(version(path, versions.size(), version, 10, ""));
        }
        return new RemoteFile(path, versions);
    }

    static RemoteFile b2(String path, At time, long size, String sha1) {
        return new RemoteFile(path, List.of(version(path, 0, time, size, sha1)));
    }

    private static RemoteVersion version(String path, int index, At time, long size, String sha1) {
        boolean hidden = time.kind() == Kind.HIDE;
        return new RemoteVersion(
                "id_" + path + "_" + index, time.kind(), hidden ? 0 : size, time.millis(), time.millis(), sha1);
    }

    static LocalFile local(String path, At time) {
        return local(path, time, 10);
    }

    static LocalFile local(String path, At time, long size) {
        return new LocalFile(path, size, time.millis());
    }

    static SyncPolicy up() {
        return SyncPolicy.of(Direction.LOCAL_TO_B2);
    }

    static SyncPolicy down() {
        return SyncPolicy.of(Direction.B2_TO_LOCAL);
    }

    static SyncPolicy across() {
        return SyncPolicy.of(Direction.B2_TO_B2);
    }

    /** The source never ends up empty by accident: one file that is the same on both sides, last in order. */
    static List<PathPlan> plans(List<? extends ScanItem> source, List<? extends ScanItem> destination, SyncPolicy p) {
        return drain(SyncPlanner.plan(source.iterator(), destination.iterator(), p, RUN));
    }

    static List<PathPlan> drain(Iterator<PathPlan> plan) {
        List<PathPlan> plans = new ArrayList<>();
        plan.forEachRemaining(plans::add);
        return plans;
    }

    static List<String> lines(List<PathPlan> plans) {
        return plans.stream().flatMap(plan -> plan.lines().stream()).toList();
    }

    static List<Problem> problems(List<PathPlan> plans) {
        return plans.stream().flatMap(plan -> plan.problems().stream()).toList();
    }

    /** Which versions a plan deletes or hides, as their ids. */
    static Stream<SyncAction> destructive(List<PathPlan> plans) {
        return plans.stream().flatMap(plan -> plan.actions().stream()).filter(action -> action.kind()
                .isDestructive());
    }
}
