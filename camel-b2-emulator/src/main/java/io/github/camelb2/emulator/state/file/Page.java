// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A page of a listing.
 *
 * @param files versions and folders
 * @param nextName where the next page starts, or null at the end
 * @param nextId the version at which it starts, in listings of versions
 */
public record Page(
        List<FileVersion> files,
        @Nullable String nextName,
        @Nullable String nextId) {

    public Page {
        files = List.copyOf(files);
    }

    public static Page last(List<FileVersion> files) {
        return new Page(files, null, null);
    }

    public static Page before(List<FileVersion> files, FileVersion next) {
        return new Page(files, next.name(), next.id().isEmpty() ? null : next.id());
    }
}
