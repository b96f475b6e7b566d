// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.filter.Explanation;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.scan.disk.TemporaryNames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Directories without any entry, which a bucket knows only by a marker. */
@DisabledOnOs(OS.WINDOWS)
class SyncEmptyDirsTest extends SyncTestSupport {
    private static final String EMPTY = "preserve=mode,emptyDirs";
    private static final String DELETE = "keepMode=delete";

    @Test
    void emptyDirectoriesGoUpAsMarkersAndComeDownWithTheirModes() throws Exception {
        given("d/f", 100);
        empty(source, "d/empty");
        empty(source, "e/below/private");
        Files.setAttribute(source.resolve("e/below/private"), "unix:mode", 0700);
        empty(source, "e.x");

        sync(source.toString(), bucketUri(), EMPTY);
        SyncReport down = sync(bucketUri(), destination, EMPTY);

        assertThat(bucketTree())
                .containsOnlyKeys("d/f", "d/empty/.bzEmpty", "e/below/private/.bzEmpty", "e.x/.bzEmpty")
                .containsEntry("e.x/.bzEmpty", "");
        assertThat(down.isComplete()).isTrue();
        assertThat(names(destination)).isEqualTo(names(source));
        assertThat((Integer) Files.getAttribute(destination.resolve("e/below/private"), "unix:mode") & 0777)
                .isEqualTo(0700);
        assertThat(sync(source.toString(), bucketUri(), EMPTY, DELETE).actions())
                .isZero();
        assertThat(sync(bucketUri(), destination, EMPTY, DELETE).actions()).isZero();
    }

    @Test
    void markerGoesWhenItsDirectoryIsNoLongerEmptyOrVanishes() throws Exception {
        given("f", 100);
        empty(source, "filled");
        empty(source, "gone");
        sync(source.toString(), bucketUri(), EMPTY);
        sync(bucketUri(), destination, EMPTY);
        given("filled/x", 50);
        Files.delete(source.resolve("gone"));

        sync(source.toString(), bucketUri(), EMPTY, DELETE);
        assertThat(bucketTree()).containsOnlyKeys("f", "filled/x");
        sync(bucketUri(), destination, EMPTY, DELETE);

        assertThat(names(destination)).isEqualTo(names(source));
    }

    @Test
    void directoryThatBecameEmptyStaysAndOneOfFilesIsNeverRemoved() throws Exception {
        given("keep", 100);
        given("emptied/x", 100);
        given("another/y", 100);
        sync(source.toString(), bucketUri(), EMPTY);
        sync(bucketUri(), destination, EMPTY);
        Files.delete(source.resolve("emptied/x"));
        sync(source.toString(), bucketUri(), EMPTY, DELETE);
        empty(destination, "extra");
        given(destination, "mine/z", "z", 10);

        SyncReport report = sync(bucketUri(), destination, EMPTY, DELETE);

        assertThat(report.isComplete()).isTrue();
        assertThat(names(destination)).contains("emptied", "another/y", "keep").doesNotContain("extra", "emptied/x");
    }

    @Test
    void fileAndEmptyDirectoryTakeEachOthersPlaces() throws Exception {
        given("keep", 100);
        given("wasFile", 100);
        empty(source, "wasDirectory");
        sync(source.toString(), bucketUri(), EMPTY);
        sync(bucketUri(), destination, EMPTY);
        Files.delete(source.resolve("wasFile"));
        Files.delete(source.resolve("wasDirectory"));
        empty(source, "wasFile");
        given("wasDirectory", 50);

        sync(source.toString(), bucketUri(), EMPTY, DELETE);
        sync(bucketUri(), destination, EMPTY, DELETE);

        assertThat(names(destination)).isEqualTo(names(source));
    }

    /** The web pages of B2 leave markers in folders that were filled later. */
    @Test
    void markerOfADirectoryWithFilesIsNothing() throws Exception {
        givenInBucket("d/.bzEmpty", "", 100);
        givenInBucket("d/-before", "x", 100);
        givenInBucket("e/.bzEmpty", "", 100);
        givenInBucket("e/after", "x", 100);

        sync(bucketUri(), destination, EMPTY, DELETE);

        assertThat(names(destination)).containsExactlyInAnyOrder("d", "d/-before", "e", "e/after");
        assertThat(sync(bucketUri(), destination, EMPTY, DELETE).actions()).isZero();
    }

