// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.item.ScanItem;

/**
 * One entry of a directory that was read.
 *
 * @param path   the relative path
 * @param file   where it is
 * @param item   what it is; null for a directory to go down into
 * @param isLink whether it is a directory that a link leads to
 */
record Entry(String path, Path file, @Nullable ScanItem item, boolean isLink) {
    /** Where it stands in the order of names. */
    String sortKey() {
        return item == null ? path + "/" : item.sortKey();
    }

    /** Whether the entry stands in the order of names where the first file below it would. */
    boolean standsBelow() {
        return item == null || item.sortKey().length() > path.length();
    }
}
