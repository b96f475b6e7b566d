// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.state.Core;
import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.store.Content;
import io.github.camelb2.emulator.store.ContentStore;
import io.github.camelb2.emulator.store.Durability;
import io.github.camelb2.emulator.store.Segment;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryTest {

    private static final int VERSIONS = Boolean.getBoolean("soak") ? 1_000_000 : 100_000;
    private static final long MOST = 300;

    @TempDir
    private Path directory;

    @Test
    void versionCostsAFewHundredBytes() throws Exception {
        ContentStore store = ContentStore.open(directory, Durability.PROCESS, ContentStore.Keeping.BYTES);
        store.settle(store.inventory());
        Files files = new Files(new Core(InstantSource.system(), store));
        Bucket bucket =
                new Bucket("a".repeat(24), "bucket", 2, Bucket.defaultSettings("allPrivate", Encryption.NONE), -1);
        files.addBucket(bucket);
        long before = used();

        for (int i = 0; i < VERSIONS; i++) {
            FileVersion.Stored stored = new FileVersion.Stored(
                    Content.of(List.of(new Segment(Integer.toString(i, 36), 0, 1_000 + i % 1_000))),
                    String.format("%040x", i),
                    String.format("%032x", i),
                    Encryption.SSE_B2);
            files.add(
                    new NewFile(
                            bucket,
                            String.format("directory %06d/some file of usual length %09d.txt", i / 1_000, i),
                            "text/plain",
                            Map.of("src_last_modified_millis", Long.toString(1_700_000_000_000L + i)),
                            stored,
                            Protection.NONE,
                            null),
                    "Upload");
        }

        long each = (used() - before) / VERSIONS;
        System.out.println("memory: " + each + " bytes for each of " + VERSIONS + " versions");
        assertThat(each).isPositive().isLessThan(MOST);
        assertThat(files.isEmpty(bucket.id())).isFalse();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            runtime.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
