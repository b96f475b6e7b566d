// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A JVM in the locale of containers, cron and systemd, which has a form of ASCII names only. */
class PosixLocaleTest extends SyncTestSupport {

    @Test
    void namesThatTheJvmCannotDecodeStopNothingAndNothingIsRemovedInTheirDirectory() throws Exception {
        given("plain", 100);
        given("mixed/ascii", 100);
        given("mixed/é.txt", 100);
        given("été/inside", 100);
        for (String stored : List.of("mixed/é.txt", "mixed/vanished", "été/inside", "vanished", "clean/vanished")) {
            givenInBucket(stored, "stored", 200);
        }
        given("clean/stays", 100);

        String output = syncUnderPosix(source, bucketUri(), "&keepMode=delete");

        assertThat(bucketTree())
                .containsEntry("plain", "plain")
                .containsEntry("mixed/ascii", "mixed/ascii")
                .containsEntry("clean/stays", "clean/stays")
                .containsKeys("mixed/é.txt", "mixed/vanished", "été/inside", "vanished", "clean/vanished");
        assertThat(output).contains("INCOMPLETE").doesNotContain("SCAN_BROKEN");
        assertThat(output.split("LC_ALL=C.UTF-8", -1)).as(output).hasSize(2);
    }

    /** Below the root all names can be decoded in one directory and not in another. */
    @Test
    void directoriesWithoutSuchNamesAreSyncedAsEver() throws Exception {
        given("mixed/é.txt", 100);
        given("clean/stays", 100);
        givenInBucket("mixed/vanished", "stored", 200);
        givenInBucket("clean/vanished", "stored", 200);
        // It was moved to the name that cannot be decoded.
        givenInBucket("clean/moved", "mixed/é.txt", 100);

        syncUnderPosix(source, bucketUri(), "&keepMode=delete");

        assertThat(bucketTree()).containsOnlyKeys("clean/stays", "mixed/vanished", "clean/moved");
    }

    @Test
    void namesThatTheJvmCannotSpellAreRefusedOnTheWayDownAndNothingIsDeleted() throws Exception {
        givenInBucket("plain", "plain", 100);
        givenInBucket("mixed/é.txt", "new", 100);
        given("mixed/é.txt", 200);
        given("mixed/ascii", 200);
        givenInBucket("mixed/ascii", "mixed/ascii", 200);

        String output = syncUnderPosix(bucketUri(), source, "&keepMode=delete");

        assertThat(tree(source)).containsOnlyKeys("plain", "mixed/é.txt", "mixed/ascii");
        assertThat(output).contains("INCOMPLETE").contains("encoding of file names");
    }

    private String syncUnderPosix(Object from, Object to, String options) throws Exception {
        Path log = temp.resolve("log");
        Process child = SyncProcess.inLocale(
                "POSIX", B2.emulator(), log, "96m", "b2-sync:posix?source=" + from + "&destination=" + to + options);
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(log, StandardCharsets.ISO_8859_1);
    }
}
