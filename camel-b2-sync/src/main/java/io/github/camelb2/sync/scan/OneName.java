// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.github.camelb2.filter.FileFilter;
import io.github.camelb2.filter.NameRule;
import io.github.camelb2.sync.plan.item.LinkNames;
import io.github.camelb2.sync.plan.item.MarkerNames;
import io.github.camelb2.sync.plan.item.PathOrder;
import io.github.camelb2.sync.plan.item.Reach;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.scan.disk.DirectoryIdentity;
import io.github.camelb2.sync.scan.disk.Links;

/**
 * Judges a single name as the scan of a source would, without the rest of it.
 *
 * @param filters          of the scan
 * @param emptyDirectories what they are
 */
public record OneName(ScanFilters filters, EmptyDirectories emptyDirectories) {
    /**
     * What the scan of a directory makes of a path, whatever the choice of names, sizes and times; of a directory on the way
     * that is left out, that. Empty for a directory that is looked into, and for what is not there.
     *
     * @param namePrefix what B2's names have before the relative path
     */
    public Optional<ScanItem> inDirectory(Path root, String namePrefix, String path) {
        LocalEntries reader = new LocalEntries(
                root, namePrefix, LocalTree.Purpose.SOURCE, filters.withoutChoice(), leftover -> {}, followed -> {});
        try {
            Path place = root.resolve(path);
            boolean isName = place.startsWith(root)
                    && place.equals(place.normalize())
                    && root.relativize(place)
                            .toString()
                            .replace(File.separatorChar, '/')
                            .equals(path);
            return isName
                    ? inDirectory(reader, root, namePrefix, path)
                    : Optional.of(new ScanItem.Refused(path, Reach.NAME, "it is no path below the source"));
        } catch (IOException e) {
            return Optional.of(new ScanItem.Refused(path, Reach.NAME, "it cannot be read: " + LocalEntries.reason(e)));
        } catch (InvalidPathException e) {
            return Optional.of(new ScanItem.Refused(path, Reach.NAME, "no disk has such a name: " + e.getReason()));
        }
    }

    private Optional<ScanItem> inDirectory(LocalEntries reader, Path root, String namePrefix, String path)
            throws IOException {
        boolean isMarker = emptyDirectories == EmptyDirectories.STORED && MarkerNames.isName(path);
        if (isMarker && Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(LocalTree.calledLikeMarker(path, root));
        }
        if (isMarker && MarkerNames.isOfRoot(path)) {
            return Optional.empty();
        }
        String asked = isMarker ? MarkerNames.directory(path) : placeOf(path, root);
        Set<Object> above = new HashSet<>();
        String firstLink = "";
        if (asked.indexOf('/') >= 0 || isMarker) {
            above.add(DirectoryIdentity.keyOf(root));
        }
        for (int end = asked.indexOf('/'); ; end = asked.indexOf('/', end + 1)) {
            String part = end < 0 ? asked : asked.substring(0, end);
            Path file = root.resolve(part);
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            Entry entry = reader.judge(part, part.substring(part.lastIndexOf('/') + 1), file);
            if (entry == null || entry.item() != null) {
                return entry == null ? Optional.empty() : Optional.ofNullable(entry.item());
            }
            if (end >= 0 || isMarker) {
                if (!above.add(DirectoryIdentity.keyOf(file))) {
                    return Optional.of(LocalTree.leadsBack(part, file));
                }
                Optional<ScanItem> refused = entry.isLink() && !firstLink.isEmpty()
                        ? refusedByTheWay(root, namePrefix, firstLink, part)
                        : Optional.empty();
                if (refused.isPresent()) {
                    return refused;
                }
                firstLink = entry.isLink() && firstLink.isEmpty() ? part : firstLink;
            }
            if (end < 0) {
                return isMarker && reader.list(part, file).entries() == 0
                        ? Optional.of(reader.marker(part, file))
                        : Optional.empty();
            }
        }
    }

    /** Where a link lies that is stored under a name of its own. */
    private String placeOf(String path, Path root) {
        return filters.symlinks() == Links.Mode.STORE
                        && LinkNames.isName(path)
                        && Files.isSymbolicLink(root.resolve(LinkNames.place(path)))
                ? LinkNames.place(path)
                : path;
    }

