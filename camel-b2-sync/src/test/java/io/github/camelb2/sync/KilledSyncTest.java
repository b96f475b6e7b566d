// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.camelb2.sync.scrub.ScrubReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The JVM of a sync is killed at a random moment; the next run completes it. Once each way, 20 times with -Psoak. */
class KilledSyncTest extends SyncTestSupport {
    private static final int KILLS = Boolean.getBoolean("soak") ? 20 : 1;
    private static final int FILES = 150;

    private final Random random = new Random(42);
    private int kills;

    @Test
    void uploadThatIsKilledIsCompletedByTheNextRunAndLosesNothing() throws Exception {
        Map<String, String> wanted = givenTree();
        givenInBucket("f0", "an older version", 9_000);
        givenInBucket("gone", "gone", 9_000);
        String options = "&source=" + source + "&destination=" + bucketUri() + "&keepMode=delete&workers=4";
        B2.emulator().faults().add("b2_upload_file every 5: delay 20ms");

        for (int kill = 0; kill < KILLS; kill++) {
            long before = B2.emulator().count("b2_upload_file") + B2.emulator().count("b2_upload_part");
            killAfter(before + 1 + random.nextInt(FILES / KILLS), "b2-sync:killed?" + options.substring(1), true);
            assertThat(bucketTree()).containsKey("f0");
        }
        assertThat(kills).isPositive();
        sync(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(bucketTree()).isEqualTo(wanted);
        // Whoever dies between the start of a large file and its answer leaves one without parts, which nobody can tell
        // from another machine's that has just begun; it costs nothing.
        assertThat(B2.emulator().state().versions(bucket))
                .filteredOn(version -> !version.action().equals("start")
                        || B2.emulator().state().parts(version.fileId()) > 0)
                .extracting(version -> version.name())
                .containsExactlyInAnyOrderElementsOf(wanted.keySet());
    }

    @Test
    void downloadThatIsKilledIsCompletedByTheNextRunAndLeavesNoTemporaryFile() throws Exception {
        Map<String, String> wanted = givenTree();
        sync(source.toString(), bucketUri());
        B2.emulator().faults().add("b2_download_file_by_id every 5: delay 20ms");
        String options = "&source=" + bucketUri() + "&destination=" + destination + "&keepMode=delete&workers=4";

        for (int kill = 0; kill < KILLS; kill++) {
            long before = B2.emulator().count("b2_download_file_by_id");
            killAfter(before + 1 + random.nextInt(FILES / KILLS), "b2-sync:killed?" + options.substring(1), false);
            // What is there under its own name is whole.
            assertThat(wanted.entrySet())
                    .containsAll(withoutTemporary(tree(destination)).entrySet());
        }
        assertThat(kills).isPositive();
        sync(bucketUri(), destination, "keepMode=delete");

        assertThat(tree(destination)).isEqualTo(wanted);
    }

    /** The second process does the rest of the same plan, and nothing twice. */
    @Test
    void planThatIsKilledWhileItIsCarriedOutIsCompletedByTheSamePlan() throws Exception {
        Map<String, String> wanted = givenTree();
        givenInBucket("gone", "gone", 9_000);
        String[] options = {
            "keepMode=delete", "planKey=RAW(a key for both processes)", "planFile=" + temp.resolve("plan"), "mode=plan"
        };
        sync(source.toString(), bucketUri(), options);
        options[3] = "mode=apply";
        B2.emulator().faults().add("b2_upload_file every 5: delay 20ms");

        killAfter(
                requests(true) + 1 + random.nextInt(FILES / 2),
                "b2-sync:killed?source=" + source + "&destination=" + bucketUri() + "&workers=4&"
                        + String.join("&", options),
                true);
        assertThat(bucketTree()).containsKey("gone");
        Map<String, String> stored = bucketTree();
        sync(source.toString(), bucketUri(), options);

        assertThat(kills).isEqualTo(1);
        assertThat(bucketTree()).isEqualTo(wanted);
        assertThat(stored.keySet()).filteredOn(wanted::containsKey).allSatisfy(name -> assertThat(
                        B2.emulator().state().versions(bucket, name))
                .hasSize(1));
    }

    @Test
    void scrubThatIsKilledIsGoneOnWith() throws Exception {
        givenTree();
        sync(source.toString(), bucketUri());
        String memory = "scrubFile=" + temp.resolve("scrub");
        long before = requests(false);

        killAfter(
                before + FILES / 2,
                "b2-sync:killed?mode=scrub&workers=2&source=" + source + "&destination=" + bucketUri() + "&" + memory,
                false);
        ScrubReport rest = trySync(source.toString(), bucketUri(), "mode=scrub", memory)
                .getMessage()
                .getBody(ScrubReport.class);

        assertThat(rest.earlier()).isGreaterThan(FILES / 4);
        assertThat(rest.earlier() + rest.good()).isEqualTo(FILES);
        assertThat(rest.isPassComplete()).isTrue();
    }

    private void killAfter(long requests, String uri, boolean uploads) throws Exception {
        Set<SocketAddress> clients = B2.emulator().clients();
        Process process = SyncProcess.start(B2.emulator(), temp.resolve("log"), "128m", uri);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> !process.isAlive() || requests(uploads) >= requests);
        kills += process.isAlive() ? 1 : 0;
        process.destroyForcibly();
        process.waitFor();
        SyncProcess.awaitSilence(B2.emulator(), clients);
        // It was under way, or had ended well before the moment came.
        assertThat(requests(uploads) >= requests
                        || Files.readString(temp.resolve("log")).contains("FIGURES"))
                .as(Files.readString(temp.resolve("log")))
                .isTrue();
    }

    private static long requests(boolean uploads) {
        return uploads
                ? B2.emulator().count("b2_upload_file") + B2.emulator().count("b2_upload_part")
                : B2.emulator().count("b2_download_file_by_id");
    }

    private Map<String, String> givenTree() throws Exception {
        Map<String, String> wanted = new HashMap<>();
        for (int i = 0; i < FILES; i++) {
            String name = i % 3 == 0 ? "f" + i : "d" + i % 7 + "/f" + i;
            String content = i % 50 == 49 ? ("" + i).repeat(150_000) : "content " + i;
            given(source, name, content, 1_000 + i);
            wanted.put(name, content);
        }
        return wanted;
    }

    private static Map<String, String> withoutTemporary(Map<String, String> tree) {
        Map<String, String> rest = new HashMap<>(tree);
        rest.keySet().removeIf(name -> {
            String last = Path.of(name).getFileName().toString();
            return Stream.of(".b2.sync.tmp", ".b2tmp").anyMatch(last::endsWith);
        });
        return rest;
    }
}
