// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FileTimesTest {

    @Test
    void millisecondsComeOutAsPythonComputesThem() {
        assertThat(FileTimes.millis(FileTime.from(Instant.ofEpochMilli(1093258377393L))))
                .isEqualTo(1093258377392L);
        assertThat(FileTimes.millis(FileTime.from(Instant.ofEpochMilli(1000)))).isEqualTo(1000);
        assertThat(FileTimes.millis(FileTime.from(Instant.ofEpochSecond(-1, 1))))
                .isEqualTo(-999);
    }

    @Property
    void timeThatIsSetIsReadBack(@ForAll @LongRange(min = 0, max = 4_102_444_800_000L) long millis) {
        assertThat(FileTimes.millis(FileTimes.of(millis))).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"-1000, -1000", "-86400000, -86400000", "-1, -1000", "-86400001, -86401000", "0, 0", "1, 1"})
    void aFileKeepsATimeBefore1970ToTheSecond(long millis, long kept, @TempDir Path directory) throws IOException {
        Path file = Files.createFile(directory.resolve("old"));

        Files.setLastModifiedTime(file, FileTimes.of(millis));

        assertThat(FileTimes.millis(Files.getLastModifiedTime(file))).isEqualTo(kept);
    }
}
