// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What is mounted where, as Linux tells it at one moment; empty on systems that have no such table. Nothing that is
 * mounted is looked at, because a disk that does not answer would hold whoever asks. Immutable.
 */
public final class MountTable {
    /** See <a href="https://man7.org/linux/man-pages/man5/proc_pid_mountinfo.5.html">its manual</a>. */
    public static final Path FILE = Path.of("/proc/self/mountinfo");

    private static final Path UUIDS = Path.of("/dev/disk/by-uuid");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    /** Names that the kernel gives out anew when it starts or a disk is plugged in. */
    private static final Pattern NUMBERED = Pattern.compile("/dev/(?:[svh]d|xvd|nvme|mmcblk|loop|dm-|md|sr).*");
    /** What they hold is gone with them. */
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

    /**
     * One mount.
     *
     * @param point  where it is
     * @param identity tells it from every other mount as long as the system runs
     * @param device its number
     * @param root   which directory of the file system it shows
     * @param type   of the file system
     * @param source the disk, or whatever the file system calls so
     */
    public record Mount(Path point, String identity, String device, String root, String type, String source) {
        /**
         * Tells it from others also when the system was started anew: its type, its disk and the directory of it. A disk is
         * told by its UUID, and not by a name that the kernel may give to another; one in memory lasts as long as itself.
         */
        public String description() {
            if (isInMemory()) {
                return type + " " + device + " of boot " + bootId();
            }
            String disk = uuid(source).map(uuid -> "UUID=" + uuid).orElse(source);
            return type + " " + (NUMBERED.matcher(disk).matches() ? "of a disk" : disk) + " " + root;
        }

        /** Whether what it holds is gone with it. */
        public boolean isInMemory() {
            return IN_MEMORY.contains(type);
        }

        /** When what is mounted there was made. Looks at it. */
        public Birth birth() {
            return Birth.of(point);
        }
    }

    private final Map<Path, Mount> mounts = new TreeMap<>();

    private MountTable() {}

    /** Reads the system's. */
    public static MountTable read() {
        return read(FILE);
    }

    /** Reads one of that form. */
    public static MountTable read(Path file) {
        MountTable table = new MountTable();
        try {
            Charset names = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
            for (String line :
                    Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
                table.add(line.split(" "), names);
            }
        } catch (IOException | IllegalArgumentException e) {
            // No such table: nobody knows what is mounted.
            table.mounts.clear();
        }
        return table;
    }

    /** All mount points. */
    public Set<Path> points() {
        return mounts.keySet();
    }

    /** What a place lies on; null where nobody knows. Of several that are mounted at one point the last one counts. */
    public @Nullable Mount covering(Path real) {
        for (Path at = real; at != null; at = at.getParent()) {
            Mount mount = mounts.get(at);
            if (mount != null) {
                return mount;
            }
        }
        return null;
    }

    private void add(String[] words, Charset names) {
        int optionalEnd = 6;
        while (optionalEnd < words.length && !words[optionalEnd].equals("-")) {
            optionalEnd++;
        }
        if (optionalEnd + 2 >= words.length) {
            return;
        }
        try {
            Path point = Path.of(unescaped(words[4], names));
            String root = unescaped(words[3], names);
            String type = words[optionalEnd + 1];
            String source = unescaped(words[optionalEnd + 2], names);
            String same = String.join(" ", words[0], words[2], words[3], type, source);
            mounts.put(point, new Mount(point, same, words[2], root, type, source));
        } catch (InvalidPathException e) {
            // This JVM has no form of the name, and syncs nothing below it.
            return;
        }
    }

    /** The table writes blanks, line ends and backslashes as three octal digits behind a backslash. */
    private static String unescaped(String word, Charset names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < word.length(); i++) {
            boolean isEscaped = word.charAt(i) == '\\' && i + 3 < word.length();
            bytes.write(isEscaped ? Integer.parseInt(word.substring(i + 1, i + 4), 8) : word.charAt(i));
            i += isEscaped ? 3 : 0;
        }
        return bytes.toString(names);
    }

    private static Optional<String> uuid(String source) {
        if (!source.startsWith("/dev/")) {
            return Optional.empty();
        }
        try (DirectoryStream<Path> links = Files.newDirectoryStream(UUIDS)) {
            Path disk = Path.of(source).toRealPath();
            for (Path link : links) {
                if (link.toRealPath().equals(disk)) {
                    return Optional.of(link.getFileName().toString());
                }
            }
        } catch (IOException | InvalidPathException e) {
            // As in a container, which does not see the disks.
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static String bootId() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
