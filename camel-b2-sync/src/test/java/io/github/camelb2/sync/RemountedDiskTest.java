// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.action.local.RootGuard;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.scan.disk.DirectoryIdentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Real disks in memory that are mounted anew: the kernel gives the new one the number of the one before. */
@EnabledOnOs(OS.LINUX)
class RemountedDiskTest extends SyncTestSupport {
    private final Disks disks = new Disks();
    private Path disk;
    private String[] options;

    @BeforeEach
    void disk() {
        disk = source.resolve("m");
        options = new String[] {"keepMode=delete", "maxDelete=unlimited", "stateFile=" + temp.resolve("state")};
    }

    @AfterEach
    void unmount() throws Exception {
        disks.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "f", "other"})
    void diskThatWasMadeAnewKeepsTheBackupOfTheOneBefore(String onTheNewOne) throws Exception {
        given("a", 10);
        disks.mount(disk);
        givenOnDisk("m/f");
        givenOnDisk("m/d/g");
        sync(source.toString(), bucketUri(), options);
        disks.unmount(disk);
        disks.mount(disk);
        if (!onTheNewOne.isEmpty()) {
            assumeTrue(onTheNewOne.equals("other") || tellsBirths(), "nobody tells when a disk was made");
            givenOnDisk("m/" + onTheNewOne);
        }

        assertKept("m", "a", "m/f", "m/d/g");
        // Of the next one, too, whatever the run in between has seen.
        disks.unmount(disk);
        assertKept("m", "a", "m/f", "m/d/g");
        disks.mount(disk);
        assertKept("m", "a", "m/f", "m/d/g");
        Files.writeString(temp.resolve("state.accept"), "m\n");
        sync(source.toString(), bucketUri(), options);
        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    @Test
    void disksInOneAnotherThatAreMissingOneAfterTheOtherKeepTheirBackups() throws Exception {
        given("a", 10);
        disks.mount(disk);
        givenOnDisk("m/f");
        disks.mount(disk.resolve("n"));
        given("m/n/g", 10);
        sync(source.toString(), bucketUri(), options);
        String[] all = {"a", "m/f", "m/n/g"};

        disks.unmount(disk.resolve("n"));
        assertKept("m/n", all);
        disks.unmount(disk);
        assertKept("m", all);
        disks.mount(disk);
        assertKept("m", all);
        Files.createDirectory(disk.resolve("n"));
        givenOnDisk("m/f");
        assertKept("m", all);
    }

    @Test
    void sourceThatIsADiskMadeAnewKeepsItsBackup() throws Exception {
        source = temp.resolve("disk");
        disks.mount(source);
        given("a", 10);
        sync(source.toString(), bucketUri(), options);
        disks.unmount(source);
        disks.mount(source);

        syncIncompletely(source.toString(), bucketUri(), options[0], options[1], options[2], "allowEmptySource=true");

        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    /** The number of the disk is that of its surroundings, so that only the table of mounts tells that something came. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void directoryThatIsCoveredByAnotherOneOfTheSameDiskKeepsItsBackup(boolean isEmpty) throws Exception {
        Path volume = Files.createDirectories(temp.resolve("volume"));
        given("a", 10);
        given("m/f", 10);
        sync(source.toString(), bucketUri(), options);
        if (!isEmpty) {
            given(volume, "other", "other", 10);
        }
        disks.bind(volume, disk);

        assertKept("m", "a", "m/f");
        disks.unmount(disk);
        sync(source.toString(), bucketUri(), options);
    }

    /** A volume of a container that is one file. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fileThatIsMountedByItselfAndMissingKeepsItsBackup(boolean isMountPointThere) throws Exception {
        Path volume = given(temp, "precious", "precious", 10);
        given("a", 10);
        disks.bind(volume, given(source, "!x", "", 5));
        given("conf/x", 10);
        Path file = given(source, "conf/z", "", 5);
        given("zz/x", 10);
        disks.bind(volume, file);
        for (int run = 0; run < 2; run++) {
            sync(source.toString(), bucketUri(), options);
        }
        disks.unmount(file);
        if (!isMountPointThere) {
            Files.delete(file);
        }

        for (int run = 0; run < 2; run++) {
            assertKept("conf/z", "a", "conf/x", "conf/z", "zz/x");
            assertThat(bucketTree()).containsEntry("conf/z", "precious");
        }
        if (isMountPointThere) {
            disks.bind(volume, file);
            sync(source.toString(), bucketUri(), options);
            disks.unmount(file);
        }
        Files.writeString(temp.resolve("state.accept"), "conf/z\n");
        sync(source.toString(), bucketUri(), options);
        assertThat(bucketTree().get("conf/z")).isNotEqualTo("precious");
        sync(source.toString(), bucketUri(), options);
    }

    /** As a volume of a container that was made again under its name. */
    @Test
    void directoryThatIsShownAndWasMadeAnewKeepsItsBackup() throws Exception {
        Path volume = Files.createDirectories(temp.resolve("volume"));
        given("a", 10);
        disks.bind(volume, disk);
        givenOnDisk("m/f");
        givenOnDisk("m/g");
        sync(source.toString(), bucketUri(), options);
        disks.unmount(disk);
        Files.move(volume, temp.resolve("before"));
        Files.createDirectories(volume);
        disks.bind(volume, disk);

        assertKept("m", "a", "m/f", "m/g");
        givenOnDisk("m/new");
        assertKept("m", "a", "m/f", "m/g");
    }

    /** The very disk that was there shows that it is, however much of it is new. */
    @Test
    void diskThatIsStillTheSameLosesWhatItsUserDeletes() throws Exception {
        given("a", 10);
        disks.mount(disk);
        givenOnDisk("m/f");
        sync(source.toString(), bucketUri(), options);
        Files.delete(disk.resolve("f"));
        givenOnDisk("m/g");

        trySync(source.toString(), bucketUri(), options);

        assertThat(bucketTree()).containsKeys("a", "m/g");
        if (tellsBirths()) {
            assertThat(bucketTree()).containsOnlyKeys("a", "m/g");
        }
    }

    /** Old Java and old kernels do not tell when a file was made. */
    private boolean tellsBirths() throws IOException {
        Files.setLastModifiedTime(disk, FileTime.fromMillis(NOW - 5_000));
        return !Files.getLastModifiedTime(disk).equals(Files.getAttribute(disk, "creationTime"));
    }

    /** Nothing is removed for a source whose disk was made anew while the run went on. */
    @Test
    void diskThatIsMadeAnewDuringTheRunIsNotTheOneThatWasThere() throws Exception {
        disks.mount(disk);
        givenOnDisk("m/f");
        assumeTrue(tellsBirths(), "nobody tells when a disk was made");
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("link"), disk);
        RootGuard above = new RootGuard(source);
        RootGuard itself = new RootGuard(disk);
        RootGuard linked = new RootGuard(elsewhere);
        linked.followed(link, directory -> false);
        linked.checkBehindLinks(link.resolve("f"));
        above.check(disk.resolve("f"));
        DirectoryIdentity scanned = DirectoryIdentity.of(disk);

        disks.unmount(disk);
        disks.mount(disk);
        givenOnDisk("m/f");

        assertThatThrownBy(() -> above.check(disk.resolve("f"))).hasMessageContaining("another disk is at");
        assertThatThrownBy(() -> above.checkDisks(directory -> false)).hasMessageContaining("another disk is at");
        assertThatThrownBy(itself::check).hasMessageContaining("another directory is at");
        assertThatThrownBy(() -> linked.checkBehindLinks(link.resolve("f"))).hasMessageContaining("another disk is at");
        assertThatThrownBy(() -> linked.checkDisks(directory -> false)).hasMessageContaining("another disk is at");
        assertThat(scanned.change(disk, false, false)).isPresent();
    }

    /** A run that ends at once has seen the disk, and has stored something of it. */
    @ParameterizedTest
    @ValueSource(strings = {"workers=1", "workers=4"})
    void runThatEndsAtOnceRemembersTheDiskThatItSaw(String workers) throws Exception {
        given("a", 10);
        disks.mount(disk);
        givenOnDisk("m/f");
        given("z", 10);
        B2.emulator().faults().add("b2_upload_file file z: status 403 storage_cap_exceeded");
        String[] withWorkers = {options[0], options[1], options[2], workers};
        syncIncompletely(source.toString(), bucketUri(), withWorkers);
        B2.emulator().faults().clear();
        disks.unmount(disk);
        Files.createDirectories(disk);

        assertKept("m", bucketTree().keySet().toArray(new String[0]));
    }

    /** A file of the disk, which was made long before: a time within one tick of the kernel's clock would tell nothing. */
    private void givenOnDisk(String name) throws IOException {
        given(name, 10);
        Files.setLastModifiedTime(disk, FileTime.fromMillis(NOW - 5_000));
    }

    private void assertKept(String refused, String... names) {
        SyncReport report = syncIncompletely(source.toString(), bucketUri(), options);
        assertThat(report.failures()).extracting(problem -> problem.path()).contains(refused);
        assertThat(report.failures())
                .anySatisfy(problem -> assertThat(problem.reason()).contains("write the line " + refused + " to"));
        assertThat(bucketTree().keySet()).contains(names);
    }
}
