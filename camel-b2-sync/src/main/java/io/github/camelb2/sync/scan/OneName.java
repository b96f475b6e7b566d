// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

import io.github.camelb2.sync.plan.item.Reach;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.scan.disk.DirectoryIdentity;

/** Judges a single name as the scan of a source would, without the rest of it. */
public final class OneName {
    private OneName() {}

    /**
     * What the scan of a directory makes of a path; of a directory on the way that is left out, that. Empty for a directory
     * that is looked into, and for what is not there.
     *
     * @param namePrefix what B2's names have before the relative path
     */
    public static Optional<ScanItem> inDirectory(Path root, String namePrefix, ScanFilters filters, String path) {
        LocalEntries reader =
                new LocalEntries(root, namePrefix, LocalTree.Purpose.SOURCE, filters, leftover -> {}, followed -> {});
        try {
            Path place = root.resolve(path);
            boolean isName = place.startsWith(root)
                    && place.equals(place.normalize())
                    && root.relativize(place)
                            .toString()
                            .replace(File.separatorChar, '/')
                            .equals(path);
            if (!isName) {
                return Optional.of(new ScanItem.Refused(path, Reach.NAME, "it is no path below the source"));
            }
            Set<Object> above = new HashSet<>();
            if (path.indexOf('/') >= 0) {
                above.add(DirectoryIdentity.keyOf(root));
            }
            for (int end = path.indexOf('/'); ; end = path.indexOf('/', end + 1)) {
                String part = end < 0 ? path : path.substring(0, end);
                Path file = root.resolve(part);
                if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                    return Optional.empty();
                }
                Entry entry = reader.judge(part, part.substring(part.lastIndexOf('/') + 1), file);
                ScanItem item = entry == null ? null : entry.item();
                if (item != null || end < 0) {
                    return Optional.ofNullable(item);
                }
                if (entry != null && !above.add(DirectoryIdentity.keyOf(file))) {
                    return Optional.of(LocalTree.leadsBack(part, file));
                }
            }
        } catch (IOException e) {
            return Optional.of(new ScanItem.Refused(path, Reach.NAME, "it cannot be read: " + LocalEntries.reason(e)));
        } catch (InvalidPathException e) {
            return Optional.of(new ScanItem.Refused(path, Reach.NAME, "no disk has such a name: " + e.getReason()));
        }
    }

    /**
     * What the scan of a bucket makes of a name; empty for one that is not there.
     *
     * @param versions all versions of names from that one on, by name and newest first
     */
    public static Optional<ScanItem> inBucket(
            Iterator<ListedVersion> versions,
            String prefix,
            RemoteTree.Purpose purpose,
            ScanFilters filters,
            String path) {
        Iterator<ScanItem> tree = new RemoteTree(versions, prefix, purpose, filters);
        return Optional.ofNullable(tree.hasNext() ? tree.next() : null)
                .filter(item -> item.path().equals(path));
    }
}
