// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.path;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.policy.Direction;
import io.github.camelb2.sync.plan.policy.SyncPolicy;

import static org.assertj.core.api.Assertions.assertThat;

/** What the first and the last time of a disk stand for, where disks that have them cannot be made. */
class TransferTest {
    private static final String SHA1 = "0123456789abcdef0123456789abcdef01234567";

    /** On the disk, in the bucket; then what is decided without a SHA-1, down and up, and down with one. */
    @ParameterizedTest
    @CsvSource({
        // ext4 and XFS, the years 1900 and 1
        "-2147483648000, -2208988800000, KEEP, KEEP, COMPARE",
        "-2147483648000, -62135596800000, KEEP, KEEP, COMPARE",
        // within what they hold
        "-2147483648000, -2147483640000, MOVE, REFUSE, MOVE",
        "-2147483647000, -2208988800000, REFUSE, MOVE, REFUSE",
        "-2147483648001, -2208988800000, REFUSE, MOVE, REFUSE",
        // NFS: 1969, and 2106
        "0, -1500, KEEP, KEEP, COMPARE",
        "0, 5000, MOVE, REFUSE, MOVE",
        "4294967295000, 16725225600000, KEEP, KEEP, COMPARE",
        "4294967295000, 4294967200000, REFUSE, MOVE, REFUSE",
        // small inodes: 2038; a second apart, which a disk may have cut off
        "2147483647000, 2147483648500, KEEP, KEEP, COMPARE",
        "2147483647500, 2147483648500, MOVE, REFUSE, COMPARE",
        // FAT in UTC, two hours east, three and a half west; exFAT
        "315532800000, 0, KEEP, KEEP, COMPARE",
        "315525600000, 0, KEEP, KEEP, COMPARE",
        "315545400000, 0, KEEP, KEEP, COMPARE",
        "315545401000, 0, REFUSE, MOVE, REFUSE",
        "4354819198000, 4400000000000, KEEP, KEEP, COMPARE",
        "4354819199000, 4400000000000, KEEP, KEEP, COMPARE",
        // 2500 by another program on ext4, and by Java
        "15032385535000, 16725225600000, KEEP, KEEP, COMPARE",
        "9223372036000, 16725225600000, KEEP, KEEP, COMPARE",
    })
    void limitOfADiskStandsForWhatIsBeyondIt(
            long onDisk, long inBucket, Transfer.Decision down, Transfer.Decision up, Transfer.Decision known) {
        ScanItem.LocalFile local = new ScanItem.LocalFile("f", 3, onDisk);
        ScanItem.RemoteFile unknown = remote(inBucket, 3, "");

        assertThat(decide(Direction.B2_TO_LOCAL, unknown, local)).isEqualTo(down);
        assertThat(decide(Direction.LOCAL_TO_B2, local, unknown)).isEqualTo(up);

        boolean isEqual = down == Transfer.Decision.KEEP;
        assertThat(decide(Direction.B2_TO_LOCAL, remote(inBucket, 3, SHA1), local))
                .isEqualTo(known);
        // Of another size it has changed.
        assertThat(decide(Direction.B2_TO_LOCAL, remote(inBucket, 4, ""), local))
                .isEqualTo(isEqual ? Transfer.Decision.MOVE : down);
        assertThat(decide(Direction.LOCAL_TO_B2, local, remote(inBucket, 4, "")))
                .isEqualTo(isEqual ? Transfer.Decision.MOVE : up);
    }

    private static Transfer.Decision decide(
            Direction direction, ScanItem.SyncFile source, ScanItem.SyncFile destination) {
        return new Transfer(SyncPolicy.of(direction), file -> SHA1, () -> false).decide(source, destination);
    }

    private static ScanItem.RemoteFile remote(long millis, long size, String sha1) {
        return new ScanItem.RemoteFile(
                "f", List.of(new RemoteVersion("id", RemoteVersion.Kind.UPLOAD, size, millis, 1, sha1)));
    }
}
