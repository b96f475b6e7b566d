// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.quickstart;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Copies, changes and compares directories. */
final class Trees {
    private Trees() {}

    /** The regular files below a directory by their relative paths; links are followed, what cannot be read is left out. */
    static SortedMap<String, Path> files(Path directory) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        Files.walkFileTree(
                directory, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && Files.isReadable(file)) {
                            files.put(directory.relativize(file).toString(), file);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e) {
                        // The sync reports what it cannot read; the example goes on with the rest, as it does.
                        return FileVisitResult.CONTINUE;
                    }
                });
        return files;
    }

    /** Copies the files with their times. */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (var file : files(from).entrySet()) {
            Path target = to.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.copy(file.getValue(), target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Adds a file, changes the first one and removes the last one; answers what it did, a line for each. */
    static List<String> change(Path directory) throws IOException {
        SortedMap<String, Path> files = files(directory);
        List<String> changes = new ArrayList<>();
        Files.writeString(directory.resolve("added by the quickstart.txt"), "This file is new.\n");
        changes.add("added   'added by the quickstart.txt'");
        Path first = files.get(files.firstKey());
        Files.writeString(first, "One more line.\n", StandardOpenOption.APPEND);
        changes.add("changed " + files.firstKey());
        if (files.size() > 1) {
            Files.delete(files.get(files.lastKey()));
            changes.add("removed " + files.lastKey());
        }
        return changes;
    }

    /** What differs between two directories, in names or in a single byte; empty when nothing does. */
    static List<String> differences(Path one, Path other) throws IOException {
        SortedMap<String, Path> left = files(one);
        SortedMap<String, Path> right = files(other);
        List<String> differences = new ArrayList<>();
        for (var file : left.entrySet()) {
            Path counterpart = right.remove(file.getKey());
            if (counterpart == null) {
                differences.add("missing: " + file.getKey());
            } else if (Files.mismatch(file.getValue(), counterpart) != -1) {
                differences.add("different content: " + file.getKey());
            }
        }
        right.keySet().forEach(name -> differences.add("not expected: " + name));
        return differences;
    }
}
