package io.github.camelb2.sync.scan;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.ScanItem;

/**
 * One entry of a directory that was read.
 *
 * @param path the relative path
 * @param file where it is
 * @param item what it is; null for a directory to go down into
 */
record Entry(String path, Path file, @Nullable ScanItem item) {
    /** Where the entry, or the first file below it, stands in the order of names. */
    String sortKey() {
        return item == null ? path + "/" : item.sortKey();
    }
}
