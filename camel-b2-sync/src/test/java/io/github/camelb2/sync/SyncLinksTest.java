// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

/** What was moved behind a link that is not synced keeps its copy under the old name. */
@EnabledOnOs(OS.LINUX)
class SyncLinksTest extends SyncTestSupport {
    private static final String DELETE = "keepMode=delete";
    private static final String NO_TMP = "excludeRegex=RAW(.*tmp$)";

    private Path data;

    @BeforeEach
    void data() throws IOException {
        data = Files.createDirectories(temp.resolve("data/deep"));
        given("c", 400);
        given("a", 500);
        Files.createDirectories(source.resolve("d"));
    }

    /** The link has a name that is left out, or that B2 does not take, or leads out; to the file, or above it. */
    @ParameterizedTest
    @CsvSource({
        "b.tmp, deep/a, follow",
        "'d/\u0001', deep/a, follow",
        "'\u0001', deep, follow",
        "l.tmp, deep/a, followWithin",
        "l, '', followWithin",
        "l, deep/a, skip",
        "l, '', skip"
    })
    void whatMovedBehindALinkThatIsNotSyncedKeepsItsOldName(String link, String target, String mode) throws Exception {
        String[] options = {DELETE, NO_TMP, "symlinks=" + mode, "maxDelete=100"};
        given("gone", 300);
        trySync(source.toString(), bucketUri(), options);
        Files.move(source.resolve("a"), data.resolve("a"));
        Files.delete(source.resolve("gone"));
        Files.createSymbolicLink(source.resolve(link), data.getParent().resolve(target));

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), options);

        assertThat(report.withheld()).extracting(Withheld::cause).containsExactly("a");
        assertThat(bucketTree()).containsOnlyKeys("a", "c");
    }

    /** The log of yesterday moved behind the link, and today's took its name. */
    @Test
    void oldVersionThatMovedBehindALinkStays() throws Exception {
        String[] options = {DELETE, NO_TMP};
        given(source, "log", "AAAA", 500);
        sync(source.toString(), bucketUri(), options);
        Files.move(source.resolve("log"), data.resolve("log.1"));
        Files.createSymbolicLink(source.resolve("log.tmp"), data.resolve("log.1"));
        given(source, "log", "CCCCCC", 100);

        syncIncompletely(source.toString(), bucketUri(), options);

        assertThat(B2.emulator().state().versions(bucket)).hasSize(4);
    }

    /** What the link leads to cannot be looked at, so that anything may be there. */
    @ParameterizedTest
    @ValueSource(strings = {"b", "b.tmp"})
    void nothingGoesWhileALinkLeadsToWhatNobodyCanLookAt(String link) throws Exception {
        sync(source.toString(), bucketUri(), DELETE, NO_TMP);
        Files.delete(source.resolve("a"));
        Files.createSymbolicLink(source.resolve(link), Path.of("n".repeat(300)));

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, NO_TMP);

        assertThat(report.withheld()).hasSize(1);
        assertThat(bucketTree()).containsOnlyKeys("a", "c");
        // Whoever does not mean it to be synced says so.
        sync(source.toString(), bucketUri(), DELETE, NO_TMP, "excludeDirRegex=RAW(b)");
        assertThat(bucketTree()).containsOnlyKeys("c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deep", "deep/inside", "deep/a"})
    void nothingGoesWhileALinkLeadsToAPlaceWithoutPermission(String target) throws Exception {
        Files.createDirectories(data.resolve("inside"));
        Files.createSymbolicLink(source.resolve("l"), data.getParent().resolve(target));
        trySync(source.toString(), bucketUri(), DELETE);
        Files.move(source.resolve("a"), data.resolve("a"));
        Path closed = target.equals("deep/a") ? data.resolve("a") : data;
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(closed), "root may read everything");

            syncIncompletely(source.toString(), bucketUri(), DELETE);

            assertThat(bucketTree()).containsKeys("a", "c");
        } finally {
            Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** A directory that is left out by its name is nobody's to look into, with a link as without. */
    @ParameterizedTest
    @ValueSource(strings = {"follow", "skip"})
    void directoryThatIsLeftOutByItsNameShieldsNothing(String mode) throws Exception {
        String[] options = {DELETE, "symlinks=" + mode, "excludeDirRegex=RAW(l)"};
        sync(source.toString(), bucketUri(), options);
        Files.move(source.resolve("a"), data.resolve("a"));
        Files.createSymbolicLink(source.resolve("l"), data);

        sync(source.toString(), bucketUri(), options);

        assertThat(bucketTree()).containsOnlyKeys("c");
    }

    /** Links that lead nowhere hold nothing, and those that lead to each other end. */
    @Test
    void linksThatLeadNowhereOrToEachOtherShieldNothing() throws Exception {
        for (int i = 0; i < 9; i++) {
            Path directory = Files.createDirectories(data.resolve("x" + i));
            for (int j = 0; j < 9; j++) {
                Files.createSymbolicLink(directory.resolve("l" + j), data.resolve("x" + j));
            }
        }
        Files.createSymbolicLink(source.resolve("up"), data);
        Files.createSymbolicLink(source.resolve("nowhere"), temp.resolve("nothing"));
        Files.createSymbolicLink(source.resolve("itself"), source.resolve("itself"));
        sync(source.toString(), bucketUri(), DELETE, "symlinks=skip");
        Files.delete(source.resolve("a"));

        sync(source.toString(), bucketUri(), DELETE, "symlinks=skip");

        assertThat(bucketTree()).containsOnlyKeys("c");
    }
}
