// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.item.LinkNames;
import io.github.camelb2.sync.plan.item.MarkerNames;
import io.github.camelb2.sync.plan.item.Reach;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.scan.disk.DiskNames;
import io.github.camelb2.sync.scan.disk.Links;

/**
 * Groups a listing of all versions under a prefix by name, in the listing's order, holding the versions of one name: of
 * many the newest and the oldest.
 *
 * <p>Names that cannot be synced, or that the local disk at the other side cannot hold, come as {@link
 * ScanItem.Refused}. Used by one thread; what the listing throws passes through.
 */
public final class RemoteTree implements Iterator<ScanItem> {
    /** What the listing is for. */
    public enum Purpose {
        /** Files are read and go into a bucket: filters apply. */
        SOURCE_FOR_B2,
        /** Files are read and go onto a local disk: filters apply, and names are judged by what a disk can hold. */
        SOURCE_FOR_DISK,
        /** Files are replaced, and nothing is hidden or deleted. */
        DESTINATION_THAT_KEEPS,
        /** Files are replaced, hidden and deleted. */
        DESTINATION;

        private boolean isSource() {
            return this == SOURCE_FOR_B2 || this == SOURCE_FOR_DISK;
        }
    }

    private final Iterator<ListedVersion> listing;
    private final String prefix;
    private final Purpose purpose;
    private final ScanFilters filters;
    private final boolean marksDirectories;
    /** Names of files that the current name may be below, if they were directories. */
    private final Deque<String> filesAbove = new ArrayDeque<>();

    /** The last name that shows something, for markers of directories. */
    private String shown = "";

    private @Nullable ListedVersion ahead;
    /** Files come directory by directory. */
    private @Nullable String judgedDirectory;

    private boolean isDirectoryExcluded;

    /**
     * Wraps a listing.
     *
     * @param listing all versions whose name begins with {@code prefix}, by name and newest first
     * @param prefix  what is cut off the names: empty, or ending in {@code /}
     */
    public RemoteTree(Iterator<ListedVersion> listing, String prefix, Purpose purpose, ScanFilters filters) {
        this(listing, prefix, purpose, filters, EmptyDirectories.PASSED_BY);
    }

    /** @param emptyDirectories what the marker of one is for a disk */
    public RemoteTree(
            Iterator<ListedVersion> listing,
            String prefix,
            Purpose purpose,
            ScanFilters filters,
            EmptyDirectories emptyDirectories) {
        this.marksDirectories = emptyDirectories == EmptyDirectories.STORED && purpose == Purpose.SOURCE_FOR_DISK;
        this.listing = listing;
        this.prefix = prefix;
        this.purpose = purpose;
        this.filters = filters;
    }

    @Override
    public boolean hasNext() {
        return ahead != null || listing.hasNext();
    }

    @Override
    public ScanItem next() {
        ListedVersion first = take();
        String path = relative(first.name());
        HeldVersions versions = new HeldVersions();
        for (ListedVersion one = first; one != null; one = nextOf(first.name())) {
            RemoteVersion version = one.version();
            // Versions that nobody asks for would take memory without bound.
            if (isWanted(version) && (versions.isEmpty() || purpose == Purpose.DESTINATION)) {
                versions.add(version);
            }
        }
        return judge(path, versions);
    }

    private @Nullable ListedVersion nextOf(String name) {
        return hasNext() && peek().name().equals(name) ? take() : null;
    }

    /** Versions of other times of upload do not exist for a source: so it is read as it was at a time. */
    private boolean isWanted(RemoteVersion version) {
        return !purpose.isSource() || filters.uploaded().contains(version.uploadMillis());
    }

    /** Sizes and times choose files, not versions: an older version is not the file, and a hidden one is hidden. */
    private boolean isLeftOut(RemoteVersion newest) {
        return newest.isContent() && filters.excludesByFacts(newest.size(), newest.modifiedMillis());
    }

    private ScanItem judge(String path, HeldVersions held) {
        List<RemoteVersion> versions = held.all();
        if (purpose.isSource()
                && (versions.isEmpty()
                        || isInExcludedDirectory(path)
                        || filters.excludesFile(path)
                        || isLeftOut(versions.get(0)))) {
            return new ScanItem.Excluded(path, Reach.NAME);
        }
        if (purpose.isSource()
                && filters.hidden() == ScanFilters.Hidden.IGNORED
                && versions.get(0).isHideMarker()) {
            return new ScanItem.Refused(
                    path, Reach.NAME, ScanItem.Refused.Weight.SILENT, "\"" + prefix + path + "\" is hidden");
        }
        if (purpose.isSource() && versions.get(0).isOfUnknownKind()) {
            return new ScanItem.Refused(
                    path,
                    Reach.NAME,
                    "\"" + prefix + path + "\" is not synced: its newest version "
                            + versions.get(0).fileId() + " is of a kind that this release does not know");
        }
        if (marksDirectories && marksNothing(path, versions.get(0))) {
            return new ScanItem.Excluded(path, Reach.NAME);
        }
        Optional<ScanItem> refused = refused(path, versions.get(0));
        if (refused.isPresent()) {
            return refused.get();
        }
        return new ScanItem.RemoteFile(path, versions, held.left());
    }

