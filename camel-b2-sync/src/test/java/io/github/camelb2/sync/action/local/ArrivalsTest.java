// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.transfer.local.FileStamp;
import io.github.camelb2.sync.plan.item.Arrival;
import io.github.camelb2.sync.scan.disk.DirectoryStates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ArrivalsTest {
    @TempDir
    Path root;

    @BeforeEach
    void needsTimesOfChange() {
        assumeTrue(root.getFileSystem().supportedFileAttributeViews().contains("unix"));
    }

    /** Clocks of network disks are not ours; a millisecond apart from each other is enough to tell before from after. */
    @ParameterizedTest
    @ValueSource(longs = {0, 600, -600, 3_600})
    void filesAreJudgedByTheClockOfTheirDisk(long machineIsAheadSeconds) throws IOException {
        Files.createDirectory(root.resolve("d"));
        Path old = Files.writeString(root.resolve("d/old"), "old");
        awaitTick(old);
        InstantSource machine = () -> Instant.now().plusSeconds(machineIsAheadSeconds);
        Arrivals arrivals = arrivals(machine);
        awaitTick(old);
        Path young = Files.writeString(root.resolve("d/young"), "young");
        Files.setLastModifiedTime(young, FileTime.from(Instant.now().minus(Duration.ofDays(9))));

        assertThat(arrivals.of("d/young", changed(young))).isEqualTo(Arrival.DURING);
        assertThat(arrivals.of("d/old", changed(old))).isEqualTo(Arrival.BEFORE);
        assertThat(root)
                .isDirectoryNotContaining(
                        file -> Temporaries.isName(file.getFileName().toString()));
    }

    @Test
    void whatADirectoryBringsAlongCameWithIt() throws IOException {
        Path old = given("stays/d/one");
        given("outside/letters/deep/one");
        given("grown/one");
        awaitTick(old);
        Arrivals arrivals = arrivals(InstantSource.system());
        awaitTick(old);
        Files.move(root.resolve("outside/letters"), root.resolve("stays/letters"));
        Files.writeString(root.resolve("grown/two"), "two");

        for (String directory : new String[] {"grown", "stays", "stays/d", "stays/letters", "stays/letters/deep"}) {
            assertThat(arrivals.entered(directory, root.resolve(directory), root, new Nothing()))
                    .isEmpty();
        }

        assertThat(arrivals.of("stays/letters/deep/one", changed(root.resolve("stays/letters/deep/one"))))
                .isEqualTo(Arrival.DURING);
        // Somebody has made an entry there; who moved the directory itself may have done that too.
        assertThat(arrivals.of("grown/one", changed(root.resolve("grown/one")))).isEqualTo(Arrival.MAYBE_DURING);
        assertThat(arrivals.of("other", changed(old))).isEqualTo(Arrival.BEFORE);
    }

    private static final class Nothing implements DirectoryStates.Content {
        @Override
        public int entries() {
            return 0;
        }

        @Override
        public List<String> someNames() {
            return List.of();
        }

        @Override
        public boolean has(String name) {
            return false;
        }
    }

    private Path given(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name);
    }

    private Arrivals arrivals(InstantSource machine) {
        return new Arrivals(root, Optional.of(new Temporaries(root, "run")), machine);
    }

    private static Optional<FileTime> changed(Path file) throws IOException {
        return Optional.of((FileTime) FileStamp.of(file).changed());
    }

    /** Until the disk's clock has gone on, by more than what a measurement may be wrong. */
    private static void awaitTick(Path since) throws IOException {
        long then = Math.max(changed(since).orElseThrow().toMillis(), System.currentTimeMillis());
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> System.currentTimeMillis() > then + 40);
    }
}
