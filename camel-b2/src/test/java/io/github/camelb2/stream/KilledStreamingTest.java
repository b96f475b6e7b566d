// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Processes that are killed by the system while they gather messages, and while they store them. */
@Tag("full")
class KilledStreamingTest extends StreamingTestSupport {
    private static final int LIVES = 5;
    private static final int PER_LIFE = 400;

    @Test
    void everyAcknowledgedMessageOfKilledJvmsIsInAFileOnce() throws Exception {
        b2().faults().add("b2_upload_file 10% seed 5: status 503 service_unavailable");
        b2().faults().add("b2_upload_part 10% seed 6: status 503 service_unavailable");
        String uri = "b2:" + bucket + "?streamingUploadMode=true&fileName=k/a&batchMessageNumber=70&batchSize=0"
                + "&separator=%5Cn&spoolDirectory=" + spool.resolve("spool");
        Path log = spool.resolve("log");
        Set<Integer> acknowledged = new TreeSet<>();
        Random random = new Random(3);
        for (int life = 0; life < LIVES; life++) {
            Path out = spool.resolve("out" + life);
            java.lang.Process process =
                    StreamingProcess.start(b2(), uri, life * PER_LIFE, (life + 1) * PER_LIFE, out, log);
            boolean isLast = life == LIVES - 1;
            int diesAfter = isLast ? Integer.MAX_VALUE : PER_LIFE / 2 + random.nextInt(PER_LIFE / 2 - 20);
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> !process.isAlive() || Files.readAllLines(out).size() >= diesAfter);
            if (!isLast) {
                process.destroyForcibly();
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue() == 0).as(Files.readString(log)).isEqualTo(isLast);
            Files.readAllLines(out).stream()
                    .filter(line -> line.matches("\\d+"))
                    .forEach(line -> acknowledged.add(Integer.valueOf(line)));
        }

        Map<String, Long> counts = files().values().stream()
                .flatMap(String::lines)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(acknowledged).hasSizeGreaterThan(LIVES * PER_LIFE / 2);
        assertThat(acknowledged.stream()
                        .filter(number -> counts.getOrDefault(StreamingProcess.message(number), 0L) != 1))
                .as("acknowledged messages that are not in a file exactly once")
                .isEmpty();
        assertThat(spool.resolve("spool")).isDirectoryContaining(file -> file.endsWith("lock"));
        try (var left = Files.list(spool.resolve("spool"))) {
            assertThat(left).hasSize(1);
        }
    }
}
