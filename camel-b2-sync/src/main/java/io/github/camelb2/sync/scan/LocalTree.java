// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.item.MarkerNames;
import io.github.camelb2.sync.plan.item.PathOrder;
import io.github.camelb2.sync.plan.item.Reach;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.scan.disk.DirectoryIdentity;
import io.github.camelb2.sync.scan.disk.DirectoryStates;
import io.github.camelb2.sync.scan.disk.TemporaryNames;

/**
 * Walks a directory in the order in which B2 lists names, holding the names of one branch at a time: those of each
 * directory are read whole and sorted, and an entry is looked at when it is its turn.
 *
 * <p>Symbolic links are followed at the source as {@link ScanFilters#symlinks} says, unless they lead back to a directory
 * above them. Below a link that was followed every other place is entered by a link once, so that links which lead to
 * each other end. What cannot be read, and names that B2 refuses, come as {@link ScanItem.Refused}. Used by one thread.
 */
public final class LocalTree implements Iterator<ScanItem> {
    /** What the walk is for. */
    public enum Purpose {
        /** Files are read: links are followed and filters apply. */
        SOURCE,
        /** Files are replaced and deleted: nothing is done through a link to a directory. */
        DESTINATION
    }

    /** A directory that is being walked. */
    private final class Frame {
        private final String path;
        private final Path directory;
        private final FoundNames names;
        private final DirectoryIdentity identity;
        /** The places that links below the outermost one have led to; null outside of links. */
        private final @Nullable Set<Object> linked;
        /**
         * Directories, and links that are stored, whose turn comes after names that begin with theirs and go on with less
         * than a slash or the ending of links.
         */
        private final Queue<Entry> later =
                new PriorityQueue<>(Comparator.comparing(Entry::sortKey, PathOrder.COMPARATOR));

        private int at;

        Frame(String path, Path directory, FoundNames names, DirectoryIdentity identity, @Nullable Set<Object> linked) {
            this.path = path.isEmpty() ? "" : path + "/";
            this.directory = directory;
            this.names = names;
            this.identity = identity;
            this.linked = linked;
        }

        /** The next entry in the order of names; null at the end. */
        @Nullable
        Entry next() {
            while (at < names.size()) {
                String name = names.get(at);
                String entryPath = path + name;
                if (!later.isEmpty() && PathOrder.compare(later.element().sortKey(), entryPath) < 0) {
                    return later.remove();
                }
                at++;
                Entry entry = reader.judge(entryPath, name, directory.resolve(name));
                if (entry != null && !entry.standsBelow()) {
                    return entry;
                }
                if (entry != null) {
                    later.add(entry);
                }
            }
            return later.poll();
        }
    }

    private final LocalEntries reader;
    private final Purpose purpose;
    private final EmptyDirectories emptyDirectories;
    private final DirectoryStates states;
    private final Deque<Frame> branch = new ArrayDeque<>();
    /** Those of the last complete run that were not met yet, by where they stand in the order. */
    private final TreeSet<String> disks = new TreeSet<>(Comparator.comparing(path -> path + "/", PathOrder.COMPARATOR));

    private @Nullable ScanItem next;
    /** What the walk gave last: whatever is said of a directory at its end must not come before it. */
    private @Nullable ScanItem last;
    /** Comes after the disks that are missing before it. */
    private @Nullable ScanItem found;

    private boolean started;

    /**
     * Prepares a walk; nothing is read yet.
     *
     * @param root       the directory
     * @param namePrefix what B2's names have before the relative path: empty, or a prefix that ends in {@code /}
     * @param leftovers  gets every temporary file of an earlier download that the walk meets
     */
    public LocalTree(Path root, String namePrefix, Purpose purpose, ScanFilters filters, Consumer<Path> leftovers) {
        this(root, namePrefix, purpose, filters, leftovers, DirectoryStates.NONE, link -> {});
    }

