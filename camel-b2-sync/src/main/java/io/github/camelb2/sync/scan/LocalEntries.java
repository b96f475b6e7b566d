// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.sync.plan.item.LinkNames;
import io.github.camelb2.sync.plan.item.MarkerNames;
import io.github.camelb2.sync.plan.item.Reach;
import io.github.camelb2.sync.plan.item.ScanItem;
import io.github.camelb2.sync.plan.item.ScanItem.Refused.Weight;
import io.github.camelb2.sync.scan.LocalTree.Purpose;
import io.github.camelb2.sync.scan.disk.Absence;
import io.github.camelb2.sync.scan.disk.DirectoryStates;
import io.github.camelb2.sync.scan.disk.FileTimes;
import io.github.camelb2.sync.scan.disk.Links;
import io.github.camelb2.sync.scan.disk.NameEncoding;
import io.github.camelb2.sync.scan.disk.TemporaryNames;

/** Reads the names of a directory, and judges each of its entries when it is its turn. */
public final class LocalEntries {
    private static final Logger LOG = LoggerFactory.getLogger(LocalEntries.class);
    private static final Set<PosixFilePermission> READABLE_BY_ALL =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private final Path root;
    private final String namePrefix;
    private final Purpose purpose;
    private final ScanFilters filters;
    private final Consumer<Path> leftovers;
    private final Consumer<Path> followed;
    private final Links links;
    /** Reading permissions costs nothing where they come with the other attributes. */
    private final Class<? extends BasicFileAttributes> attributesKind;

    private boolean warnedOfLinks;
    private boolean hasVanished;

    LocalEntries(
            Path root,
            String namePrefix,
            Purpose purpose,
            ScanFilters filters,
            Consumer<Path> leftovers,
            Consumer<Path> followed) {
        this.root = root;
        this.namePrefix = namePrefix;
        this.purpose = purpose;
        this.filters = filters;
        this.leftovers = leftovers;
        this.followed = followed;
        this.links = new Links(root, filters.symlinks());
        this.attributesKind = root.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? PosixFileAttributes.class
                : BasicFileAttributes.class;
    }

    Path root() {
        return root;
    }

    /**
     * What a directory holds.
     *
     * @param names   in the order of their bytes
     * @param unknown stands for the entries whose names nobody can tell, as the whole directory; null if there are none
     * @param entries how many there are of both
     */
    record Listing(FoundNames names, @Nullable ScanItem unknown, int entries) implements DirectoryStates.Content {
        private static final int SOME = 16;
        /** What a file system makes for itself. */
        private static final String OF_NEW_DISKS = "lost+found";

        @Override
        public List<String> someNames() {
            List<String> some = new ArrayList<>();
            int count = Math.min(SOME, names.size());
            for (int i = 0; i < count; i++) {
                String name = names.get((int) ((long) i * names.size() / count));
                if (!name.equals(OF_NEW_DISKS)) {
                    some.add(name);
                }
            }
            return some;
        }

        @Override
        public boolean has(String name) {
            return names.has(name);
        }
    }

    /** Reads the names of a directory; what they stand for is looked at later, one by one. */
    Listing list(String directoryPath, Path directory) throws IOException {
        String above = directoryPath.isEmpty() ? "" : directoryPath + "/";
        FoundNames names = new FoundNames();
        Unknown unknown = new Unknown();
        int entries = 0;
        try (DirectoryStream<Path> files = links.list(directory)) {
            for (Path file : files) {
                entries++;
                Path shown = file.getFileName();
                String name = shown.toString();
                if (purpose == Purpose.DESTINATION && TemporaryNames.isTemporary(name)) {
                    leftovers.accept(directory.resolve(name));
                } else if (NameEncoding.isFaithful(shown, name)) {
                    names.add(name);
                } else {
                    unknown.add(name, filters.excludesFile(above + name));
                }
            }
        }
        names.sort();
        return new Listing(names, unknown.item(directoryPath, directory), entries);
    }

