// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.item.PathOrder;
import io.github.camelb2.sync.plan.item.Reach;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.RemoteVersion.Kind;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.NewerFileMode;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

import static io.github.camelb2.sync.plan.Given.NOW;
import static io.github.camelb2.sync.plan.Given.RUN;
import static org.assertj.core.api.Assertions.assertThat;

/** What holds for any tree, any version history and any policy. */
class PlanPropertiesTest {
    private static final List<String> NAMES =
            List.of("a", "a b/c", "a-", "a/b", "a/b/c", "a/c", "a0", "b", "d/é", "d/\uFFFD", "d/😀", "e");

    /** A destination in a bucket: names to versions, newest first; actions can be applied to it. */
    static final class Bucket {
        private final TreeMap<String, List<RemoteVersion>> names = new TreeMap<>(PathOrder.COMPARATOR);
        private int lastId;

        Bucket(Map<String, List<RemoteVersion>> names) {
            names.forEach((name, versions) -> this.names.put(name, new ArrayList<>(versions)));
        }

        List<ScanItem> scan() {
            return names.entrySet().stream()
                    .filter(entry -> !entry.getValue().isEmpty())
                    .map(entry -> (ScanItem) new ScanItem.RemoteFile(entry.getKey(), entry.getValue()))
                    .toList();
        }

        boolean shows(String name) {
            List<RemoteVersion> versions = names.getOrDefault(name, List.of());
            return !versions.isEmpty() && !versions.get(0).isHideMarker();
        }

        Map<String, Long> visibleTimes() {
            return names.keySet().stream()
                    .filter(this::shows)
                    .collect(Collectors.toMap(
                            name -> name, name -> names.get(name).get(0).modifiedMillis()));
        }

        void apply(SyncAction action) {
            List<RemoteVersion> versions = names.computeIfAbsent(action.path(), name -> new ArrayList<>());
            if (action instanceof SyncAction.Upload upload) {
                versions.add(0, version(Kind.UPLOAD, upload.bytes(), upload.modifiedMillis()));
            } else if (action instanceof SyncAction.Copy copy) {
                versions.add(0, version(Kind.UPLOAD, copy.bytes(), copy.modifiedMillis()));
            } else if (action instanceof SyncAction.Hide) {
                versions.add(0, version(Kind.HIDE, 0, NOW));
            } else if (action instanceof SyncAction.Delete delete) {
                assertThat(versions.removeIf(version -> version.fileId().equals(delete.fileId())))
                        .as("deletes something that exists")
                        .isTrue();
            } else {
                throw new AssertionError("not for a bucket: " + action);
            }
        }

        private RemoteVersion version(Kind kind, long size, long time) {
            return new RemoteVersion("new_" + ++lastId, kind, size, time, NOW, "");
        }
    }

    /** A destination on a disk: names to times; actions can be applied to it. */
    private record Directory(TreeMap<String, Long> times) {
        Directory(List<ScanItem> files) {
            this(new TreeMap<>(PathOrder.COMPARATOR));
            files.forEach(file -> times.put(file.path(), ((ScanItem.LocalFile) file).modifiedMillis()));
        }

        List<ScanItem> scan() {
            List<ScanItem> files = new ArrayList<>();
            times.forEach((name, time) -> files.add(new ScanItem.LocalFile(name, 10, time)));
            return files;
        }

        void apply(SyncAction action) {
            if (action instanceof SyncAction.Download download) {
                times.put(download.path(), download.modifiedMillis());
            } else if (action instanceof SyncAction.DeleteLocal delete) {
                assertThat(times.remove(delete.path()))
                        .as("deletes the file that was planned")
                        .isEqualTo(delete.modifiedMillis());
            } else {
                throw new AssertionError("not for a directory: " + action);
            }
        }
    }

    @Property
    void appliedPlanMakesTheDestinationEqualTheSource(
            @ForAll("localTree") List<ScanItem> source,
            @ForAll("histories") Map<String, List<RemoteVersion>> before,
            @ForAll("policies") SyncPolicy policy) {
        Bucket bucket = new Bucket(before);

        plan(source, bucket, policy).forEach(plan -> plan.actions().forEach(bucket::apply));

        Map<String, Long> wanted = source.stream()
                .map(ScanItem.LocalFile.class::cast)
                .collect(Collectors.toMap(ScanItem.LocalFile::path, ScanItem.LocalFile::modifiedMillis));
        assertThat(bucket.visibleTimes()).containsAllEntriesOf(wanted);
        if (policy.keepMode() != KeepMode.NO_DELETE) {
            assertThat(bucket.visibleTimes()).isEqualTo(wanted);
        }
        if (policy.keepMode() == KeepMode.DELETE) {
            assertThat(bucket.names.values())
                    .allSatisfy(versions -> assertThat(versions).hasSizeLessThan(2));
        }
    }

