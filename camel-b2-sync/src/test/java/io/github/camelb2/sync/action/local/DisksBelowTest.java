// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@DisabledOnOs(OS.WINDOWS)
class DisksBelowTest {
    @TempDir
    Path temp;

    @Test
    void mountPointThatLeadsElsewhereIsFoundWhateverItIsCalled() throws Exception {
        Path root = Files.createDirectories(temp.resolve("root")).toRealPath();
        Path disk = Files.createDirectories(root.resolve("my disk"));
        Path other = Files.createDirectories(root.resolve("other"));
        Path table = Files.writeString(
                temp.resolve("mountinfo"),
                "22 1 0:21 / / rw shared:1 - ext4 /dev/sda1 rw\n"
                        + "36 22 0:44 / " + root + " rw - tmpfs tmpfs rw\n"
                        + "37 36 0:45 / " + root + "/my\\040disk rw,noatime master:1 - tmpfs tmpfs rw\n");
        DisksBelow disks = DisksBelow.of(root, table);
        disks.check(disk.resolve("a"));
        disks.checkAll(directory -> false);

        Files.move(disk, temp.resolve("unmounted"));
        assertThatThrownBy(() -> disks.check(disk.resolve("a"))).hasMessageContaining(disk + " is gone");
        Files.createDirectory(disk);

        assertThatThrownBy(() -> disks.check(disk.resolve("a"))).hasMessageContaining("another disk is at " + disk);
        assertThatThrownBy(() -> disks.checkAll(directory -> false)).hasMessageContaining("another disk is at " + disk);
        assertThatCode(() -> disks.checkAll("my disk"::equals)).doesNotThrowAnyException();
        assertThatCode(() -> disks.check(other.resolve("a"))).doesNotThrowAnyException();
    }

    /** A directory of the same disk that is mounted elsewhere as well has the device number of what it covers. */
    @Test
    void whatIsMountedSinceIsFoundWhateverDiskItIsOf() throws Exception {
        Path root = Files.createDirectories(temp.resolve("root/z").getParent()).toRealPath();
        String before = "22 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw\n" + "36 22 0:44 / " + root
                + "/auto rw - autofs systemd-1 rw\n";
        Path table = Files.writeString(temp.resolve("mountinfo"), before);
        DisksBelow disks = DisksBelow.of(root, table);
        disks.checkNoneCame(root.resolve("z/a"));

        Files.writeString(
                table,
                before + "37 22 8:1 /home " + root + "/z rw shared:1 - ext4 /dev/sda1 rw\n" + "38 36 0:50 / " + root
                        + "/auto/usb rw - ext4 /dev/sdb1 rw\n");

        assertThatThrownBy(() -> disks.checkNoneCame(root.resolve("z/a")))
                .hasMessageContaining("a disk was mounted at " + root.resolve("z"));
        assertThatCode(() -> disks.checkNoneCame(root.resolve("other"))).doesNotThrowAnyException();
        // Whoever looks at it mounts it, and nothing was there before.
        assertThatCode(() -> disks.checkNoneCame(root.resolve("auto/usb/d"))).doesNotThrowAnyException();
    }

    /** A link out of the root leads to a disk that is unmounted, or is covered by another, while the run goes on. */
    @Test
    void diskBehindALinkThatIsNotWhatItWasIsFound() throws Exception {
        Path root = Files.createDirectories(temp.resolve("root")).toRealPath();
        Path usb = Files.createDirectories(temp.resolve("usb/d")).toRealPath().getParent();
        Files.createSymbolicLink(root.resolve("m"), usb);
        String system = "22 1 0:21 / / rw shared:1 - ext4 /dev/sda1 rw\n";
        String mounted = system + "37 22 0:45 / " + usb + " rw master:1 - tmpfs tmpfs rw\n";
        Path table = Files.writeString(temp.resolve("mountinfo"), mounted);
        DisksBelow disks = DisksBelow.of(root, table);
        disks.behindLinks().check(root.resolve("m/gone"));

        for (String now : List.of(
                system,
                mounted.replace("37 22 0:45", "38 22 0:46"),
                mounted + "39 37 0:47 / " + usb + "/d rw - tmpfs tmpfs rw\n")) {
            Files.writeString(table, now);
            assertThatThrownBy(() -> disks.behindLinks().check(root.resolve("m/d/x/gone")))
                    .hasMessageContaining("to which a link leads");
            assertThatCode(() -> disks.behindLinks().check(root.resolve("d/gone")))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void systemWithoutATableAndRootThatIsNotThereYetHaveNoDisks() {
        assertThatCode(() -> DisksBelow.of(temp, temp.resolve("no table")).checkAll(directory -> false))
                .doesNotThrowAnyException();
        assertThatCode(() -> DisksBelow.of(temp.resolve("later")).checkAll(directory -> false))
                .doesNotThrowAnyException();
    }
}