    /** Counts entries whose names the JVM cannot decode: any name of their directory at the other side may be theirs. */
    private static final class Unknown {
        private int count;
        private int excluded;
        private String first = "";

        void add(String name, boolean isExcluded) {
            first = count == 0 ? name : first;
            count++;
            excluded += isExcluded ? 1 : 0;
        }

        @Nullable
        ScanItem item(String path, Path directory) {
            if (count == 0) {
                return null;
            }
            return new ScanItem.Refused(
                    path,
                    Reach.UNNAMED,
                    excluded == count ? Weight.SILENT : Weight.FAILURE,
                    directory + " has " + count + (count == 1 ? " entry" : " entries") + " (\"" + first
                            + "\") whose names are not valid in this JVM's encoding of file names ("
                            + NameEncoding.atHand().name() + "): they are not synced, and nothing is removed there");
        }
    }

    public static String reason(Exception e) {
        Throwable cause = e instanceof DirectoryIteratorException ? e.getCause() : e;
        if (cause instanceof AccessDeniedException) {
            return "no permission";
        }
        if (cause instanceof NoSuchFileException) {
            return "it does not exist";
        }
        return String.valueOf(cause);
    }

    /** What an entry is; null for what is nothing to anybody. */
    @Nullable
    Entry judge(String path, String name, Path file) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, attributesKind, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            hasVanished = true;
            return purpose == Purpose.DESTINATION ? null : leaf(path, file, gone(path, Reach.NAME, file));
        } catch (IOException e) {
            return unknown(path, file, reason(e));
        }
        if (!attributes.isSymbolicLink()) {
            return judge(path, name, file, attributes, false);
        }
        if (links.areStored()) {
            return link(path, name, file, attributes);
        }
        if (purpose == Purpose.SOURCE && links.mode() == Links.Mode.SKIP) {
            Reach reach = reachOfSkipped(path, file);
            return leaf(path, file, new ScanItem.Excluded(path, reach, reach == Reach.TREE));
        }
        try {
            return judge(path, name, file, Files.readAttributes(file, attributesKind), true);
        } catch (IOException e) {
            return Absence.isBrokenLink(e)
                    ? brokenLink(path, file)
                    : unknown(path, file, "the link cannot be followed: " + reason(e));
        }
    }

    /** Behind a link that leads to a directory which the user excludes by its name as well, nobody looks. */
    private Reach reachOfSkipped(String path, Path link) {
        return filters.namesDirectory(path) && !Files.isRegularFile(link) ? Reach.TREE : Reach.NAME;
    }

    /** A directory is gone before it was entered: at the destination another run may have removed it. */
    @Nullable
    ScanItem vanished(String path, Path directory) {
        hasVanished = true;
        return purpose == Purpose.DESTINATION ? null : gone(path, Reach.TREE, directory);
    }

    /** Whether anything was gone when it was its turn. */
    boolean hasVanished() {
        return hasVanished;
    }

    private static ScanItem gone(String path, Reach reach, Path file) {
        return new ScanItem.Refused(path, reach, Weight.SKIP, file + " is not synced: it vanished during the scan");
    }

    /** The filters are asked first: who excludes a name does not want to hear of it. */
    private @Nullable Entry judge(String path, String name, Path file, BasicFileAttributes attributes, boolean isLink) {
        boolean isDirectory = attributes.isDirectory();
        long modified = FileTimes.millis(attributes.lastModifiedTime());
        if (isDirectory && filters.excludesDirectory(path)) {
            return leaf(path, file, new ScanItem.Excluded(path, Reach.TREE, filters.namesDirectory(path)));
        }
        if (!isDirectory && filters.excludes(path, attributes.size(), modified)) {
            return leaf(path, file, new ScanItem.Excluded(path, Reach.NAME));
        }
        if (purpose == Purpose.SOURCE && !isDirectory && TemporaryNames.isTemporary(name)) {
            boolean isMark = TemporaryNames.runOfMark(name).isPresent();
            return isMark
                    ? refused(path, Weight.SILENT, file, "it only says that a run lives")
                    : refused(path, Weight.SKIP, file, "it is a download that is not finished");
        }
        if (!isDirectory && links.areStored() && LinkNames.isName(path)) {
            return namedLikeLink(path, file);
        }
        Optional<String> refusal = RemoteNames.refusal(namePrefix.isEmpty() ? path : namePrefix + path);
        if (refusal.isPresent()) {
            // A bucket cannot have such a name, so at the destination nothing is lost by it.
            return refused(path, purpose == Purpose.SOURCE ? Weight.FAILURE : Weight.LEFT_THERE, file, refusal.get());
        }
        Entry led = isLink && purpose == Purpose.SOURCE ? judgeWay(path, file) : null;
        if (led != null) {
            return led;
        }
        if (isLink && purpose == Purpose.SOURCE) {
            followed.accept(file);
        }
        return isDirectory ? directory(path, file, isLink) : file(path, file, attributes, modified);
    }

    /** A link that is stored is a file of another name; where it leads is read when it is its turn. */
    private Entry link(String path, String name, Path file, BasicFileAttributes attributes) {
        String stored = path + LinkNames.SUFFIX;
        long modified = FileTimes.millis(attributes.lastModifiedTime());
        if (filters.excludes(stored, attributes.size(), modified)) {
            return leaf(path, file, new ScanItem.Excluded(stored, Reach.NAME));
        }
        Optional<String> refusal =
                TemporaryNames.isTemporary(name) || TemporaryNames.isTemporary(name + LinkNames.SUFFIX)
                        ? Optional.of("its name is that of an unfinished download")
                        : RemoteNames.refusal(namePrefix.isEmpty() ? stored : namePrefix + stored);
        if (purpose == Purpose.SOURCE
                && refusal.isEmpty()
                && Files.isRegularFile(file.resolveSibling(name + LinkNames.SUFFIX), LinkOption.NOFOLLOW_LINKS)) {
            // What a bucket has of that name may be the file, as a run without links has stored it.
            refusal = Optional.of("the file " + name + LinkNames.SUFFIX
                    + " beside it has the name that the link would have in a bucket: rename one of them");
        }
        if (refusal.isPresent()) {
            Weight weight = purpose == Purpose.SOURCE ? Weight.FAILURE : Weight.LEFT_THERE;
            return leaf(
                    path,
                    file,
                    new ScanItem.Refused(stored, Reach.NAME, weight, file + " is not synced: " + refusal.get()));
        }
        return leaf(path, file, new ScanItem.LocalFile(stored, attributes.size(), modified));
    }

    /** What stands for an empty directory. */
    ScanItem marker(String path, Path directory) throws IOException {
        String marker = MarkerNames.of(path);
        long modified = FileTimes.millis(Files.getLastModifiedTime(directory));
        if (filters.excludes(marker, 0, modified)) {
            return new ScanItem.Excluded(marker, Reach.NAME);
        }
        Optional<String> refusal = RemoteNames.refusal(namePrefix.isEmpty() ? marker : namePrefix + marker);
        if (refusal.isPresent()) {
            Weight weight = purpose == Purpose.SOURCE ? Weight.FAILURE : Weight.LEFT_THERE;
            return new ScanItem.Refused(marker, Reach.NAME, weight, directory + " is not synced: " + refusal.get());
        }
        return new ScanItem.LocalFile(marker, 0, modified);
    }

    /** A file that is called like a stored link would come back as one. */
    private Entry namedLikeLink(String path, Path file) {
        String reason = "a name that ends in " + LinkNames.SUFFIX + " is that of a link with preserve=symlinks";
        return purpose == Purpose.DESTINATION
                ? leaf(path, file, leftAlone(path, file, reason))
                : refused(path, Weight.FAILURE, file, reason);
    }

    /** A file of the destination whose name means something else in the bucket: who wants it to go removes it himself. */
    static ScanItem leftAlone(String path, Path file, String reason) {
        return new ScanItem.Refused(
                path,
                Reach.NOTHING,
                Weight.SKIP,
                file + " is a file of its own that no bucket can have, and is left alone: " + reason
                        + "; delete it, or give it another name");
    }

    /** What is left out because of where its link leads; null for none. */
    private @Nullable Entry judgeWay(String path, Path file) {
        if (links.mode() == Links.Mode.FOLLOW && warnedOfLinks) {
            return null;
        }
        try {
            if (!links.leadsOut(file)) {
                return null;
            }
        } catch (IOException e) {
            return unknown(path, file, "the link cannot be followed: " + reason(e));
        }
        if (links.mode() == Links.Mode.FOLLOW) {
            warnedOfLinks = true;
            LOG.warn(
                    "{} and perhaps other links lead out of {}: what they lead to is synced; symlinks=followWithin leaves it"
                            + " out, and is advised to whoever syncs as root",
                    file,
                    root);
            return null;
        }
        return refused(path, Weight.SKIP, file, "the link leads out of " + root);
    }

    private Entry directory(String path, Path file, boolean isLink) {
        if (purpose == Purpose.DESTINATION && isLink) {
            return leaf(
                    path,
                    file,
                    new ScanItem.Refused(
                            path,
                            Reach.TREE,
                            Weight.LEFT_THERE,
                            file + " is a link to a directory: nothing is written or deleted through it"));
        }
        return new Entry(path, file, null, isLink);
    }

    private Entry file(String path, Path file, BasicFileAttributes attributes, long modified) {
        if (!attributes.isRegularFile()) {
            return purpose == Purpose.SOURCE
                    ? refused(path, ofSpecials(), file, "it is neither a file nor a directory")
                    : leaf(
                            path,
                            file,
                            new ScanItem.Refused(
                                    path,
                                    Reach.NAME,
                                    Weight.LEFT_THERE,
                                    file + " is neither a file nor a directory: it is left alone"));
        }
        if (purpose == Purpose.SOURCE && !isReadable(file, attributes)) {
            return unreadable(path, file, "no permission to read it");
        }
        return leaf(path, file, new ScanItem.LocalFile(path, attributes.size(), modified));
    }

    /** Asking the system costs as much as reading the attributes did: most files are everybody's to read. */
    private static boolean isReadable(Path file, BasicFileAttributes attributes) {
        return (attributes instanceof PosixFileAttributes posix
                        && posix.permissions().containsAll(READABLE_BY_ALL))
                || Files.isReadable(file);
    }

    private Weight ofSpecials() {
        return filters.specials() == ScanFilters.SpecialFiles.FAILING ? Weight.FAILURE : Weight.LEFT_THERE;
    }

    private @Nullable Entry brokenLink(String path, Path file) {
        if (purpose == Purpose.DESTINATION) {
            // A link to nothing holds nothing, and a download replaces the link itself.
            return null;
        }
        if (filters.excludesFile(path)) {
            return leaf(path, file, new ScanItem.Excluded(path, Reach.NAME));
        }
        followed.accept(file);
        return refused(path, ofSpecials(), file, "the link leads nowhere or cannot be followed");
    }

    /** It may be a file or a directory. */
    private Entry unknown(String path, Path file, String reason) {
        return filters.excludesDirectory(path)
                ? leaf(path, file, new ScanItem.Excluded(path, Reach.TREE, filters.namesDirectory(path)))
                : unreadable(path, file, reason);
    }

    private Entry unreadable(String path, Path file, String reason) {
        return filters.excludesFile(path)
                ? leaf(path, file, new ScanItem.Excluded(path, Reach.NAME))
                : refused(path, Weight.FAILURE, file, reason);
    }

    private static Entry refused(String path, Weight weight, Path file, String reason) {
        return leaf(path, file, new ScanItem.Refused(path, Reach.NAME, weight, file + " is not synced: " + reason));
    }

    private static Entry leaf(String path, Path file, ScanItem item) {
        return new Entry(path, file, item, false);
    }
}
