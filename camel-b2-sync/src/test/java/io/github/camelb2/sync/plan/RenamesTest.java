// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.KeepMode;
import io.github.camelb2.sync.plan.policy.SyncPolicy;
import io.github.camelb2.sync.plan.policy.TrackRenames;
import io.github.camelb2.sync.plan.spool.LineSort;
import io.github.camelb2.sync.wire.SortedLines;

import static org.assertj.core.api.Assertions.assertThat;

/** Names that came are paired with names that vanished by what makes them the same, and by nothing else. */
class RenamesTest {
    private static final int MANY = Boolean.getBoolean("soak") ? 1_000_000 : 20_000;

    private static String sha1(int content) {
        return String.format("%040x", content);
    }

    private static ScanItem.RemoteFile remote(String path, int content, long size, long time) {
        return new ScanItem.RemoteFile(
                path,
                List.of(new RemoteVersion(
                        "id-" + path, RemoteVersion.Kind.UPLOAD, size, time, time, content < 0 ? "" : sha1(content))));
    }

    private static List<Renames.Arrived> all(Renames renames) {
        List<Renames.Arrived> found = new ArrayList<>();
        while (renames.hasNext()) {
            renames.next().ifPresent(found::add);
        }
        return found;
    }

    @ParameterizedTest
    @EnumSource(names = {"SHA1", "SIZE_AND_TIME"})
    void randomNamesArePairedAsAModelSays(TrackRenames mode) {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Map<String, Integer> contents = new HashMap<>();
            Renames renames = new Renames(
                    mode, LineSort::onHeap, file -> sha1(contents.get(file.path())), path -> "mark of " + path);
            Map<String, List<String>> gone = new TreeMap<>();
            Map<String, Integer> came = new TreeMap<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                int content = random.nextInt(5) - 1;
                long size = random.nextInt(3);
                long time = random.nextInt(3);
                renames.vanished(remote("gone" + i, content, size, time));
                if (size > 0 && (content >= 0 || mode == TrackRenames.SIZE_AND_TIME)) {
                    gone.computeIfAbsent(key(mode, size, content, time), key -> new ArrayList<>())
                            .add("gone" + i);
                }
            }
            Map<String, String> keys = new HashMap<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                int content = random.nextInt(4);
                long size = random.nextInt(3);
                long time = random.nextInt(3);
                contents.put("new" + i, content);
                boolean isHeld = renames.hold(new ScanItem.LocalFile("new" + i, size, time), i);
                assertThat(isHeld).isEqualTo(size > 0);
                if (isHeld) {
                    keys.put("new" + i, key(mode, size, content, time));
                    came.merge(keys.get("new" + i), 1, Integer::sum);
                }
            }

            List<Renames.Arrived> found = all(renames);

            assertThat(found)
                    .extracting(arrived -> arrived.file().path())
                    .containsExactlyInAnyOrderElementsOf(keys.keySet());
            for (Renames.Arrived arrived : found) {
                String path = arrived.file().path();
                List<String> possible = gone.getOrDefault(keys.get(path), List.of());
                boolean isOne = mode == TrackRenames.SHA1 || (possible.size() == 1 && came.get(keys.get(path)) == 1);
                if (possible.isEmpty() || !isOne) {
                    assertThat(arrived.action()).as(path + " of seed " + seed).isNull();
                } else {
                    assertThat(arrived.action()).as(path + " of seed " + seed).isNotNull();
                    assertThat(possible).contains(arrived.action().fromPath());
                    assertThat(arrived.action().fileId())
                            .isEqualTo("id-" + arrived.action().fromPath());
                    assertThat(arrived.action().mark()).isEqualTo(mode == TrackRenames.SHA1 ? "mark of " + path : "");
                    assertThat("new" + arrived.seenMillis()).isEqualTo(path);
                }
            }
            renames.close();
        }
    }

    private static String key(TrackRenames mode, long size, int content, long time) {
        return size + " " + (mode == TrackRenames.SHA1 ? content : time);
    }

    /** A broken listing keeps names, and stops nothing that is to be stored. */
    @Test
    void whatCameIsStoredAlsoWhereAScanBreaksOff() {
        SyncPlan plan = SyncPlanner.plan(
                List.of(new ScanItem.LocalFile("another", 6_000, 9), new ScanItem.LocalFile("came", 5, 9))
                        .iterator(),
                List.<ScanItem>of(remote("gone", 1, 5, 9), new ScanItem.Broken("gone", "no answer"))
                        .iterator(),
                SyncPolicy.of(Direction.LOCAL_TO_B2).withKeepMode(KeepMode.DELETE),
                Given.RUN,
                SyncPlanner.PlanSupport.DEFAULT.withRenames(TrackRenames.SHA1, file -> sha1(1)));
        List<String> lines = new ArrayList<>();
        List<Problem.Kind> problems = new ArrayList<>();
        while (plan.hasNext()) {
            PathPlan next = plan.next();
            lines.addAll(next.lines());
            next.problems().forEach(problem -> problems.add(problem.kind()));
        }

        assertThat(lines).containsExactlyInAnyOrder("upload another", "rename gone came");
        assertThat(problems).contains(Problem.Kind.SCAN_BROKEN);
        assertThat(plan.isScanned()).isFalse();
    }

    @Test
    void onlyFilesOfASizeThatVanishedAreRead() {
        List<String> read = new ArrayList<>();
        Renames renames = new Renames(
                TrackRenames.SHA1,
                LineSort::onHeap,
                file -> {
                    read.add(file.path());
                    if (file.path().equals("unreadable")) {
                        throw new IOException("no permission");
                    }
                    return sha1(1);
                },
                path -> "");
        renames.vanished(remote("gone", 1, 5, 0));
        for (String path : List.of("same", "unreadable")) {
            renames.hold(new ScanItem.LocalFile(path, 5, 0), 0);
        }
        renames.hold(new ScanItem.LocalFile("other", 6_000, 0), 0);

        List<Renames.Arrived> found = all(renames);

        assertThat(read).containsExactly("same", "unreadable");
        assertThat(found).filteredOn(arrived -> arrived.action() != null).hasSize(1);
        assertThat(found).hasSize(3);
        renames.close();
    }

    /** With a million, run with 128 MiB, this is what the manual tells. */
    @Test
    void manyNamesArePairedOutsideOfTheHeap() {
        Renames renames = new Renames(
                TrackRenames.SHA1,
                SortedLines::new,
                file -> sha1((int) (file.size() - 1)),
                path -> "12345678@2026-11-29T20:00:00Z");
        for (int i = 0; i < MANY; i++) {
            renames.vanished(remote("photos/2026/11/old directory/" + i + ".jpg", i, i + 1, i));
            renames.hold(new ScanItem.LocalFile("photos/archive/2026/" + i + ".jpg", i + 1, i), 0);
        }
        long pairs = 0;
        while (renames.hasNext()) {
            pairs += renames.next()
                            .filter(arrived -> arrived.action() != null
                                    && arrived.action()
                                            .fromPath()
                                            .endsWith("/" + (arrived.file().size() - 1) + ".jpg"))
                            .isPresent()
                    ? 1
                    : 0;
        }
        renames.close();

        assertThat(pairs).isEqualTo(MANY);
    }
}
