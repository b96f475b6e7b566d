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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.PathOrder;
import io.github.camelb2.sync.plan.Reach;
import io.github.camelb2.sync.plan.ScanItem;
import io.github.camelb2.sync.scan.LocalTree.Purpose;

/** Reads one directory and judges each of its entries. */
final class LocalEntries {
    private static final Comparator<Entry> IN_ORDER = Comparator.comparing(Entry::sortKey, PathOrder.COMPARATOR);

    private final Path root;
    private final String namePrefix;
    private final Purpose purpose;
    private final ScanFilters filters;
    private final Consumer<Path> leftovers;

    LocalEntries(Path root, String namePrefix, Purpose purpose, ScanFilters filters, Consumer<Path> leftovers) {
        this.root = root;
        this.namePrefix = namePrefix;
        this.purpose = purpose;
        this.filters = filters;
        this.leftovers = leftovers;
    }

    Path root() {
        return root;
    }

    /** The entries of a directory in the order of names. */
    List<Entry> list(String directoryPath, Path directory) throws IOException {
        String above = directoryPath.isEmpty() ? "" : directoryPath + "/";
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (DiskNames.isTemporary(name)) {
                    leftovers.accept(file);
                } else {
                    Entry entry = judge(above + name, name, file);
                    if (entry != null) {
                        entries.add(entry);
                    }
                }
            }
        }
        entries.sort(IN_ORDER);
        return entries;
    }

    /** What two paths to one directory have in common. */
    static Object keyOf(Path directory) throws IOException {
        Object key = Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        return key == null ? directory.toRealPath() : key;
    }

    static String reason(Exception e) {
        Throwable cause = e instanceof DirectoryIteratorException ? e.getCause() : e;
        if (cause instanceof AccessDeniedException) {
            return "no permission";
        }
        if (cause instanceof NoSuchFileException) {
            return "it does not exist";
        }
        return String.valueOf(cause);
    }

    private @Nullable Entry judge(String path, String name, Path file) {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean isLink = attributes.isSymbolicLink();
            if (isLink && filters.symlinks() == ScanFilters.Symlinks.EXCLUDED) {
                return leaf(path, file, new ScanItem.Excluded(path, Reach.NAME));
            }
            Optional<String> refusal = refusal(path, name, file);
            if (refusal.isPresent()) {
                return leaf(path, file, refused(path, file, refusal.get()));
            }
            if (isLink) {
                attributes = Files.readAttributes(file, BasicFileAttributes.class);
            }
            return attributes.isDirectory() ? directory(path, file, isLink) : file(path, file, attributes);
        } catch (IOException e) {
            return unreadable(path, file, e);
        }
    }

    private Optional<String> refusal(String path, String name, Path file) {
        // A name that the JVM could not decode does not lead back to its own file.
        if (name.indexOf('\uFFFD') >= 0 && !file.resolveSibling(name).equals(file)) {
            return Optional.of(
                    "its name is not valid in this JVM's encoding of file names (" + encodingOfNames() + ")");
        }
        return RemoteNames.refusal(namePrefix + path);
    }

    private static String encodingOfNames() {
        return System.getProperty("sun.jnu.encoding", "unknown");
    }

    private ScanItem.Refused refused(String path, Path file, String reason) {
        // A bucket cannot have such a name, so at the destination nothing is lost by it.
        ScanItem.Refused.Weight weight =
                purpose == Purpose.SOURCE ? ScanItem.Refused.Weight.FAILURE : ScanItem.Refused.Weight.SKIP;
        return new ScanItem.Refused(path, Reach.NAME, weight, file + " is not synced: " + reason);
    }

    private Entry directory(String path, Path file, boolean isLink) {
        if (purpose == Purpose.DESTINATION && isLink) {
            return leaf(
                    path,
                    file,
                    new ScanItem.Refused(
                            path,
                            Reach.TREE,
                            ScanItem.Refused.Weight.SKIP,
                            file + " is a link to a directory: nothing is written or deleted through it"));
        }
        if (filters.excludesDirectory(path)) {
            return leaf(path, file, new ScanItem.Excluded(path, Reach.TREE));
        }
        return new Entry(path, file, null);
    }

    private Entry file(String path, Path file, BasicFileAttributes attributes) {
        long modified = FileTimes.millis(attributes.lastModifiedTime());
        if (filters.excludesFile(path) || !filters.modified().contains(modified)) {
            return leaf(path, file, new ScanItem.Excluded(path, Reach.NAME));
        }
        if (purpose == Purpose.SOURCE) {
            if (!attributes.isRegularFile()) {
                return leaf(path, file, refused(path, file, "it is neither a file nor a directory"));
            }
            if (!Files.isReadable(file)) {
                return leaf(path, file, refused(path, file, "no permission to read it"));
            }
        }
        if (!attributes.isRegularFile()) {
            return leaf(
                    path,
                    file,
                    new ScanItem.Refused(
                            path,
                            Reach.NAME,
                            ScanItem.Refused.Weight.SKIP,
                            file + " is neither a file nor a directory: it is left alone"));
        }
        return leaf(path, file, new ScanItem.LocalFile(path, attributes.size(), modified));
    }

    private @Nullable Entry unreadable(String path, Path file, IOException e) {
        boolean isLink = Files.isSymbolicLink(file);
        if (purpose == Purpose.DESTINATION && isLink) {
            // A link to nothing holds nothing, and a download replaces the link itself.
            return null;
        }
        if (filters.excludesFile(path)) {
            return leaf(path, file, new ScanItem.Excluded(path, Reach.NAME));
        }
        String reason = isLink ? "the link leads nowhere or cannot be followed" : reason(e);
        return leaf(path, file, new ScanItem.Refused(path, Reach.NAME, file + " is not synced: " + reason));
    }

    private static Entry leaf(String path, Path file, ScanItem item) {
        return new Entry(path, file, item);
    }
}
