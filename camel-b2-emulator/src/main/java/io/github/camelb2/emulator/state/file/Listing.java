// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Reads one page out of an index: by name or by version, with a prefix, with folders. The cost is that of the page and of what it skips.
 *
 * @param prefix names must start with it; may be empty
 * @param delimiter names are collapsed into a folder after its first occurrence behind the prefix; null for none
 * @param start the first place to look at
 * @param count how many entries the page may have, 0 or more; 0 gives an empty page that has a next one
 */
public record Listing(String prefix, @Nullable String delimiter, VersionKey start, int count) {

    Page names(String bucketId, VersionIndex index) {
        List<FileVersion> page = new ArrayList<>();
        VersionKey place = first();
        while (place != null) {
            FileVersion candidate = index.ceiling(place);
            if (candidate == null || !candidate.name().startsWith(prefix)) {
                break;
            }
            FileVersion newest = settled(index, candidate);
            place = VersionKey.after(candidate.name());
            // Hidden, or only begun: no entry, and no reason for a folder to show.
            if (newest == null || newest.action() == FileVersion.Action.HIDE) {
                continue;
            }
            String folder = folderOf(newest.name());
            FileVersion entry = folder == null ? newest : FileVersion.folder(bucketId, folder);
            if (page.size() >= count) {
                return new Page(page, entry.name(), null);
            }
            page.add(entry);
            place = folder == null ? place : afterFolder(folder);
        }
        return Page.last(page);
    }

    Page versions(String bucketId, VersionIndex index) {
        List<FileVersion> page = new ArrayList<>();
        VersionKey place = first();
        while (place != null) {
            FileVersion version = index.ceiling(place);
            if (version == null || !version.name().startsWith(prefix)) {
                break;
            }
            String folder = folderOf(version.name());
            FileVersion entry = folder == null ? version : FileVersion.folder(bucketId, folder);
            if (page.size() >= count) {
                return Page.before(page, entry);
            }
            page.add(entry);
            place = folder == null ? version.key().next() : afterFolder(folder);
        }
        return Page.last(page);
    }

    private @Nullable VersionKey first() {
        VersionKey least = VersionKey.before(prefix);
        return start.compareTo(least) < 0 ? least : start;
    }

    private @Nullable String folderOf(String name) {
        if (delimiter == null || delimiter.isEmpty()) {
            return null;
        }
        int end = name.indexOf(delimiter, prefix.length());
        return end < 0 ? null : name.substring(0, end + delimiter.length());
    }

    private static @Nullable VersionKey afterFolder(String folder) {
        String next = Utf8Order.afterPrefix(folder);
        return next == null ? null : VersionKey.before(next);
    }

    /** The newest version of a name that is not an unfinished large file: those hide nothing. */
    static @Nullable FileVersion settled(VersionIndex index, FileVersion newest) {
        FileVersion version = newest;
        while (version != null && version.action() == FileVersion.Action.START) {
            FileVersion older = index.ceiling(version.key().next());
            version = older != null && older.name().equals(newest.name()) ? older : null;
        }
        return version;
    }
}
