// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

@DisabledOnOs(OS.WINDOWS)
class MountTableTest {
    @TempDir
    Path temp;

    @Test
    void mountsAreToldApartByWhatARebootDoesNotChange() throws Exception {
        assertThat(described("254:0 / /m rw,relatime - ext4 /dev/nosuchdisk rw"))
                .isEqualTo(described("8:1 / /m rw - ext4 /dev/nosuchdisk ro"))
                .isNotEqualTo(described("254:0 /vol /m rw - ext4 /dev/nosuchdisk rw"))
                .isNotEqualTo(described("254:0 / /m rw - xfs /dev/nosuchdisk rw"))
                .isNotEqualTo(described("254:0 / /m rw - ext4 /dev/mapper/other rw"));
        // The kernel gives these names anew, so without a UUID they tell nothing.
        assertThat(described("8:1 / /m rw - ext4 /dev/sdzy1 rw"))
                .isEqualTo(described("8:17 / /m rw shared:1 master:2 - ext4 /dev/nvme77n1 rw"));
        assertThat(described("0:5 / /m rw - nfs4 server:/a rw")).isEqualTo("nfs4 server:/a /");
    }

    @Test
    void diskInMemoryLastsAsLongAsItself() throws Exception {
        assertThat(described("0:44 / /m rw - tmpfs none rw"))
                .isEqualTo(described("0:44 / /m rw - tmpfs none rw"))
                .isNotEqualTo(described("0:45 / /m rw - tmpfs none rw"));
    }

    @Test
    void lastMountAtAPointCounts() throws Exception {
        MountTable table = MountTable.read(
                Files.writeString(
                        temp.resolve("mountinfo"),
                        "22 1 0:1 / / rw - ext4 /dev/a rw\n23 22 0:2 / /my\\040m rw - nfs b:/ rw\n24 23 0:3 / /my\\040m rw - nfs c:/ rw\n"));

        assertThat(table.covering(Path.of("/my m/deep/x")))
                .extracting(MountTable.Mount::source)
                .isEqualTo("c:/");
        assertThat(table.covering(Path.of("/my")))
                .extracting(MountTable.Mount::source)
                .isEqualTo("/dev/a");
        assertThat(MountTable.read(temp.resolve("none")).covering(Path.of("/"))).isNull();
    }

    private String described(String mount) throws Exception {
        MountTable.Mount found = MountTable.read(Files.writeString(temp.resolve("mountinfo"), "36 22 " + mount + "\n"))
                .covering(Path.of("/m"));
        assertThat(found).isNotNull();
        return found.description();
    }
}
