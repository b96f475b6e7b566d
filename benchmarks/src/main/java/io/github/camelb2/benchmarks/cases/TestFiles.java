// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;

import io.github.camelb2.benchmarks.client.SmallFileNames;

/** Files to transfer. Their bytes are random, but the same in every run. */
final class TestFiles {

    private static final int FILES_PER_DIRECTORY = 10_000;

    private TestFiles() {}

    /** One file of this size. */
    static Path large(Path file, long size) throws IOException {
        Random random = new Random(size);
        byte[] block = new byte[1 << 20];
        try (OutputStream output = Files.newOutputStream(file)) {
            for (long left = size; left > 0; left -= block.length) {
                random.nextBytes(block);
                output.write(block, 0, (int) Math.min(left, block.length));
            }
        }
        return file;
    }

    /** A directory of that many files of this size. */
    static Path small(Path directory, int count, int size) throws IOException {
        Files.createDirectory(directory);
        Random random = new Random(count);
        byte[] bytes = new byte[size];
        for (String name : SmallFileNames.first(count)) {
            random.nextBytes(bytes);
            Files.write(directory.resolve(name), bytes);
        }
        return directory;
    }

    /**
     * A tree that equals the emulator's synthetic bucket in names, sizes and times, as the emulator documents these. The files have no
     * bytes on disk, because nothing is to read them.
     */
    static Path likeSynthetic(Path root, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Path directory = root.resolve("d%06d".formatted(i / FILES_PER_DIRECTORY));
            if (i % FILES_PER_DIRECTORY == 0) {
                Files.createDirectories(directory);
            }
            Path file = directory.resolve("f%04d.txt".formatted(i % FILES_PER_DIRECTORY));
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(i % 100);
            }
            if (!file.toFile().setLastModified(1_600_000_000_000L + 1_000L * i)) {
                throw new IOException("Cannot set the time of " + file);
            }
        }
        return root;
    }

    /** Deletes the directory and everything in it, if it is there. */
    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(TestFiles::deleteOne);
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.delete(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** It is an error if the two files differ. */
    static void expectSame(Path expected, Path actual) throws IOException {
        long difference = Files.mismatch(expected, actual);
        if (difference >= 0) {
            throw new IOException(actual + " differs from " + expected + " at byte " + difference);
        }
    }
}
