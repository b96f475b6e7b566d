package io.github.camelb2.sync.scan;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.Reach;
import io.github.camelb2.sync.plan.ScanItem;

/**
 * Walks a directory in the order in which B2 lists names, holding the entries of one branch at a time: each directory is
 * read whole and sorted, its subdirectories as if their names ended in {@code /}.
 *
 * <p>Symbolic links are followed at the source, unless they lead back to a directory above them or are excluded. What
 * cannot be read, and names that B2 refuses, come as {@link ScanItem.Refused}. Used by one thread.
 */
public final class LocalTree implements Iterator<ScanItem> {
    /** What the walk is for. */
    public enum Purpose {
        /** Files are read: links are followed and filters apply. */
        SOURCE,
        /** Files are replaced and deleted: nothing is done through a link to a directory. */
        DESTINATION
    }

    private record Frame(Iterator<Entry> entries, Object key) {}

    private final LocalEntries reader;
    private final DirectoryStates states;
    private final Deque<Frame> branch = new ArrayDeque<>();
    private @Nullable ScanItem next;
    private boolean started;

    /**
     * Prepares a walk; nothing is read yet.
     *
     * @param root       the directory
     * @param namePrefix what B2's names have before the relative path: empty, or a prefix that ends in {@code /}
     * @param leftovers  gets every temporary file of an earlier download that the walk meets
     */
    public LocalTree(Path root, String namePrefix, Purpose purpose, ScanFilters filters, Consumer<Path> leftovers) {
        this(root, namePrefix, purpose, filters, leftovers, DirectoryStates.NONE);
    }

    /** @param states knows what directories looked like before */
    public LocalTree(
            Path root,
            String namePrefix,
            Purpose purpose,
            ScanFilters filters,
            Consumer<Path> leftovers,
            DirectoryStates states) {
        this.states = states;
        this.reader = new LocalEntries(root, namePrefix, purpose, filters, leftovers);
    }

    @Override
    public boolean hasNext() {
        if (!started) {
            started = true;
            next = enter("", reader.root());
        }
        while (next == null && !branch.isEmpty()) {
            Frame frame = branch.element();
            if (frame.entries().hasNext()) {
                next = visit(frame.entries().next());
            } else {
                branch.pop();
            }
        }
        return next != null;
    }

    @Override
    public ScanItem next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ScanItem item = Objects.requireNonNull(next);
        next = null;
        return item;
    }

    private @Nullable ScanItem visit(Entry entry) {
        return entry.item() != null ? entry.item() : enter(entry.path(), entry.file());
    }

    /** Goes down into a directory; null when that went well. */
    private @Nullable ScanItem enter(String path, Path directory) {
        try {
            Object key = LocalEntries.keyOf(directory);
            if (branch.stream().anyMatch(above -> above.key().equals(key))) {
                return new ScanItem.Refused(
                        path,
                        Reach.TREE,
                        ScanItem.Refused.Weight.SKIP,
                        "the link " + directory + " leads back to a directory above it");
            }
            List<Entry> entries = reader.list(path, directory);
            Optional<String> trouble = states.entered(path, directory, entries.size());
            if (trouble.isPresent()) {
                return new ScanItem.Refused(path, Reach.TREE, trouble.get());
            }
            branch.push(new Frame(entries.iterator(), key));
            return null;
        } catch (IOException | DirectoryIteratorException e) {
            String reason = "the directory " + directory + " cannot be read: " + LocalEntries.reason(e);
            return path.isEmpty() ? new ScanItem.Broken("", reason) : new ScanItem.Refused(path, Reach.TREE, reason);
        }
    }
}
