// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a bucket says of a file's time, a disk holds what it can, and that moves no file twice and loses nothing. */
class UnholdableTimesTest extends SyncTestSupport {
    /** 1900, the year 1, fractions before 1970, 2038, 2109, 2500, 10000 and the ends of what numbers hold. */
    private static final List<Long> TIMES = List.of(
            -2_208_988_800_000L,
            -2_208_988_799_501L,
            -62_135_596_800_000L,
            -999_999_999_999_999_999L,
            Long.MIN_VALUE,
            -1L,
            -1_500L,
            0L,
            2_147_483_648_500L,
            4_400_000_000_000L,
            16_725_225_600_000L,
            253_402_300_800_000L,
            999_999_999_999_999_999L,
            Long.MAX_VALUE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compareMode=modTime",
                "compareMode=modTime&newerFileMode=skip",
                "compareMode=modTime&newerFileMode=replace",
                "compareMode=modTime&keepMode=delete",
                "compareMode=modTime&compareThreshold=2s",
                "compareMode=size",
                "compareMode=sha1",
                "compareMode=none"
            })
    void timesThatADiskCannotHoldMoveNoFileTwice(String options) throws Exception {
        TIMES.forEach(time -> givenAt("t" + time, "content of " + time, time));

        sync(bucketUri(), destination, options);

        assertThat(sync(bucketUri(), destination, options).actions()).isZero();
        assertThat(sync(destination.toString(), bucketUri(), options).actions()).isZero();
        assertThat(tree(destination)).isEqualTo(bucketTree());
    }

    /** Of another size it has changed, whatever the disk has made of its time. */
    @Test
    void anotherSizeOfATimeThatNoDiskHoldsComesDown() throws Exception {
        givenAt("old", "one", -2_208_988_800_000L);
        sync(bucketUri(), destination);

        givenAt("old", "changed", -2_208_988_800_000L);
        sync(bucketUri(), destination);

        assertThat(tree(destination)).containsEntry("old", "changed");
    }

    @Test
    void anotherContentOfATimeThatNoDiskHoldsComesDown() throws Exception {
        givenAt("old", "one", -2_208_988_800_000L);
        sync(bucketUri(), destination);
        givenAt("old", "two", -2_208_988_900_000L);

        sync(bucketUri(), destination);

        assertThat(tree(destination)).containsEntry("old", "two");
        assertThat(sync(bucketUri(), destination).actions()).isZero();
    }

    @Test
    void editedFileOfATimeThatNoDiskHoldsIsNewer() throws Exception {
        givenAt("old", "one", -2_208_988_800_000L);
        sync(bucketUri(), destination);
        Files.writeString(destination.resolve("old"), "two");

        assertThat(syncIncompletely(bucketUri(), destination).failures()).hasSize(1);
        sync(destination.toString(), bucketUri());

        assertThat(bucketTree()).containsEntry("old", "two");
    }

    @Test
    void fileThatAMessageOrdersComesWhateverItsTime() {
        for (long time : TIMES) {
            givenAt("t", "content of " + time, time);

            File file = template.requestBodyAndHeader(
                    "b2:" + bucket + "?operation=downloadFile&localWorkDirectory=" + temp.resolve("work"),
                    null,
                    "CamelB2FileName",
                    "t",
                    File.class);

            assertThat(file).as("%d", time).hasContent("content of " + time);
        }
    }

    private void givenAt(String name, String content, long millis) {
        B2.emulator()
                .state()
                .put(
                        bucket,
                        name,
                        content.getBytes(StandardCharsets.UTF_8),
                        Map.of("src_last_modified_millis", String.valueOf(millis)));
    }
}