    private Optional<ScanItem> refused(String path, RemoteVersion newest) {
        boolean forDisk = purpose == Purpose.SOURCE_FOR_DISK;
        Optional<String> reason = forDisk ? DiskNames.atHand().unholdable(path) : DiskNames.unsyncable(path);
        if (path.isEmpty() && reason.isEmpty()) {
            reason = Optional.of("it is the marker of the very folder that is synced");
        }
        boolean isLink = forDisk && filters.symlinks() == Links.Mode.STORE && LinkNames.isName(path);
        String place = isLink ? LinkNames.place(path) : path;
        if (reason.isEmpty() && marksDirectories && MarkerNames.isName(path) && newest.size() > 0) {
            reason = Optional.of("what stands for an empty directory has no content");
        }
        if (reason.isEmpty() && isLink) {
            reason = refusedLink(place, newest);
        }
        if (reason.isEmpty() && forDisk && !newest.isHideMarker()) {
            reason = isLink && filesAbove.contains(place)
                    ? Optional.of("\"" + prefix + place + "\" is a file, so the disk has no link of that name")
                    : clash(place);
        }
        return reason.map(text -> new ScanItem.Refused(
                path, Reach.NAME, weight(path, newest), "\"" + prefix + path + "\" is not synced: " + text));
    }

    /**
     * A directory with files needs no marker, and neither does the root; that of one whose other names are hidden is asked
     * for in vain, and does nothing.
     */
    private boolean marksNothing(String path, RemoteVersion newest) {
        String before = shown;
        if (!newest.isHideMarker()) {
            shown = path;
        }
        if (!MarkerNames.isName(path) || newest.isHideMarker() || newest.size() > 0) {
            return false;
        }
        if (MarkerNames.isOfRoot(path)) {
            return true;
        }
        String below = MarkerNames.directory(path) + "/";
        boolean isBefore = before.startsWith(below);
        boolean isAfter = hasNext()
                && relative(peek().name()).startsWith(below)
                && !peek().version().isHideMarker();
        return isBefore || isAfter;
    }

    private static Optional<String> refusedLink(String place, RemoteVersion newest) {
        if (place.isEmpty() || place.endsWith("/")) {
            return Optional.of("it is a link without a name");
        }
        return !newest.isHideMarker() && (newest.size() < 1 || newest.size() > LinkNames.LONGEST_TARGET)
                ? Optional.of("a link leads to a name of 1 to " + LinkNames.LONGEST_TARGET + " bytes")
                : DiskNames.atHand().unholdable(place);
    }

    /** Nothing is lost by an empty folder marker, by a name that is hidden, or by what the destination holds besides. */
    private ScanItem.Refused.Weight weight(String path, RemoteVersion newest) {
        boolean isMarker = (path.isEmpty() || path.endsWith("/")) && newest.size() == 0;
        if (isMarker || newest.isHideMarker()) {
            return ScanItem.Refused.Weight.SKIP;
        }
        return purpose.isSource() ? ScanItem.Refused.Weight.FAILURE : ScanItem.Refused.Weight.LEFT_THERE;
    }

    /** A disk has either a file or a directory of one name; the file comes first in the order and wins. */
    private Optional<String> clash(String path) {
        while (!filesAbove.isEmpty() && !path.startsWith(filesAbove.element())) {
            filesAbove.pop();
        }
        for (String file : filesAbove) {
            if (path.startsWith(file + "/")) {
                return Optional.of(
                        "\"" + prefix + file + "\" is a file or a link, so the disk has no directory of that name");
            }
        }
        filesAbove.push(path);
        return Optional.empty();
    }

    /** Each directory above a file is matched, as on a disk; b2sdk matches the last one, and those in which other files are. */
    private boolean isInExcludedDirectory(String path) {
        if (filters.excludeDirs().isEmpty()) {
            return false;
        }
        String directory = path.substring(0, path.lastIndexOf('/') + 1);
        if (!directory.equals(judgedDirectory)) {
            judgedDirectory = directory;
            isDirectoryExcluded = filters.isInExcludedDirectory(path, ScanFilters.Place.B2);
        }
        return isDirectoryExcluded;
    }

    private String relative(String name) {
        if (!name.startsWith(prefix)) {
            throw new IllegalStateException("the listing of names under \"" + prefix + "\" delivered \"" + name + "\"");
        }
        return name.substring(prefix.length());
    }

    private ListedVersion peek() {
        if (ahead == null) {
            ahead = listing.next();
        }
        return ahead;
    }

    private ListedVersion take() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ListedVersion version = peek();
        ahead = null;
        return version;
    }
}