    /**
     * @param states   knows what directories looked like before
     * @param followed gets every link of a source that is to be followed, also those that lead nowhere
     */
    public LocalTree(
            Path root,
            String namePrefix,
            Purpose purpose,
            ScanFilters filters,
            Consumer<Path> leftovers,
            DirectoryStates states,
            Consumer<Path> followed) {
        this(root, namePrefix, purpose, filters, leftovers, states, followed, EmptyDirectories.PASSED_BY);
    }

    /** @param emptyDirectories what a directory below the root is that has no entry */
    public LocalTree(
            Path root,
            String namePrefix,
            Purpose purpose,
            ScanFilters filters,
            Consumer<Path> leftovers,
            DirectoryStates states,
            Consumer<Path> followed,
            EmptyDirectories emptyDirectories) {
        this.purpose = purpose;
        this.emptyDirectories = emptyDirectories;
        this.states = states;
        this.reader = new LocalEntries(root, namePrefix, purpose, filters, leftovers, followed);
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            found = found == null ? advance() : found;
            next = missingDisk();
            if (next == null) {
                next = found;
                found = null;
            }
        }
        return next != null;
    }

    private @Nullable ScanItem advance() {
        ScanItem item = null;
        if (!started) {
            started = true;
            disks.addAll(states.disks());
            item = enter(new Entry("", reader.root(), null, false));
        }
        while (item == null && !branch.isEmpty()) {
            Entry entry = branch.element().next();
            if (entry == null) {
                item = left(branch.pop());
            } else {
                ScanItem leaf = entry.item();
                item = leaf != null ? unlessMarker(unlessMissing(leaf)) : enter(entry);
            }
        }
        return item;
    }

    /** What lies where a file, or a disk, was mounted that is not: it is not what was meant. */
    private ScanItem unlessMissing(ScanItem item) {
        if (disks.isEmpty() || !(item instanceof ScanItem.SyncFile) || !disks.remove(item.path())) {
            return item;
        }
        return new ScanItem.Refused(
                item.path(),
                Reach.NAME,
                reader.root().resolve(item.path())
                        + " is a file of the disk around it, and was mounted by itself in the"
                        + " last run that saw it: is it mounted? If it is meant to be so, "
                        + states.remedy(item.path()));
    }

    /** A file that is called like a marker would come back as a directory. */
    private ScanItem unlessMarker(ScanItem item) {
        boolean isCalledSo = emptyDirectories == EmptyDirectories.STORED
                && item instanceof ScanItem.SyncFile
                && MarkerNames.isName(item.path());
        if (!isCalledSo) {
            return item;
        }
        return purpose == Purpose.DESTINATION
                ? LocalEntries.leftAlone(
                        item.path(),
                        reader.root().resolve(item.path()),
                        MarkerNames.NAME + " stands for an empty directory with preserve=emptyDirs")
                : calledLikeMarker(item.path(), reader.root());
    }

    /** What a file of such a name is in a source. */
    static ScanItem calledLikeMarker(String path, Path root) {
        return new ScanItem.Refused(
                path,
                Reach.NAME,
                root.resolve(path) + " is not synced: " + MarkerNames.NAME
                        + " stands for an empty directory with preserve=emptyDirs");
    }

    /** A directory that was a disk of its own and is gone, before what was found. */
    private @Nullable ScanItem missingDisk() {
        if (found instanceof ScanItem.Broken) {
            disks.clear();
        } else if (found != null && !(found instanceof ScanItem.SyncFile)) {
            String path = found.path();
            disks.removeIf(disk -> {
                boolean isLeftOut = path.isEmpty() || disk.equals(path) || disk.startsWith(path + "/");
                if (isLeftOut) {
                    states.leftOut(disk);
                }
                return isLeftOut;
            });
        }
        if (disks.isEmpty() || (found != null && PathOrder.compare(disks.first() + "/", found.sortKey()) > 0)) {
            return null;
        }
        String path = Objects.requireNonNull(disks.pollFirst());
        return new ScanItem.Refused(
                path,
                Reach.TREE,
                "the directory " + reader.root().resolve(path) + " is gone, and was a disk of its own in the last"
                        + " run that saw it: is it mounted? If it is gone for good, " + states.remedy(path));
    }

    @Override
    public ScanItem next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ScanItem item = Objects.requireNonNull(next);
        next = null;
        last = item;
        return item;
    }

    /**
     * All names of a directory had their turn: what is known of them is worth nothing if another disk was there
     * meanwhile, or none. Names that vanished one by one are skips, and a directory that was removed with them as well.
     */
    private @Nullable ScanItem left(Frame frame) {
        Optional<String> change = frame.identity.change(frame.directory, branch.isEmpty(), reader.hasVanished());
        if (change.isEmpty()) {
            return null;
        }
        if (branch.isEmpty()) {
            return new ScanItem.Broken("", change.get());
        }
        String path = frame.path.substring(0, frame.path.length() - 1);
        if (last == null || PathOrder.compare(last.sortKey(), frame.path) < 0) {
            return new ScanItem.Refused(path, Reach.TREE, change.get());
        }
        boolean isOfTree = last.sortKey().endsWith("/");
        return new ScanItem.Refused(last.path(), isOfTree ? Reach.TREE : Reach.NAME, change.get());
    }

    /** Goes down into a directory; null when that went well and all of its names are known. */
    private @Nullable ScanItem enter(Entry entry) {
        String path = entry.path();
        Path directory = entry.file();
        try {
            DirectoryIdentity identity = DirectoryIdentity.of(directory);
            Object key = identity.key();
            Set<Object> linked = branch.isEmpty() ? null : branch.element().linked;
            if (branch.stream().anyMatch(above -> above.identity.key().equals(key))) {
                return leadsBack(path, directory);
            }
            if (entry.isLink()) {
                linked = linked == null ? new HashSet<>() : linked;
                if (!linked.add(key)) {
                    return skipped(path, "another link of the same branch has led to where " + directory + " leads");
                }
            }
            LocalEntries.Listing listing = reader.list(path, directory);
            disks.remove(path);
            Optional<String> trouble = states.entered(path, directory, above(directory), listing);
            if (trouble.isPresent()) {
                return new ScanItem.Refused(path, Reach.TREE, trouble.get());
            }
            ScanItem marker = listing.entries() == 0 && !path.isEmpty() ? marker(path, directory) : null;
            Optional<String> nothingKnown = path.isEmpty() ? states.trouble() : Optional.empty();
            branch.push(new Frame(path, directory, listing.names(), identity, linked));
            return nothingKnown
                    .<ScanItem>map(reason -> new ScanItem.Refused(path, Reach.UNNAMED, reason))
                    .orElse(marker == null ? listing.unknown() : marker);
        } catch (IOException | DirectoryIteratorException e) {
            if (e instanceof NoSuchFileException && !path.isEmpty()) {
                return reader.vanished(path, directory);
            }
            String reason = "the directory " + directory + " cannot be read: " + LocalEntries.reason(e);
            return path.isEmpty() ? new ScanItem.Broken("", reason) : new ScanItem.Refused(path, Reach.TREE, reason);
        }
    }

    private @Nullable ScanItem marker(String path, Path directory) throws IOException {
        // A killed run has left one that it had not given its name yet.
        boolean isUnfinished =
                TemporaryNames.isTemporary(directory.getFileName().toString());
        return emptyDirectories == EmptyDirectories.STORED && !isUnfinished ? reader.marker(path, directory) : null;
    }

    private @Nullable Path above(Path directory) throws IOException {
        return branch.isEmpty() ? directory.toRealPath().getParent() : branch.element().directory;
    }

    /** A directory that is one of those above it. */
    static ScanItem leadsBack(String path, Path directory) {
        return skipped(path, "the link " + directory + " leads back to a directory above it");
    }

    private static ScanItem skipped(String path, String reason) {
        return new ScanItem.Refused(path, Reach.TREE, ScanItem.Refused.Weight.SKIP, reason);
    }
}
