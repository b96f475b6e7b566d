// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.store.ContentStore;
import io.github.camelb2.emulator.store.Durability;

/** Data directories of accounts: opened, compared, copied. */
final class Directories {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));

    private Directories() {}

    static Account open(Path path) throws IOException {
        return Account.open(
                path,
                CLOCK,
                new Account.Limits(1, 100, Encryption.NONE, Names.Rules.LENIENT, Account.CustomTimestamps.ALLOWED),
                new Account.Storage(Durability.PROCESS, false, true, ContentStore.Keeping.BYTES));
    }

    static Account repair(Path path) throws IOException {
        return Account.open(
                path,
                CLOCK,
                new Account.Limits(1, 100, Encryption.NONE, Names.Rules.LENIENT, Account.CustomTimestamps.ALLOWED),
                new Account.Storage(Durability.PROCESS, true, true, ContentStore.Keeping.BYTES));
    }

    /** Everything that the account knows, in an order that does not depend on its past. */
    static Set<String> dump(Account account) {
        Set<String> records = new TreeSet<>();
        account.records(entry -> {
            if (!entry.get("t").textValue().equals("account")) {
                records.add(entry.toString());
            }
        });
        return records;
    }

    /** Whether the bytes of every version can be read. */
    static boolean isReadable(Account account) {
        return account.versions().stream().allMatch(file -> {
            try {
                return account.store().readAll(file.content()).length == file.length();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The files below {@code content}, relative to the root. */
    static List<Path> content(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root.resolve("content"))) {
            return files.filter(Files::isRegularFile)
                    .map(root::relativize)
                    .sorted()
                    .toList();
        }
    }

    /** A second directory with the same files: linked where they never change, copied where they do. */
    static void link(Path from, Path to) throws IOException {
        delete(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.startsWith(from.resolve("content"))) {
                    Files.copy(file, target);
                } else {
                    Files.createLink(target, file);
                }
            }
        }
    }

    /** A second directory with the same files. */
    static void copy(Path from, Path to) throws IOException {
        delete(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
