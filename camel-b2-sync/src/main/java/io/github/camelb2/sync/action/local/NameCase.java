// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds names that a disk which does not tell upper from lower case would give to a file of another name: B2 keeps
 * {@code a} and {@code A} apart. Thread-safe.
 */
public final class NameCase {
    /** Directories whose spelling is known to be theirs; one more is looked up again. */
    private static final int REMEMBERED = 10_000;

    private final Set<Path> spelledSo =
            Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Path, Boolean> eldest) {
                    return size() > REMEMBERED;
                }
            }));

    /** Whether the disk finds a file, which exists and has letters in its name, under its name in capitals too. */
    public static boolean isIgnoredAt(Path existing) {
        String capitals = existing.getFileName().toString().toUpperCase(Locale.ROOT);
        return Files.exists(existing.resolveSibling(capitals), LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Checks that neither a target nor a directory between it and the root stands there in another spelling.
     *
     * @throws IOException if one does; the message names it
     */
    public void check(Path root, Path target) throws IOException {
        Path place = root;
        for (Path part : root.relativize(target)) {
            place = place.resolve(part);
            if (!spelledSo.contains(place) && Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                if (!isListed(place)) {
                    throw new IOException(place + " stands there in another spelling, which this disk does not tell"
                            + " apart: it does not know upper from lower case");
                }
                if (!place.equals(target)) {
                    spelledSo.add(place);
                }
            }
        }
    }

    /** Whether the directory of a file lists it by exactly this name. */
    static boolean isListed(Path file) throws IOException {
        Path name = file.getFileName();
        try (DirectoryStream<Path> same = Files.newDirectoryStream(
                file.getParent(), entry -> entry.getFileName().toString().equals(name.toString()))) {
            return same.iterator().hasNext();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