    @Property
    void planningAgainGivesNothing(
            @ForAll("localTree") List<ScanItem> source,
            @ForAll("histories") Map<String, List<RemoteVersion>> before,
            @ForAll("policies") SyncPolicy policy) {
        Bucket bucket = new Bucket(before);
        plan(source, bucket, policy).forEach(plan -> plan.actions().forEach(bucket::apply));
        List<PathPlan> second = plan(source, bucket, policy);

        if (policy.keepMode() == KeepMode.KEEP_BEFORE_DELETE) {
            // A replacement with an old time makes what lies below it too old: as in b2sdk that shows one run later.
            assertThat(second)
                    .allSatisfy(plan -> assertThat(plan.actions()).hasOnlyElementsOfType(SyncAction.Delete.class));
            second.forEach(plan -> plan.actions().forEach(bucket::apply));
            second = plan(source, bucket, policy);
        }

        assertThat(Given.lines(second)).isEmpty();
    }

    @Property
    void noCutThroughAPlanLosesTheOnlyGoodVersionOfAPath(
            @ForAll("localTree") List<ScanItem> source,
            @ForAll("histories") Map<String, List<RemoteVersion>> before,
            @ForAll("policies") SyncPolicy policy) {
        List<PathPlan> plans = plan(source, new Bucket(before), policy);
        int actions = plans.stream().mapToInt(plan -> plan.actions().size()).sum();

        for (int cut = 0; cut <= actions; cut++) {
            Bucket bucket = new Bucket(before);
            Bucket untouched = new Bucket(before);
            plans.stream().flatMap(plan -> plan.actions().stream()).limit(cut).forEach(bucket::apply);
            for (ScanItem file : source) {
                if (untouched.shows(file.path())) {
                    assertThat(bucket.shows(file.path()))
                            .as("cut %d, %s", cut, file.path())
                            .isTrue();
                }
            }
        }
    }

    @Property
    void sourceThatBreaksAnywhereDeletesNothing(
            @ForAll("localTree") List<ScanItem> source,
            @ForAll("histories") Map<String, List<RemoteVersion>> before,
            @ForAll("policies") SyncPolicy policy,
            @ForAll @IntRange(max = 12) int whole) {
        List<ScanItem> broken = new ArrayList<>(source.subList(0, Math.min(whole, source.size())));
        broken.add(new ScanItem.Broken("", "gone"));

        assertThat(Given.destructive(plan(broken, new Bucket(before), policy))).isEmpty();
    }

    @Property
    void refusedTreeIsNeverTouched(
            @ForAll("localTree") List<ScanItem> source,
            @ForAll("histories") Map<String, List<RemoteVersion>> before,
            @ForAll("policies") SyncPolicy policy,
            @ForAll("refusals") ScanItem.Refused refused) {
        List<ScanItem> items = new ArrayList<>(source);
        items.removeIf(item -> item.path().equals(refused.path()) || item.path().startsWith(refused.path() + "/"));
        items.add(refused);
        items.sort((left, right) -> PathOrder.compare(left.sortKey(), right.sortKey()));

        List<PathPlan> plans = plan(items, new Bucket(before), policy);

        assertThat(plans)
                .noneMatch(plan -> !plan.actions().isEmpty()
                        && (plan.path().equals(refused.path()) || plan.path().startsWith(refused.path() + "/")));
    }

    @Property
    void bucketCopyBehavesAsAnUploadDoes(
            @ForAll("localTree") List<ScanItem> source,
            @ForAll("histories") Map<String, List<RemoteVersion>> before,
            @ForAll("policies") SyncPolicy policy) {
        List<ScanItem> asBucket = source.stream()
                .map(ScanItem.LocalFile.class::cast)
                .map(file -> (ScanItem) Given.b2(file.path(), Given.at(file.modifiedMillis())))
                .toList();
        SyncPolicy across = new SyncPolicy(
                Direction.B2_TO_B2,
                policy.compareMode(),
                policy.compareThreshold(),
                policy.newerFileMode(),
                policy.keepMode(),
                policy.keepDays(),
                policy.uploadMode(),
                policy.minimumPartSize(),
                policy.emptySource(),
                policy.excludedAtDestination(),
                policy.removals());

        List<String> copied = Given.lines(plan(asBucket, new Bucket(before), across));
        List<String> uploaded = Given.lines(plan(source, new Bucket(before), policy));

        assertThat(copied.stream().map(line -> line.split(" ")[0].replace("copy", "upload")))
                .containsExactlyElementsOf(
                        uploaded.stream().map(line -> line.split(" ")[0]).toList());
    }

