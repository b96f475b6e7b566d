// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Real disks that go away before and while they are synced. With -Psoak, as root on Linux. */
@EnabledIfSystemProperty(named = "soak", matches = "true")
@EnabledOnOs(OS.LINUX)
class VanishingMountTest extends SyncTestSupport {
    private static final Logger LOG = LoggerFactory.getLogger(VanishingMountTest.class);
    private static final int SEEDS = Integer.getInteger("seeds", 1_000);

    private final Disks disks = new Disks();

    @AfterEach
    void unmount() throws Exception {
        disks.close();
    }

    @Test
    void diskBelowTheSourceThatGoesAwayAtARandomMomentKeepsItsBackup() throws Exception {
        int during = 0;
        for (long seed = Long.getLong("seed", 0L), end = seed + SEEDS; seed < end; seed++) {
            during += play(seed) ? 1 : 0;
        }
        LOG.warn("{} disks went away, {} of them while a run was under way", SEEDS, during);
    }

    /** Whether the disk went away while the run went on. */
    private boolean play(long seed) throws Exception {
        Random random = new Random(seed);
        source = Files.createDirectory(temp.resolve("s" + seed));
        bucket = B2.bucketName("mount" + seed);
        B2.emulator().state().createBucket(bucket);
        Path mounted = source.resolve("m");
        disks.mount(mounted);
        Map<String, String> onDisk = new TreeMap<>();
        for (int i = 0; i < 4 + random.nextInt(8); i++) {
            put("f" + i, "first " + i, 1_000);
            putOnDisk(onDisk, "m/" + (i % 2 == 0 ? "d/" : "") + "f" + i, "first " + i, 1_000);
        }
        String[] options = {
            "keepMode=delete",
            "maxDelete=unlimited",
            "workers=" + (1 + random.nextInt(4)),
            "stateFile=" + temp + "/state" + seed
        };
        sync(source.toString(), bucketUri(), options);
        put("f0", "second", 500);
        put("f" + (20 + random.nextInt(5)), "new", 500);
        putOnDisk(onDisk, "m/f1", "second", 500);
        putOnDisk(onDisk, "m/new", "new", 500);
        Files.deleteIfExists(source.resolve("f2"));
        Map<String, String> before = bucketTree();
        B2.emulator().faults().add("b2_upload_file: delay 8ms");
        B2.emulator().faults().add("b2_list_file_versions: delay 8ms");

        boolean isDuring = random.nextInt(4) > 0;
        if (!isDuring) {
            disks.unmount(mounted);
        }
        CompletableFuture<Exchange> run =
                CompletableFuture.supplyAsync(() -> trySync(source.toString(), bucketUri(), options));
        if (isDuring) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(60_000)));
            isDuring = !run.isDone();
            disks.unmount(mounted);
        }
        run.get(60, TimeUnit.SECONDS);

        before.keySet().removeIf(name -> !name.startsWith("m/"));
        assertThat(bucketTree().keySet()).as("seed %d", seed).containsAll(before.keySet());

        B2.emulator().faults().clear();
        disks.mount(mounted);
        for (Map.Entry<String, String> file : onDisk.entrySet()) {
            given(source, file.getKey(), file.getValue(), file.getValue().startsWith("first") ? 1_000 : 500);
        }
        // It is another disk, made anew and filled again.
        Files.writeString(temp.resolve("state" + seed + ".accept"), "m\n");
        sync(source.toString(), bucketUri(), options);
        assertThat(bucketTree()).as("seed %d", seed).isEqualTo(tree(source));
        disks.unmount(mounted);
        return isDuring;
    }

    private void put(String name, String content, long secondsAgo) throws IOException {
        given(source, name, content, secondsAgo);
    }

    private void putOnDisk(Map<String, String> onDisk, String name, String content, long secondsAgo)
            throws IOException {
        put(name, content, secondsAgo);
        onDisk.put(name, content);
    }
}
