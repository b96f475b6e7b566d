// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.sync.plan.item.Arrival;
import io.github.camelb2.sync.scan.disk.DirectoryStates;

/**
 * Tells what came to a destination directory after the run had begun, by the time of the last change of files and
 * directories, which nobody can set, and by the clock of their disk: one of the network has a clock of its own. On systems
 * without such times everything was there before. Thread-safe; its monitor guards its fields.
 */
public final class Arrivals implements DirectoryStates {
    private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);
    /** Clocks of disks do not differ more; only what has changed within such a time makes anybody ask for them. */
    private static final long CLOCKS_DIFFER_MILLIS = Duration.ofDays(1).toMillis();
    /** The time of a file is that of the kernel's last tick. */
    private static final long TICK_MILLIS = 20;

    private static final int MAX_REMEMBERED = 10_000;

    private final Path root;
    private final Optional<Temporaries> temporaries;
    private final InstantSource clock;
    private final long startedMillis;
    /** By how much the clock of a device is ahead of this machine's; empty where nobody could find out. */
    private final Map<Object, Optional<Long>> ahead = new HashMap<>();

    private final Set<String> moved = new HashSet<>();
    private final Set<String> changed = new HashSet<>();
    private boolean hasOverflowed;

    /**
     * A run that begins now.
     *
     * @param temporaries make the files whose times tell the clocks of disks; without them all are taken for this machine's
     * @param clock       of this machine
     */
    public Arrivals(Path root, Optional<Temporaries> temporaries, InstantSource clock) {
        this.root = root;
        this.temporaries = temporaries;
        this.clock = clock;
        this.startedMillis = clock.millis();
    }

    /** Where a file came to, as the scan has found its directories, which was before this run changed anything in them. */
    public Arrival of(String path, Optional<FileTime> lastChange) {
        Path directory = Objects.requireNonNull(root.resolve(path).getParent());
        if (lastChange.isPresent() && isLate(lastChange.get(), directory)) {
            return Arrival.DURING;
        }
        synchronized (this) {
            boolean mayHaveMoved = hasOverflowed;
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                String above = path.substring(0, slash);
                if (moved.contains(above)) {
                    return Arrival.DURING;
                }
                mayHaveMoved |= changed.contains(above);
            }
            return mayHaveMoved ? Arrival.MAYBE_DURING : Arrival.BEFORE;
        }
    }

    /** A directory that was moved or renamed has changed, and its entries have not, nor the files in it. */
    @Override
    public Optional<String> entered(String path, Path directory, @Nullable Path above, Content content) {
        if (path.isEmpty() || !isUnix()) {
            return Optional.empty();
        }
        try {
            Map<String, Object> now =
                    Files.readAttributes(directory, "unix:ctime,lastModifiedTime", LinkOption.NOFOLLOW_LINKS);
            FileTime change = (FileTime) Objects.requireNonNull(now.get("ctime"));
            FileTime entered = (FileTime) Objects.requireNonNull(now.get("lastModifiedTime"));
            if (isLate(change, directory)) {
                remember(path, change.compareTo(entered) > 0 ? moved : changed);
            }
        } catch (IOException e) {
            LOG.debug("Nobody can tell when {} came", directory, e);
            remember(path, changed);
        }
        return Optional.empty();
    }

    private synchronized void remember(String path, Set<String> directories) {
        if (moved.size() + changed.size() < MAX_REMEMBERED) {
            directories.add(path);
        } else {
            hasOverflowed = true;
        }
    }

    private boolean isUnix() {
        return root.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private boolean isLate(FileTime change, Path directory) {
        long millis = change.toMillis();
        if (Math.abs(millis - startedMillis) > CLOCKS_DIFFER_MILLIS) {
            return millis > startedMillis;
        }
        Optional<Long> diskIsAhead = ahead(directory);
        return diskIsAhead.isEmpty() || millis > startedMillis + diskIsAhead.get();
    }

    private synchronized Optional<Long> ahead(Path directory) {
        if (temporaries.isEmpty()) {
            return Optional.of(0L);
        }
        try {
            Object device = device(directory);
            Optional<Long> known = ahead.get(device);
            if (known == null) {
                // The root's own time is never asked for, and that of another directory would change.
                Path where = device.equals(device(root)) && Files.isWritable(root) ? root : directory;
                known = measured(temporaries.get(), where);
                ahead.put(device, known);
            }
            return known;
        } catch (IOException e) {
            LOG.debug("Nobody can tell the device of {}", directory, e);
            return Optional.empty();
        }
    }

    private static Object device(Path directory) throws IOException {
        return directory.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Objects.requireNonNull(Files.getAttribute(directory, "unix:dev"))
                : "";
    }

    /** Within what a measurement tells they count as one clock; else the disk may be as far behind as that allows. */
    private Optional<Long> measured(Temporaries files, Path directory) {
        try {
            long before = clock.millis();
            long disk = files.timeOfDisk(directory).toMillis();
            long least = disk - clock.millis();
            return Optional.of(least <= 0 && disk + TICK_MILLIS - before >= 0 ? 0L : least);
        } catch (IOException e) {
            LOG.debug("Nobody can tell the clock of the disk of {}", directory, e);
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> trouble() {
        return Optional.empty();
    }

    @Override
    public List<String> disks() {
        return List.of();
    }

    @Override
    public void leftOut(String path) {
        // Nothing was known of it.
    }

    @Override
    public String remedy(String path) {
        return "";
    }
}
