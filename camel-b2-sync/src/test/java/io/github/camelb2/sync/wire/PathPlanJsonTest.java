// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.SyncAction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class PathPlanJsonTest {
    private static final String UPLOAD =
            "{\"version\":2,\"runId\":\"r\",\"planId\":7,\"path\":\"a\",\"stage\":\"TRANSFER\",\"after\":0,\"seenMillis\":0,\"expected\":{},"
                    + "\"actions\":[{\"action\":\"upload\",\"size\":3,\"modifiedMillis\":5}],\"problems\":[]}";

    @Test
    void planReadsLikeThis() {
        PathPlan plan =
                new PathPlan("r", 7, "a", new Expected.Nothing(), List.of(new SyncAction.Upload("a", 3, 5)), List.of());

        assertThat(PathPlanJson.write(plan)).isEqualTo(UPLOAD);
        assertThat(PathPlanJson.read(UPLOAD)).isEqualTo(plan);
    }

    @ParameterizedTest
    @MethodSource("plans")
    void planComesBackAsItWent(PathPlan plan) {
        assertThat(PathPlanJson.read(PathPlanJson.write(plan))).isEqualTo(plan);
    }

    static Stream<PathPlan> plans() {
        return Stream.of(
                plan(new Expected.Nothing(), new SyncAction.Rename("ü/😀", "old ü", "id", 9, 5, "ab", "7@now")),
                plan(new Expected.Nothing(), new SyncAction.Rename("ü/😀", "old", "id", 9, 5, "", "")),
                plan(new Expected.Newest("4_z"), new SyncAction.IncrementalUpload("ü/😀", 9, -5, "base", 4, "ab")),
                plan(
                        new Expected.LocalCopy(3, 4),
                        new SyncAction.Download("ü/😀", "id", 9, 5),
                        new SyncAction.DeleteLocal("ü/😀", 3, 4)),
                plan(
                        new Expected.Newest("4_z"),
                        new SyncAction.Copy("ü/😀", "id", 9, 5, SyncAction.Copy.Metadata.TIME_ADDED),
                        new SyncAction.Hide("ü/😀"),
                        new SyncAction.Delete("ü/😀", "id2", SyncAction.Delete.Note.HIDE_MARKER)),
                new PathPlan(
                        "run",
                        3,
                        "p",
                        new Expected.Nothing(),
                        List.of(),
                        List.of(new Problem("p", Problem.Kind.SCAN_BROKEN, "line\nbreak"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version\":2    | version\":1     | version 1",
                "runId\":\"r\"  | runId\":5       | \"runId\"",
                "planId\":7     | planId\":\"x\"  | \"planId\"",
                "\"upload\"     | \"rmdir\"       | rmdir",
                "size\":3       | size\":-1       | \"size\"",
                "size\":3       | size\":1.5      | \"size\"",
                "\"path\":\"a\",| ''              | \"path\"",
                "problems\":[]  | problems\":[]]  | not the JSON of a path plan",
                "\"planId\":7   | \"planId\":7,\"planId\":8 | not the JSON of a path plan"
            })
    void whatIsNoPlanIsRefusedByName(String from, String to, String message) {
        assertThatThrownBy(() -> PathPlanJson.read(UPLOAD.replace(from, to)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void spoolGivesBackEverythingInOrderWhateverItsSize() {
        try (FileSpool spool = new FileSpool()) {
            List<PathPlan> plans = new ArrayList<>();
            for (int i = 0; i < 2_500; i++) {
                PathPlan plan = new PathPlan(
                        "r", i, "p" + i, new Expected.Newest("v"), List.of(new SyncAction.Hide("p" + i)), List.of());
                plans.add(plan);
                spool.add(plan);
            }

            List<PathPlan> drained = new ArrayList<>();
            Iterator<PathPlan> drain = spool.drain();
            drain.forEachRemaining(drained::add);

            assertThat(drained).isEqualTo(plans);
        }
    }

    /** On Windows the file has a name as long as it is open, and is deleted by the system when the process is killed. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void spoolHasNoFileThatAKilledProcessCouldLeave() throws Exception {
        Set<Path> before = spoolFiles();
        try (FileSpool spool = new FileSpool()) {
            for (int i = 0; i < 2_500; i++) {
                spool.add(plan(new Expected.Newest("v"), new SyncAction.Hide("p" + i)));
            }

            // Another process may have one for the moment that it takes to make it nameless.
            await().untilAsserted(() -> assertThat(before).containsAll(spoolFiles()));
        }
    }

    private static Set<Path> spoolFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".plans"))
                    .collect(Collectors.toSet());
        }
    }

    private static PathPlan plan(Expected expected, SyncAction... actions) {
        return new PathPlan("run", 1, actions[0].path(), expected, List.of(actions), List.of());
    }
}
