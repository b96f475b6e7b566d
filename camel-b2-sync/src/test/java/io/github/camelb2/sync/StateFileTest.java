// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a stateFile remembers keeps the backup of a disk that is not mounted, and tells nothing that it does not know. */
class StateFileTest extends SyncTestSupport {
    private static final String DELETE = "keepMode=delete";

    private Path state;
    private String stateFile;

    @BeforeEach
    void state() {
        state = temp.resolve("state");
        stateFile = "stateFile=" + state;
    }

    @Test
    void directoryWhoseDiskIsNotMountedKeepsItsBackup() throws Exception {
        given("a", 10);
        given("mnt/x", 10);
        given("mnt/deep/y", 10);
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        assertThat(Files.readAllLines(state)).hasSize(5);

        // As if the last run had seen another disk there.
        Files.writeString(state, Files.readString(state).replaceAll("(\"mnt\",\")(\\d+)", "$19$2"));
        Files.delete(source.resolve("mnt/x"));
        Files.delete(source.resolve("mnt/deep/y"));
        Files.delete(source.resolve("mnt/deep"));

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, stateFile);
        assertThat(report.failures().get(0).reason()).contains("is its disk mounted?");
        assertThat(bucketTree()).containsOnlyKeys("a", "mnt/x", "mnt/deep/y");