    @Property
    void appliedPlanMakesTheDirectoryEqualTheBucketAndThenNothingIsLeftToDo(
            @ForAll("histories") Map<String, List<RemoteVersion>> source,
            @ForAll("localTree") List<ScanItem> before,
            @ForAll("downPolicies") SyncPolicy policy) {
        List<ScanItem> bucket = new Bucket(source).scan();
        Map<String, Long> wanted = new Bucket(source).visibleTimes();
        Directory directory = new Directory(before);

        planDown(bucket, directory, policy).forEach(plan -> plan.actions().forEach(directory::apply));

        if (wanted.isEmpty()) {
            // An empty source is a mistake, which takes nothing away.
            assertThat(directory).isEqualTo(new Directory(before));
            return;
        }
        assertThat(directory.times).containsAllEntriesOf(wanted);
        if (policy.keepMode() == KeepMode.DELETE) {
            assertThat(directory.times).isEqualTo(wanted);
        }
        assertThat(Given.lines(planDown(bucket, directory, policy))).isEmpty();
    }

    @Property
    void noCutThroughAPlanLosesALocalFileThatTheBucketShows(
            @ForAll("histories") Map<String, List<RemoteVersion>> source,
            @ForAll("localTree") List<ScanItem> before,
            @ForAll("downPolicies") SyncPolicy policy) {
        List<PathPlan> plans = planDown(new Bucket(source).scan(), new Directory(before), policy);
        Map<String, Long> shown = new Bucket(source).visibleTimes();
        Directory directory = new Directory(before);

        plans.stream().flatMap(plan -> plan.actions().stream()).forEach(action -> {
            directory.apply(action);
            assertThat(directory.times.keySet())
                    .containsAll(before.stream()
                            .map(ScanItem::path)
                            .filter(shown::containsKey)
                            .toList());
        });
    }

    @Property
    void bucketThatBreaksAnywhereDeletesNothing(
            @ForAll("histories") Map<String, List<RemoteVersion>> source,
            @ForAll("localTree") List<ScanItem> before,
            @ForAll("downPolicies") SyncPolicy policy,
            @ForAll @IntRange(max = 8) int whole) {
        List<ScanItem> broken = new ArrayList<>(new Bucket(source).scan());
        broken.subList(Math.min(whole, broken.size()), broken.size()).clear();
        broken.add(new ScanItem.Broken("", "gone"));

        assertThat(Given.destructive(planDown(broken, new Directory(before), policy)))
                .isEmpty();
    }

    private static List<PathPlan> planDown(List<ScanItem> source, Directory directory, SyncPolicy policy) {
        return Given.drain(SyncPlanner.plan(source.iterator(), directory.scan().iterator(), policy, RUN));
    }

    private static List<PathPlan> plan(List<ScanItem> source, Bucket bucket, SyncPolicy policy) {
        return Given.drain(SyncPlanner.plan(source.iterator(), bucket.scan().iterator(), policy, RUN));
    }

    @Provide
    Arbitrary<List<ScanItem>> localTree() {
        return Arbitraries.of(NAMES).set().ofMinSize(1).ofMaxSize(8).flatMap(names -> days().list()
                .ofSize(names.size())
                .map(times -> {
                    List<ScanItem> files = new ArrayList<>();
                    names.stream()
                            .sorted(PathOrder.COMPARATOR)
                            .forEach(name -> files.add(Given.local(name, Given.daysAgo(times.get(files.size())))));
                    return files;
                }));
    }

    @Provide
    Arbitrary<Map<String, List<RemoteVersion>>> histories() {
        Arbitrary<List<Given.At>> history = Combinators.combine(days(), Arbitraries.of(true, true, true, false))
                .as((day, upload) -> upload ? Given.daysAgo(day) : Given.hiddenDaysAgo(day))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        return Arbitraries.maps(Arbitraries.of(NAMES), history).ofMaxSize(8).map(map -> {
            Map<String, List<RemoteVersion>> versions = new TreeMap<>(PathOrder.COMPARATOR);
            map.forEach((name, times) -> versions.put(
                    name, Given.b2(name, times.toArray(new Given.At[0])).versions()));
            return versions;
        });
    }

    @Provide
    Arbitrary<SyncPolicy> policies() {
        SyncPolicy replace = Given.up().withNewerFileMode(NewerFileMode.REPLACE);
        return Arbitraries.of(
                replace,
                replace.withKeepMode(KeepMode.DELETE),
                replace.withKeepDays(0.5),
                replace.withKeepDays(2),
                replace.withKeepDays(20));
    }

    @Provide
    Arbitrary<SyncPolicy> downPolicies() {
        SyncPolicy replace = Given.down().withNewerFileMode(NewerFileMode.REPLACE);
        return Arbitraries.of(replace, replace.withKeepMode(KeepMode.DELETE));
    }

    @Provide
    Arbitrary<ScanItem.Refused> refusals() {
        // What reaches nothing is beside the synced names: nothing of theirs waits for it.
        Arbitrary<Reach> reaches = Arbitraries.of(Reach.values()).filter(it -> it != Reach.NOTHING);
        return Combinators.combine(Arbitraries.of("a", "a/b", "d", "a-", "x"), reaches)
                .as((path, reach) -> new ScanItem.Refused(path, reach, "no permission"));
    }

    private static Arbitrary<Integer> days() {
        return Arbitraries.integers().between(0, 9);
    }
}