    @Test
    void whatIsNoMarkerIsRefusedAndNothingIsMadeThroughALink() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.createDirectories(destination);
        Files.createSymbolicLink(destination.resolve("link"), outside);
        givenInBucket("full/.bzEmpty", "content", 10);
        givenInBucket("link/.bzEmpty", "", 10);
        givenInBucket("link/sub/.bzEmpty", "", 10);
        givenInBucket("../up/.bzEmpty", "", 10);
        givenInBucket("file", "x", 10);
        givenInBucket("file/.bzEmpty", "", 10);

        SyncReport report = syncIncompletely(bucketUri(), destination, "preserve=emptyDirs");

        assertThat(report.failures()).extracting(Problem::path).contains("full/.bzEmpty", "../up/.bzEmpty");
        assertThat(names(outside)).isEmpty();
        assertThat(temp.resolve("up")).doesNotExist();
        assertThat(names(destination)).containsExactlyInAnyOrder("link", "file");
    }

    /** B2's web pages make one where a folder is made and files come to it later; no run makes its own root. */
    @Test
    void markerOfTheRootIsNothingAndAFileCalledSoIsNone() throws Exception {
        givenInBucket("homes/.bzEmpty", "", 100);
        givenInBucket("homes/a", "A", 100);
        givenInBucket("homes/sub/.bzEmpty", "", 100);
        String homes = bucketUri() + "/homes";

        SyncReport down = sync(homes, destination, EMPTY, DELETE);

        assertThat(down.isComplete()).isTrue();
        assertThat(names(destination)).containsExactlyInAnyOrder("a", "sub");
        assertThat(sync(homes, destination, EMPTY, DELETE).actions()).isZero();
        given(destination, ".bzEmpty", "", 10);
        SyncReport again = sync(homes, destination, EMPTY, DELETE);
        assertThat(again.actions()).isZero();
        assertThat(again.skips()).extracting(Problem::path).containsExactly(".bzEmpty");
        SyncReport up = syncIncompletely(destination.toString(), homes, EMPTY);
        assertThat(up.failures()).extracting(Problem::path).containsExactly(".bzEmpty");
        assertThat(up.failures().get(0).reason()).contains(".bzEmpty stands for an empty directory");
    }

    @Test
    void rootsMarkerAloneIsAnEmptySource() throws Exception {
        givenInBucket("homes/.bzEmpty", "", 100);
        given(destination, "precious", "precious", 10);

        syncIncompletely(bucketUri() + "/homes", destination, EMPTY, DELETE);

        assertThat(names(destination)).containsExactly("precious");
    }

    /** Nobody would miss it until it is needed. */
    @ParameterizedTest
    @ValueSource(strings = {"", "d/"})
    void contentThatIsCalledLikeAMarkerIsTold(String directory) throws Exception {
        givenInBucket(directory + ".bzEmpty", "content", 100);
        givenInBucket(directory + "x", "x", 100);

        SyncReport report = syncIncompletely(bucketUri(), destination, EMPTY);

        assertThat(report.failures()).extracting(Problem::path).containsExactly(directory + ".bzEmpty");
        assertThat(names(destination)).contains(directory + "x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "down"})
    void explainSaysOfTheRootsMarkerWhatARunDoes(String way) throws Exception {
        given("a", 10);
        givenInBucket("a", "a", 10);
        givenInBucket(".bzEmpty", "", 100);
        String options = uri(
                way.equals("up") ? source : bucketUri(),
                way.equals("up") ? bucketUri() : destination,
                EMPTY,
                "mode=explain",
                "path=.bzEmpty");

        Explanation told = template.requestBody(options, null, Explanation.class);

        assertThat(told.takesPart()).isFalse();
        assertThat(told.reason())
                .contains(way.equals("up") ? "the source has no such file" : "the very one that is synced")
                .doesNotContain("excludeUploaded");
    }

    /** A disk that is gone leaves an empty directory: that is no file which a source has. */
    @Test
    void emptyDirectoriesAloneAreAnEmptySource() throws Exception {
        empty(source, "mount");
        givenInBucket("mount/precious", "precious", 100);

        syncIncompletely(source.toString(), bucketUri(), EMPTY, DELETE);

        assertThat(bucketTree()).containsKey("mount/precious");
    }

    /** Else a later run that does not compare times would take it for right. */
    @Test
    void directoryWhoseOwnerMayNotBeSetIsNotMade() throws Exception {
        assumeTrue(!isRoot(), "root may give directories to anybody");
        givenInBucketWith("d/e/.bzEmpty", Map.of("uid", "0", "gid", "0", "mode", "40755"));

        for (int i = 0; i < 2; i++) {
            SyncReport report = syncIncompletely(
                    bucketUri(), destination, "preserve=owner,emptyDirs", "compareMode=none", "allowEmptySource=true");

            assertThat(report.failures()).extracting(Problem::path).containsExactly("d/e/.bzEmpty");
            assertThat(destination.resolve("d/e")).doesNotExist();
            try (Stream<Path> left = Files.list(destination.resolve("d"))) {
                assertThat(left).isEmpty();
            }
        }
    }

    /** By its time a run tells whether it is as it is to be, so it gets that last. */
    @Test
    void directoryThatWasThereAndWhoseOwnerMayNotBeSetIsAFailureInEachRun() throws Exception {
        assumeTrue(!isRoot(), "root may give directories to anybody");
        givenInBucketWith("e/.bzEmpty", Map.of("uid", "0", "gid", "0"));
        empty(destination, "e");

        for (int i = 0; i < 2; i++) {
            SyncReport report = syncIncompletely(
                    bucketUri(),
                    destination,
                    "preserve=owner,emptyDirs",
                    "newerFileMode=replace",
                    "allowEmptySource=true");

            assertThat(report.failures()).extracting(Problem::path).containsExactly("e/.bzEmpty");
        }
    }

    /** It has no name yet where a run is killed. */
    @Test
    void directoryThatAKilledRunWasMakingIsNeitherStoredNorLeft() throws Exception {
        given("f", 100);
        givenInBucket("f", "f", 100);
        String unfinished = TemporaryNames.download("d/.bzEmpty", "id", TemporaryNames.tag("killed"));
        empty(source, unfinished);
        empty(destination, unfinished);

        sync(source.toString(), bucketUri(), EMPTY);
        sync(bucketUri(), destination, EMPTY);

        assertThat(bucketTree()).containsOnlyKeys("f");
        assertThat(names(destination)).containsExactly("f");
    }

    /** No run may lock the next one out. */
    @ParameterizedTest
    @ValueSource(strings = {"40300", "40000", "40055", "40500", "40200", "40111"})
    void directoryIsUsableAfterwardsWhateverItsPermissionsAre(String mode) throws Exception {
        String[] options = {EMPTY, DELETE, "allowEmptySource=true", "maxDelete=unlimited"};
        givenInBucketWith("d/.bzEmpty", Map.of("mode", mode));

        sync(bucketUri(), destination, options);
        int made = (Integer) Files.getAttribute(destination.resolve("d"), "unix:mode") & 0777;
        assertThat(made).isEqualTo(Integer.parseInt(mode, 8) & 0777 | (isRoot() ? 0 : 0700));
        assertThat(sync(bucketUri(), destination, options).actions()).isZero();
        givenInBucket("d/f", "f", 10);
        B2.emulator().state().hide(bucket, "d/.bzEmpty");
        sync(bucketUri(), destination, options);
        assertThat(tree(destination)).isEqualTo(Map.of("d/f", "f"));
        assertThat(sync(destination.toString(), bucketUri(), EMPTY).actions()).isZero();
        B2.emulator().state().hide(bucket, "d/f");
        sync(bucketUri(), destination, options);
        assertThat(names(destination)).isEmpty();
    }

    private boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(temp, "unix:uid"));
    }

    private void givenInBucketWith(String name, Map<String, String> info) {
        Map<String, String> all = new HashMap<>(info);
        all.put("src_last_modified_millis", String.valueOf(NOW - 50_000));
        B2.emulator().state().put(bucket, name, new byte[0], all);
    }

    @Test
    void withoutTheOptionAMarkerIsAnEmptyFile() throws Exception {
        givenInBucket("d/.bzEmpty", "", 100);
        givenInBucket("f", "f", 100);

        sync(bucketUri(), destination);

        assertThat(tree(destination)).isEqualTo(Map.of("d/.bzEmpty", "", "f", "f"));
    }

    private static void empty(Path root, String name) throws IOException {
        Path directory = Files.createDirectories(root.resolve(name));
        Files.setLastModifiedTime(directory, FileTime.fromMillis(NOW - 70_000));
    }

    private static TreeSet<String> names(Path root) throws IOException {
        TreeSet<String> all = new TreeSet<>();
        try (Stream<Path> files = Files.walk(root)) {
            files.skip(1).forEach(file -> all.add(root.relativize(file).toString()));
        }
        return all;
    }
}