        // One that was really emptied, on the same disk, is emptied.
        Files.delete(state);
        given("mnt/x", 10);
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        Files.delete(source.resolve("mnt/x"));
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        assertThat(bucketTree()).containsOnlyKeys("a");
        assertThat(leftBeside("state.")).isEmpty();
    }

    @Test
    void mountPointThatHoldsFilesOrIsGoneKeepsItsBackup() throws Exception {
        given("a", 10);
        given("b/mnt/x", 10);
        given("b/mnt/x.y/z", 10);
        given("mnt2/x", 10);
        given("z", 10);
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        // As if the last run had seen disks of their own there.
        Files.writeString(state, Files.readString(state).replaceAll("(\"(?:b/mnt|mnt2)\",.*),false", "$1,true"));

        // One mount point is gone with the directory that it was in, the other holds what is there when nothing is
        // mounted.
        Files.delete(source.resolve("b/mnt/x"));
        Files.delete(source.resolve("b/mnt/x.y/z"));
        Files.delete(source.resolve("b/mnt/x.y"));
        Files.delete(source.resolve("b/mnt"));
        Files.delete(source.resolve("b"));
        Files.delete(source.resolve("mnt2/x"));
        given("mnt2/NOT_MOUNTED", 10);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, "maxDelete=unlimited", stateFile);
        assertThat(report.failures()).extracting(problem -> problem.path()).containsExactly("b/mnt", "mnt2");
        assertThat(report.failures()).allSatisfy(problem -> assertThat(problem.reason())
                .contains("disk of its own", "write the line " + problem.path() + " to " + state + ".accept"));
        assertThat(bucketTree()).containsOnlyKeys("a", "b/mnt/x", "b/mnt/x.y/z", "mnt2/x", "z");
    }

    /** A bind mount of the same disk has the device of its surroundings, so that only the table of mounts knows it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void bindMountThatIsMissingOrAnotherKeepsItsBackup() throws Exception {
        given("a", 10);
        given("bound/x", 10);
        given("gone/x", 10);
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        // As if the last run had seen bind mounts there.
        Files.writeString(
                state,
                Files.readString(state).replaceAll("(\"(?:bound|gone)\",.*),false", "$1,false,\"ext4 disk /vol\""));
        for (String name : List.of("bound/x", "gone/x", "gone")) {
            Files.delete(source.resolve(name));
        }

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, "maxDelete=unlimited", stateFile);

        assertThat(report.failures()).extracting(problem -> problem.path()).containsExactly("bound", "gone");
        assertThat(report.failures()).allSatisfy(problem -> assertThat(problem.reason())
                .contains("disk of its own", "write the line " + problem.path() + " to " + state + ".accept"));
        assertThat(bucketTree()).containsOnlyKeys("a", "bound/x", "gone/x");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void sourceOnAnotherDiskThanRecordedKeepsItsBackupUntilItIsAccepted() throws Exception {
        given("a", 10);
        given("b", 10);
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        assertThat(Files.readAllLines(state).get(1)).matches("\\[\"\",\"\\d+\",2,(true|false),\".+ at /.*\"]");
        Files.writeString(state, Files.readString(state).replaceAll("(\"\",.*),\".* at ", "$1,\"ext4 another / at "));
        Files.delete(source.resolve("b"));

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, stateFile);

        assertThat(report.failures()).anySatisfy(problem -> assertThat(problem.reason())
                .contains("another disk is at", "write the line . to"));
        assertThat(bucketTree()).containsOnlyKeys("a", "b");
        Files.writeString(temp.resolve("state.accept"), ".");
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        assertThat(bucketTree()).containsOnlyKeys("a");
        sync(source.toString(), bucketUri(), DELETE, stateFile);
    }

    @Test
    void directoriesAreAcceptedAsTheyAreOneByOne() throws Exception {
        given("a", 10);
        for (String name : List.of("emptied/x", "gone/x", "plain/x", "lost/x")) {
            given(name, 10);
        }
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        Files.writeString(
                state,
                Files.readString(state)
                        .replaceAll("(\"(?:gone|plain|lost)\",.*),false", "$1,true")
                        .replaceAll("(\"emptied\",\")(\\d+)", "$19$2"));
        for (String name : List.of("emptied/x", "gone/x", "gone", "plain/x", "lost/x", "lost")) {
            Files.delete(source.resolve(name));
        }
        given("plain/y", 10);
        Path accept = temp.resolve("state.accept");
        Files.writeString(accept, "emptied\ngone\nplain\n");

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, stateFile);
        assertThat(report.failures()).extracting(problem -> problem.path()).containsExactly("lost");
        assertThat(accept).doesNotExist();
        Files.writeString(accept, "lost\n");
        sync(source.toString(), bucketUri(), DELETE, stateFile);

        assertThat(bucketTree()).containsOnlyKeys("a", "plain/y");
        assertThat(accept).doesNotExist();
    }

    @Test
    void sourceThatWasEmptiedOnAnotherDiskIsAcceptedByADot() throws Exception {
        given("a", 10);
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        Files.writeString(state, Files.readString(state).replaceAll("(\\[\"\",\")(\\d+)", "$19$2"));
        Files.delete(source.resolve("a"));
        assertThat(syncIncompletely(source.toString(), bucketUri(), DELETE, stateFile)
                        .failures())
                .anySatisfy(problem -> assertThat(problem.reason()).contains("write the line . to " + state));

        Files.writeString(temp.resolve("state.accept"), ".");
        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, stateFile);

        // What is left to say is that the source is empty, which has an option of its own.
        assertThat(report.failures())
                .noneSatisfy(problem -> assertThat(problem.reason()).contains("another device"));
    }

    /** What the directory held is hidden below the disk, not gone. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void directoryThatADiskCoversKeepsItsBackup() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory) && !Files.getFileStore(memory).equals(Files.getFileStore(temp)));
        given("a", 10);
        given("m/x", 10);
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        Files.delete(source.resolve("m/x"));
        Files.delete(source.resolve("m"));
        Path disk = Files.createTempDirectory(memory, "covers");
        Path onDisk = given(disk, "new", "new", 10);
        try {
            Files.createSymbolicLink(source.resolve("m"), disk);

            SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, stateFile);

            assertThat(report.failures()).singleElement().satisfies(problem -> assertThat(problem.reason())
                    .contains("a disk is at", "and was none", "write the line m to"));
            assertThat(bucketTree()).containsOnlyKeys("a", "m/x");
            Files.writeString(temp.resolve("state.accept"), "m");
            sync(source.toString(), bucketUri(), DELETE, stateFile);
            assertThat(bucketTree()).containsOnlyKeys("a", "m/new");
        } finally {
            Files.delete(onDisk);
            Files.delete(disk);
        }
    }

    /** A run that leaves a disk out says nothing of it, and the next one that does not still misses it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void diskThatARunLeftOutIsNotForgotten() throws Exception {
        given("a", 10);
        given("m.x/y", 10);
        Path disk = Files.createDirectory(temp.resolve("disk"));
        given(disk, "x", "x", 10);
        Path link = Files.createSymbolicLink(source.resolve("m"), disk);
        given("n/x", 10);
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        Files.writeString(state, Files.readString(state).replaceAll("(\"[mn]\",.*),false", "$1,true"));
        Files.delete(disk.resolve("x"));
        Files.delete(source.resolve("n/x"));

        for (int run = 0; run < 2; run++) {
            sync(source.toString(), bucketUri(), DELETE, "symlinks=skip", "excludeDirRegex=RAW(n)", stateFile);
        }
        assertThat(Files.readAllLines(state).stream().filter(line -> line.startsWith("[")))
                .extracting(line -> line.substring(2, line.indexOf('"', 2)))
                .containsExactly("", "m.x", "m", "n");
        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, stateFile);

        assertThat(report.failures()).extracting(problem -> problem.path()).containsExactly("m", "n");
        assertThat(bucketTree()).containsOnlyKeys("a", "m.x/y", "m/x", "n/x");
        assertThat(link).isSymbolicLink();
    }

    /** A name that fails in each run must not make the sync forget its disks, for such runs remove names all the same. */
    @Test
    void runThatIsIncompleteRemembersDisksToo() throws Exception {
        given("a", 10);
        given("b.x/y", 10);
        given("b/mnt/deep/x", 10);
        given("c/x", 10);
        B2.emulator().faults().add("b2_upload_file file a: status 400 bad_request");
        syncIncompletely(source.toString(), bucketUri(), DELETE, stateFile, "deleteAfterFailures=true");
        Files.writeString(state, Files.readString(state).replaceAll("(\"b/mnt\",.*),false", "$1,true"));
        Files.delete(source.resolve("b/mnt/deep/x"));
        Files.delete(source.resolve("b/mnt/deep"));
        Files.delete(source.resolve("b/mnt"));
        Files.delete(source.resolve("b"));
        Files.delete(source.resolve("c/x"));
        Files.delete(source.resolve("c"));

        // The second one knows of it what the first one did not see.
        for (int run = 0; run < 2; run++) {
            syncIncompletely(source.toString(), bucketUri(), DELETE, stateFile, "deleteAfterFailures=true");
            assertThat(bucketTree()).containsOnlyKeys("b.x/y", "b/mnt/deep/x");
        }
        Files.writeString(state.resolveSibling(state.getFileName() + ".accept"), "b/mnt\n");
        SyncReport accepting =
                syncIncompletely(source.toString(), bucketUri(), DELETE, stateFile, "deleteAfterFailures=true");
        assertThat(bucketTree()).as("%s", accepting.failures()).containsOnlyKeys("b.x/y");
        assertThat(leftBeside("state.")).isEmpty();

        B2.emulator().faults().clear();
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        assertThat(state).content().contains("\"b.x\"").doesNotContain("\"b\"", "\"c\"");
    }

    @Test
    void diskThatIsExcludedByNowIsNotMissed() throws Exception {
        given("a", 10);
        given("mnt/x", 10);
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        Files.writeString(state, Files.readString(state).replaceAll("(\"mnt\",.*),false", "$1,true"));

        sync(source.toString(), bucketUri(), DELETE, "excludeDirRegex=RAW(mnt)", stateFile);

        assertThat(bucketTree()).containsOnlyKeys("a", "mnt/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "cut", "cut at a line", "garbage", "more", "binary"})
    void stateThatTellsNothingRemovesNothing(String damage) throws Exception {
        given("a", 10);
        given("mnt/x", 10);
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        String whole = Files.readString(state);
        switch (damage) {
            case "empty" -> Files.writeString(state, "");
            case "cut" -> Files.writeString(state, whole.substring(0, whole.length() - 30));
            case "cut at a line" -> Files.writeString(state, whole.substring(0, whole.lastIndexOf("{")));
            case "garbage" -> Files.writeString(state, "garbage");
            case "more" -> Files.writeString(state, whole + "[\"z\",\"1\",1,false]\n");
            default -> Files.write(state, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        }
        Files.delete(source.resolve("mnt/x"));
        given("new", 10);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, stateFile);

        assertThat(report.failures()).singleElement().satisfies(problem -> assertThat(problem.reason())
                .contains("stateFile=" + state, "nothing is removed", "delete it"));
        // What is new is stored all the same, and the file is left for whoever looks into it.
        assertThat(bucketTree()).containsOnlyKeys("a", "mnt/x", "new");
        Files.delete(state);
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        assertThat(bucketTree()).containsOnlyKeys("a", "new");
    }

    @Test
    void stateOfAnotherSyncOrSourceTellsNothingAndStays() throws Exception {
        given("a", 10);
        sync(source.toString(), bucketUri(), DELETE, stateFile);
        String before = Files.readString(state);
        Path other = Files.createDirectory(temp.resolve("other"));
        given(other, "o", "o", 10);

        SyncReport report = syncIncompletely(other.toString(), bucketUri() + "/other", DELETE, stateFile);

        assertThat(report.failures().get(0).reason()).contains("written by sync test of " + source);
        assertThat(Files.readString(state)).isEqualTo(before);
    }

    @Test
    void inADirectoryEachSyncHasAFileOfItsOwn() throws Exception {
        Path files = Files.createDirectory(temp.resolve("files"));
        given("a", 10);
        for (String name : List.of("one", "two")) {
            template.requestBody(
                    "b2-sync:" + name + "?source=" + source + "&destination=" + bucketUri() + "/" + name + "&stateFile="
                            + files + "&reportFile=" + files,
                    null,
                    SyncReport.class);
        }

        try (var all = Files.list(files)) {
            assertThat(all.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "one.state.jsonl", "two.state.jsonl", "one.report.jsonl", "two.report.jsonl");
        }
    }

    @Test
    void filesOfASyncCannotLieInWhatIsSynced() throws Exception {
        Files.createDirectories(destination);
        Files.createSymbolicLink(temp.resolve("link"), source);
        for (String option : List.of("stateFile", "reportFile")) {
            for (String file : List.of(source + "/f", source + "/new/f", temp + "/link/f", source + "/../source/f")) {
                assertThatThrownBy(() -> sync(source.toString(), bucketUri(), option + "=" + file))
                        .rootCause()
                        .hasMessageContaining("Option " + option + "=")
                        .hasMessageContaining("which is synced; write a file elsewhere");
            }
            assertThatThrownBy(() -> sync(bucketUri(), destination, option + "=" + destination + "/f"))
                    .rootCause()
                    .hasMessageContaining("which is synced");
        }
    }

    @Test
    void reportReplacesAReportAndNothingElse() throws Exception {
        Path mine = Files.writeString(temp.resolve("mine"), "my thesis\n");
        Path report = temp.resolve("report");
        given("a", 10);
        Files.createSymbolicLink(source.resolve("broken"), temp.resolve("nothing"));

        Exchange refused = trySync(source.toString(), bucketUri(), "reportFile=" + mine);
        for (int run = 0; run < 2; run++) {
            sync(source.toString(), bucketUri(), "reportFile=" + report);
        }

        assertThat(refused.getException()).hasMessageContaining("is no report of a sync, so it is not replaced");
        assertThat(mine).hasContent("my thesis\n");
        assertThat(Files.readAllLines(report)).hasSize(1);
    }

    /** A hard link is the same file, wherever its other names are; an empty one is like a new report. */
    @ParameterizedTest
    @EnabledOnOs({OS.LINUX, OS.MAC})
    @ValueSource(
            strings = {
                "reportFile=own",
                "stateFile=own",
                "stateFile=own&file=own.disks",
                "stateFile=own&file=own.accept"
            })
    void fileThatHasAnotherNameIsNotWrittenTo(String option) throws Exception {
        given(source, "a", "", 10);
        String own = option.substring(option.lastIndexOf('=') + 1);
        Files.createLink(temp.resolve(own), source.resolve("a"));
        Files.createSymbolicLink(source.resolve("broken"), temp.resolve("nothing"));
        String name = option.split("[=&]", -1)[0];

        Exchange refused = trySync(source.toString(), bucketUri(), name + "=" + temp.resolve("own"));

        assertThat(refused.getException())
                .isNotNull()
                .hasStackTraceContaining("Option " + name + "=" + temp.resolve(own) + " is a file of 2 names");
        assertThat(source.resolve("a")).isEmptyFile();
        assertThat(bucketTree()).isEmpty();
        Files.delete(temp.resolve(own));
        sync(source.toString(), bucketUri(), name + "=" + temp.resolve("own"));
        sync(source.toString(), bucketUri(), name + "=" + temp.resolve("own"));
        assertThat(source.resolve("a")).isEmptyFile();
    }

    @Test
    void reportAndStateAreTwoFiles() throws Exception {
        Files.createSymbolicLink(temp.resolve("link"), temp);

        assertThatThrownBy(() -> sync(
                        source.toString(),
                        bucketUri(),
                        "reportFile=" + temp + "/link/one",
                        "stateFile=" + temp + "/one"))
                .hasStackTraceContaining("it is the stateFile as well");
    }

    /** What is written is in the file that the link leads to, also when lines are taken out at the end. */
    @Test
    void reportThatIsALinkIsWrittenWhereItLeads() throws Exception {
        given("a", 10);
        Path real = temp.resolve("real");
        Path link = Files.createSymbolicLink(temp.resolve("report"), real);
        Files.createSymbolicLink(source.resolve("broken"), temp.resolve("nothing"));

        sync(source.toString(), bucketUri(), "reportFile=" + link);

        assertThat(Files.readAllLines(real)).hasSize(1);
        assertThat(link).isSymbolicLink();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void reportThatCannotBeWrittenIsClosed() throws Exception {
        given("a", 10);
        for (int i = 0; i < 200; i++) {
            Files.createSymbolicLink(source.resolve("broken" + i), temp.resolve("nothing"));
        }

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), "reportFile=/dev/full");

        assertThat(report.failures().get(0).reason()).contains("reportFile=/dev/full could not be written");
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(open.filter(fd -> leadsTo(fd, "/dev/full"))).isEmpty();
        }
    }

    private static boolean leadsTo(Path link, String target) {
        try {
            return Files.readSymbolicLink(link).toString().equals(target);
        } catch (IOException e) {
            return false;
        }
    }

    private List<Path> leftBeside(String prefix) throws IOException {
        try (var files = Files.list(temp)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }
}
