// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.kafkatob2;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The application in JVMs of its own, which are killed while they take 2,000 orders from a broker that stays. */
@Tag("full")
class KafkaToB2Test {
    private static final Duration LONG = Duration.ofSeconds(150);
    private static final int ORDERS = 2_000;
    private static final Pattern STORED = Pattern.compile("stored (\\S+): (\\d+) orders, (\\d+) may be repeated");

    @TempDir
    Path work;

    private final List<Process> started = new ArrayList<>();

    /** A test that fails leaves none behind. */
    @AfterEach
    void stopWhatIsLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void everyOrderIsInAFileOnceOrCountedAsRepeatedHoweverOftenTheProcessIsKilled() throws Exception {
        try (Broker broker = Broker.start();
                B2Emulator b2 = B2Emulator.start()) {
            b2.state().createBucket("kafka-orders");
            b2.faults().add("b2_upload_file 10% seed 3: status 503 service_unavailable");
            send(broker);
            for (int life = 1; life <= 3; life++) {
                Process process = start(broker, b2);
                long until = life * 500L;
                await().atMost(LONG).until(() -> orders(b2).size() >= until);
                process.destroyForcibly().waitFor();
            }
            Process last = start(broker, b2);
            await().atMost(LONG).until(() -> orders(b2).size() == ORDERS);
            last.destroy();
            assertThat(last.waitFor(90, TimeUnit.SECONDS)).isTrue();

            Map<String, Long> counts = orders(b2);
            assertThat(counts.keySet()).hasSize(ORDERS);
            long twice = counts.values().stream().mapToLong(count -> count - 1).sum();
            assertThat(twice).isLessThanOrEqualTo(repeated());
            assertThat(work.resolve("spool")).isDirectoryNotContaining("glob:**.b2s");
        }
    }

    private static void send(Broker broker) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.address(),
                "key.serializer", StringSerializer.class,
                "value.serializer", StringSerializer.class);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings)) {
            for (int i = 0; i < ORDERS; i++) {
                producer.send(new ProducerRecord<>("orders", String.valueOf(i), "order " + i));
            }
        }
    }

    private Process start(Broker broker, B2Emulator b2) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName()));
        builder.environment()
                .putAll(Map.of(
                        "BROKER", broker.address(),
                        "BUCKET", "kafka-orders",
                        "RUN", "k",
                        "WORK", work.toString(),
                        "IDLE", "300",
                        "B2_ENVIRONMENT", b2.url(),
                        "B2_APPLICATION_KEY_ID", b2.applicationKeyId(),
                        "B2_APPLICATION_KEY", b2.applicationKey()));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        started.add(process);
        return process;
    }

    private Path log() {
        return work.resolve("log");
    }

    private static Map<String, Long> orders(B2Emulator b2) {
        return b2.state().versions("kafka-orders").stream()
                .filter(version -> version.action().equals("upload"))
                .flatMap(version -> new String(b2.state().bytes(version.fileId()), StandardCharsets.UTF_8).lines())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    /** What the application has said of its files; of one that it told twice, once. */
    private long repeated() throws Exception {
        Map<String, Long> ofFile = new HashMap<>();
        for (String line : Files.readAllLines(log())) {
            Matcher stored = STORED.matcher(line);
            if (stored.find()) {
                ofFile.put(stored.group(1), Long.valueOf(stored.group(3)));
            }
        }
        return ofFile.values().stream().mapToLong(Long::longValue).sum();
    }
}
