// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Disks in memory that are mounted and unmounted for real, which takes root on Linux; a test is skipped where nobody may. */
final class Disks implements AutoCloseable {
    private final Deque<Path> mounted = new ArrayDeque<>();

    /** Mounts an empty disk at a directory, which is made. */
    void mount(Path directory) throws Exception {
        Files.createDirectories(directory);
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=4m", "none", directory.toString()), "nobody may mount here");
        mounted.push(directory);
    }

    /** Shows a directory at another one, which is made, or a file at another one. */
    void bind(Path shown, Path directory) throws Exception {
        if (Files.isDirectory(shown)) {
            Files.createDirectories(directory);
        }
        assumeTrue(run("mount", "--bind", shown.toString(), directory.toString()), "nobody may mount here");
        mounted.push(directory);
    }

    /** Whether the disk that was mounted there is away. */
    boolean unmount(Path directory) throws Exception {
        return mounted.remove(directory) && run("umount", "-l", directory.toString());
    }

    @Override
    public void close() throws Exception {
        while (!mounted.isEmpty()) {
            run("umount", "-l", mounted.pop().toString());
        }
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }
}