    /** Below a link it matters which others the scan has followed before: so far, it is done. */
    private Optional<ScanItem> refusedByTheWay(Path root, String namePrefix, String firstLink, String link) {
        FileFilter own = filters.chosen().filter();
        NameRule onTheWay = new NameRule() {
            @Override
            public boolean excludes(String name) {
                return false;
            }

            @Override
            public String reason(String name) {
                return "";
            }

            @Override
            public boolean excludesAllBelow(String folder) {
                boolean leadsThere = firstLink.equals(folder)
                        || firstLink.startsWith(folder + "/")
                        || folder.startsWith(firstLink + "/");
                return !leadsThere || own.excludesAllBelow(folder);
            }
        };
        ScanFilters way = filters.withoutChoice()
                .withDirectories(
                        filters.excludeDirs(),
                        new FileFilter.Builder().rule(onTheWay).build());
        Iterator<ScanItem> scan = new LocalTree(root, namePrefix, LocalTree.Purpose.SOURCE, way, leftover -> {});
        while (scan.hasNext()) {
            ScanItem item = scan.next();
            if (item instanceof ScanItem.Refused && item.path().equals(link)) {
                return Optional.of(item);
            }
            if (PathOrder.compare(item.sortKey(), link + "/\uffff") > 0) {
                break;
            }
        }
        return Optional.empty();
    }

    /**
     * What the scan of a bucket makes of a name; empty for one that is not there. Sizes and times choose the names above it,
     * and not the name itself.
     *
     * @param versions gives all versions of names that begin so, by name and newest first
     */
    public Optional<ScanItem> inBucket(
            Function<String, Iterator<ListedVersion>> versions,
            String prefix,
            RemoteTree.Purpose purpose,
            String path) {
        Optional<ScanItem> found = judged(versions, prefix, purpose, path, filters);
        return found.filter(ScanItem.Excluded.class::isInstance).isPresent()
                ? judged(versions, prefix, purpose, path, filters.withoutChoice())
                : found;
    }

    private Optional<ScanItem> judged(
            Function<String, Iterator<ListedVersion>> versions,
            String prefix,
            RemoteTree.Purpose purpose,
            String path,
            ScanFilters by) {
        List<ListedVersion> needed = new ArrayList<>();
        if (purpose == RemoteTree.Purpose.SOURCE_FOR_DISK) {
            for (String name : above(path)) {
                addUntil(needed, versions.apply(name), prefix + name);
            }
        }
        boolean isMarker = emptyDirectories == EmptyDirectories.STORED && MarkerNames.isName(path);
        boolean hasOthersBefore = isMarker && !MarkerNames.isOfRoot(path);
        addUntil(needed, versions.apply(hasOthersBefore ? MarkerNames.directory(path) + "/" : path), prefix + path);
        Iterator<ScanItem> tree = new RemoteTree(needed.iterator(), prefix, purpose, by, emptyDirectories);
        while (tree.hasNext()) {
            ScanItem item = tree.next();
            if (item.path().equals(path)) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    /** The names that a disk would have as a file or a link where it needs a directory, in their order. */
    private List<String> above(String path) {
        boolean areLinksStored = filters.symlinks() == Links.Mode.STORE;
        List<String> names = new ArrayList<>();
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            names.add(path.substring(0, end));
            if (areLinksStored) {
                names.add(path.substring(0, end) + LinkNames.SUFFIX);
            }
        }
        if (areLinksStored && LinkNames.isName(path)) {
            names.add(LinkNames.place(path));
        }
        return names;
    }

    /** Those up to a name, and the first one behind. */
    private static void addUntil(List<ListedVersion> needed, Iterator<ListedVersion> versions, String name) {
        while (versions.hasNext()) {
            ListedVersion one = versions.next();
            int order = PathOrder.compare(one.name(), name);
            if (order > 0 && !one.name().startsWith(name.substring(0, name.lastIndexOf('/') + 1))) {
                return;
            }
            needed.add(one);
            if (order > 0) {
                return;
            }
        }
    }
}
