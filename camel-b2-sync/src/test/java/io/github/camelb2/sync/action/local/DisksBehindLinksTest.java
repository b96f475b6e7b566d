// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@DisabledOnOs(OS.WINDOWS)
class DisksBehindLinksTest {
    private static final String GONE = "to which a link leads, than when the run began";

    @TempDir
    Path temp;

    private Path root;
    private Path media;
    private Path disk;
    private Path table;
    private Path link;

    @BeforeEach
    void places() throws Exception {
        root = Files.createDirectories(temp.resolve("root")).toRealPath();
        media = Files.createDirectories(temp.resolve("media")).toRealPath();
        disk = Files.createDirectories(media.resolve("disk/data"));
        table = temp.resolve("mountinfo");
        link = root.resolve("m");
        mounted("tmpfs");
    }

    @Test
    void diskThatIsGoneBeforeTheScanCameThereIsMissed() throws Exception {
        DisksBehindLinks disks = disksOf(disk);
        unmounted();

        disks.followed(link, directory -> false);

        assertThatThrownBy(disks::checkAll).hasMessageContaining(GONE);
        assertThatThrownBy(() -> disks.check(link.resolve("file"))).hasMessageContaining(GONE);
    }

    /** As desktops do: the mount point goes with the disk, and the link leads nowhere. */
    @Test
    void diskWhoseMountPointIsGoneIsMissed() throws Exception {
        DisksBehindLinks disks = disksOf(disk);
        unmounted();
        Files.delete(disk);
        Files.delete(media.resolve("disk"));

        disks.followed(link, directory -> false);

        assertThatThrownBy(disks::checkAll).hasMessageContaining(GONE);
    }

    @Test
    void diskBelowTheTargetOfALinkIsMissedUnlessItIsLeftOut() throws Exception {
        DisksBehindLinks asked = disksOf(media);
        asked.followed(link, directory -> false);
        DisksBehindLinks leftOut = DisksBelow.of(root, table).behindLinks();
        leftOut.followed(link, "m/disk"::equals);
        assertThatCode(asked::checkAll).doesNotThrowAnyException();

        unmounted();

        assertThatThrownBy(asked::checkAll).hasMessageContaining(media.resolve("disk") + ", " + GONE);
        assertThatCode(leftOut::checkAll).doesNotThrowAnyException();
    }

    @Test
    void whatIsMountedOnDemandMayComeAndGo() throws Exception {
        mounted("autofs");
        DisksBehindLinks disks = disksOf(disk);
        disks.followed(link, directory -> false);

        mounted("nfs");

        assertThatCode(disks::checkAll).doesNotThrowAnyException();
        assertThatCode(() -> disks.check(link.resolve("file"))).doesNotThrowAnyException();
    }

    private DisksBehindLinks disksOf(Path target) throws IOException {
        Files.createSymbolicLink(link, target);
        return DisksBelow.of(root, table).behindLinks();
    }

    private void mounted(String type) throws IOException {
        Files.writeString(
                table,
                "22 1 0:21 / / rw - ext4 /dev/sda1 rw\n36 22 0:44 / " + media + "/disk rw - " + type + " it rw\n");
    }

    private void unmounted() throws IOException {
        Files.writeString(table, "22 1 0:21 / / rw - ext4 /dev/sda1 rw\n");
    }
}
