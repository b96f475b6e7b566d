// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.api.B2LocalContentException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

class LocalTargetTest {
    @TempDir
    Path directory;

    private Path work() {
        return directory.resolve("new/work");
    }

    @Test
    void nothingIsMadeBeforeThereIsAnAnswer() {
        try (LocalTarget target = LocalTarget.below(work())) {
            assertThat(target.find("x/y/a")).isEqualTo(work().resolve("x/y/a"));
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void directoriesOfAFailedDownloadGoAndOthersStay() throws IOException {
        Path there = Files.createDirectories(directory.resolve("there"));
        try (LocalTarget target = LocalTarget.below(there)) {
            assertThat(target.prepare("x/y/a")).isEqualTo(there.resolve("x/y/a"));
            assertThat(there.resolve("x/y")).isDirectory();
        }

        assertThat(there).isEmptyDirectory();
    }

    @Test
    void directoriesOfACompleteFileStay() throws IOException {
        try (LocalTarget target = LocalTarget.below(work())) {
            Files.writeString(target.prepare("x/a"), "a");
            target.complete();
        }
        Files.delete(work().resolve("x/a"));
        try (LocalTarget target = LocalTarget.below(work())) {
            target.prepare("x/y/b");
        }

        assertThat(work().resolve("x")).isEmptyDirectory();
    }

    @Test
    void whatWasMadeGoesAlsoWhereTheRestCannotBeMade() {
        try (LocalTarget target = LocalTarget.below(work())) {
            assertThatThrownBy(() -> target.prepare("x/" + "y".repeat(300) + "/a"))
                    .isInstanceOf(B2LocalContentException.class)
                    .hasMessageContaining("the directory cannot be made or written");
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatIsWrittenInAnotherWayGoesAsWell() {
        Path relative = Path.of("").toAbsolutePath().relativize(directory);
        try (LocalTarget target =
                LocalTarget.below(Path.of(".").resolve(relative).resolve("new"))) {
            target.prepare("x/a");
            assertThat(directory.resolve("new/x")).isDirectory();
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theLastDownloadThatFailsTakesTheDirectoryAway() throws IOException {
        try (LocalTarget second = LocalTarget.below(work())) {
            Path file;
            try (LocalTarget first = LocalTarget.below(work())) {
                first.prepare("x/a");
                file = Files.writeString(second.prepare("x/b"), "half of it");
            }
            assertThat(file).exists();
            Files.delete(file);
        }

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aDirectoryThatSomebodyElseHasTakenAwayIsMadeAgain() throws IOException {
        try (LocalTarget second = LocalTarget.below(work())) {
            try (LocalTarget first = LocalTarget.below(work())) {
                first.prepare("x/a");
                second.prepare("x/b");
            }
            // The other download has failed, and this one needs it still.
            Files.delete(work().resolve("x"));
            Files.delete(work());

            Files.writeString(second.prepare("x/b"), "b");
            second.complete();
        }

        assertThat(work().resolve("x/b")).hasContent("b");
    }

    @Test
    @Timeout(60)
    void downloadsThatFailDisturbNoOthers() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            String name = "x" + i / 16 + "/y/" + i;
            boolean fails = i / 16 % 2 == 0 || i % 2 == 0;
            all.add(threads.submit(() -> {
                try (LocalTarget target = LocalTarget.below(work())) {
                    Path file = Files.writeString(target.prepare(name), name);
                    if (fails) {
                        Files.delete(file);
                    } else {
                        target.complete();
                    }
                }
                return null;
            }));
        }
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();

        for (int i = 0; i < 25; i++) {
            Path made = work().resolve("x" + i);
            if (i % 2 == 0) {
                assertThat(made).doesNotExist();
            } else {
                assertThat(made.resolve("y")).isDirectoryContaining(Files::isRegularFile);
            }
        }
    }

    /** It was never a download's again, although the first one had made it. */
    @Test
    void aDirectoryThatGotAFileOfSomebodyElseStaysWhenItIsEmptyLater() throws IOException {
        Path file;
        try (LocalTarget failing = LocalTarget.below(work())) {
            file = Files.writeString(failing.prepare("x/a"), "somebody else's");
        }
        Files.delete(file);

        try (LocalTarget failing = LocalTarget.below(work())) {
            failing.prepare("x/b");
        }

        assertThat(work().resolve("x")).isEmptyDirectory();
    }

    @Test
    void aPipeIsNotReplaced() throws Exception {
        Path pipe = directory.resolve("pipe");
        assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        try (LocalTarget target = LocalTarget.below(directory)) {
            assertThatThrownBy(() -> target.find("pipe")).isInstanceOf(B2LocalContentException.class);
        }
    }
}
