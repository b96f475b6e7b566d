// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelb2.sync.report.SyncReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        given("m/f", 10);
        given("m/d/g", 10);
        sync(source.toString(), bucketUri(), options);
        disks.unmount(disk);
        disks.mount(disk);
        if (!onTheNewOne.isEmpty()) {
            given("m/" + onTheNewOne, 10);
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
        given("m/f", 10);
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
        given("m/f", 10);
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

    /** The very disk that was there shows that it is, however much of it is new. */
    @Test
    void diskThatIsStillTheSameLosesWhatItsUserDeletes() throws Exception {
        given("a", 10);
        disks.mount(disk);
        given("m/f", 10);
        sync(source.toString(), bucketUri(), options);
        Files.delete(disk.resolve("f"));
        given("m/g", 10);

        trySync(source.toString(), bucketUri(), options);

        assertThat(bucketTree()).containsKeys("a", "m/g");
        if (tellsBirths()) {
            assertThat(bucketTree()).containsOnlyKeys("a", "m/g");
        }
    }

    /** Old Java and old kernels do not tell when a file was made. */
    private boolean tellsBirths() throws IOException {
        return Files.getAttribute(disk, "creationTime").equals(Files.getLastModifiedTime(disk)) == false;
    }

    /** A run that ends at once has seen the disk, and has stored something of it. */
    @ParameterizedTest
    @ValueSource(strings = {"workers=1", "workers=4"})
    void runThatEndsAtOnceRemembersTheDiskThatItSaw(String workers) throws Exception {
        given("a", 10);
        disks.mount(disk);
        given("m/f", 10);
        given("z", 10);
        B2.emulator().faults().add("b2_upload_file file z: status 403 storage_cap_exceeded");
        String[] withWorkers = {options[0], options[1], options[2], workers};
        syncIncompletely(source.toString(), bucketUri(), withWorkers);
        B2.emulator().faults().clear();
        disks.unmount(disk);
        Files.createDirectories(disk);

        assertKept("m", bucketTree().keySet().toArray(new String[0]));
    }

    private void assertKept(String refused, String... names) {
        SyncReport report = syncIncompletely(source.toString(), bucketUri(), options);
        assertThat(report.failures()).extracting(problem -> problem.path()).contains(refused);
        assertThat(report.failures())
                .anySatisfy(problem -> assertThat(problem.reason()).contains("write the line " + refused + " to"));
        assertThat(bucketTree().keySet()).contains(names);
    }
}
