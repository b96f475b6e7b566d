// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** JVMs that the system kills in the middle of a sweep: the next one goes on there, and passes over nothing. */
@Tag("full")
class KilledSweepTest extends ConsumerTestSupport {
    private static final int FILES = 300;
    private static final int LIVES = 4;

    @TempDir
    Path directory;

    @Test
    void aKilledSweepGoesOnBehindWhatWasDelivered() throws Exception {
        killInTheMiddle("&checkpoint=#state", "\"startFileName\":\"f");
    }

    /** The sorted listing of a killed process is worth nothing: the next one makes its own. */
    @Test
    void aKilledSweepInTheOrderOfUploadPassesOverNothing() throws Exception {
        killInTheMiddle("&order=uploadTime", "");
    }

    private void killInTheMiddle(String options, String firstListing) throws Exception {
        IntStream.range(0, FILES).forEach(it -> put("f%03d".formatted(it), "1"));
        String uri = "b2:" + bucket + "?idempotentRepository=#known&maxMessagesPerPoll=10" + options
                + "&includeBody=false&initialDelay=1&delay=20";
        Path log = directory.resolve("log");
        Random random = new Random(7);
        List<String> delivered = new ArrayList<>();
        for (int life = 0; life < LIVES; life++) {
            boolean isLast = life == LIVES - 1;
            int dies = 30 + random.nextInt(40);
            b2().resetRequests();
            Path out = directory.resolve("out" + life);
            Process process = ConsumerProcess.start(b2(), uri, directory, out, log);
            try {
                await().atMost(Duration.ofSeconds(120))
                        .until(() -> !process.isAlive()
                                || (isLast
                                        ? together(delivered, lines(out)).size() >= FILES
                                        : lines(out).size() >= dies));
                assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            } finally {
                process.destroyForcibly();
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
            if (life > 0) {
                assertThat(b2().requests("b2_list_file_versions").get(0).json())
                        .as("where a life after the first one begins")
                        .contains(firstListing);
            }
            delivered.addAll(lines(out));
        }

        assertThat(new TreeSet<>(delivered)).as("no file was passed over").hasSize(FILES);
        // A kill may come between the end of a delivery and its note.
        assertThat(delivered.size() - FILES).as("delivered again").isLessThan(LIVES);
    }

    /** What was delivered again counts once. */
    private static Set<String> together(List<String> before, List<String> now) {
        Set<String> names = new TreeSet<>(before);
        names.addAll(now);
        return names;
    }

    private static List<String> lines(Path out) throws IOException {
        return Files.readAllLines(out).stream()
                .filter(line -> line.matches("f\\d{3}"))
                .toList();
    }
}
