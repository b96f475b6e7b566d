// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.state;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.github.camelb2.sync.plan.item.PathOrder;
import io.github.camelb2.sync.scan.disk.Birth;
import io.github.camelb2.sync.scan.disk.DirectoryStates;

/**
 * What a directory looked like when a run came there. One line of JSON, whose last values are left out where they say
 * nothing.
 *
 * @param path     relative to the root; empty for the root
 * @param device   of the disk that it lies on; the kernel may give it to another
 * @param entries  how many it held
 * @param isDisk   whether the directory above it lies on another disk
 * @param mount    what is mounted there, or at or above the root; empty for nothing, or where nobody knows
 * @param isMarked whether it was not seen by the incomplete run that wrote it, so that a complete one forgets it
 * @param birth    of a disk of its own
 * @param names    some names of what a disk of its own held
 */
record DirectoryState(
        String path,
        String device,
        int entries,
        boolean isDisk,
        String mount,
        boolean isMarked,
        Birth birth,
        List<String> names) {
    private static final int FEWEST = 4;
    private static final int FIRST_NAME = 7;

    /** Copies the names. */
    DirectoryState {
        names = List.copyOf(names);
    }

    static Optional<DirectoryState> of(JsonNode line) {
        if (!line.isArray() || line.size() < FEWEST) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (int i = FIRST_NAME; i < line.size(); i++) {
            names.add(line.get(i).asText());
        }
        return Optional.of(new DirectoryState(
                line.get(0).asText(),
                line.get(1).asText(),
                line.get(2).asInt(),
                line.get(3).asBoolean(),
                line.path(4).asText(),
                line.path(5).asBoolean(),
                new Birth(line.path(6).asText()),
                names));
    }

    JsonNode line() {
        ArrayNode line = JsonNodeFactory.instance.arrayNode();
        line.add(path).add(device).add(entries).add(isDisk);
        boolean isMore = isMarked || birth.isKnown() || !names.isEmpty();
        if (isMore || !mount.isEmpty()) {
            line.add(mount);
        }
        if (isMore) {
            line.add(isMarked);
        }
        if (birth.isKnown() || !names.isEmpty()) {
            line.add(birth.text());
            names.forEach(line::add);
        }
        return line;
    }

    DirectoryState marked(boolean marked) {
        return new DirectoryState(path, device, entries, isDisk, mount, marked, birth, names);
    }

    /** Where it stands in the order of a scan. */
    int compareTo(String otherPath) {
        return PathOrder.compare(sortKey(path), sortKey(otherPath));
    }

    private static String sortKey(String path) {
        return path.isEmpty() ? "" : path + "/";
    }

    /** Whether it tells of a disk and not only of a directory; every root lies on some disk. */
    boolean isDiskOfItsOwn() {
        return isDisk || birth.isKnown() || !names.isEmpty() || (!mount.isEmpty() && !path.isEmpty());
    }

    /** Whether it was a disk whose absence would be seen from above. */
    boolean wasMounted() {
        return entries > 0 && (isDisk || (!mount.isEmpty() && !path.isEmpty()));
    }

    /**
     * Why the directory cannot be what it was; empty if it can.
     *
     * @param now     what it looks like now
     * @param content what it holds now
     */
    Optional<String> trouble(DirectoryState now, Path directory, DirectoryStates.Content content) {
        if (entries == 0) {
            return Optional.empty();
        }
        String then = "in the last run that saw it, when it held " + entries + " entries";
        if ((isDisk || !mount.isEmpty()) && !now.isDisk && now.mount.isEmpty()) {
            return Optional.of("the directory " + directory + " is no disk of its own and was one " + then
                    + ": is its disk mounted?");
        }
        if (!mount.isEmpty() && !mount.equals(now.mount)) {
            return Optional.of("another disk is at " + directory + " (" + now.mount + ") than (" + mount + ") " + then
                    + ": is its disk mounted?");
        }
        if (birth.contradicts(now.birth)) {
            return Optional.of("another disk is at " + directory + " (made at " + now.birth.text() + ") than (made at "
                    + birth.text()
                    + ") " + then + ": is its disk mounted?");
        }
        return covered(now, directory, then).or(() -> emptied(now, directory, then, content));
    }

    /** What a plain directory held is hidden below a disk that was mounted over it. */
    private Optional<String> covered(DirectoryState now, Path directory, String then) {
        boolean isNewDisk = !isDisk && mount.isEmpty() && !path.isEmpty() && (now.isDisk || !now.mount.isEmpty());
        return isNewDisk
                ? Optional.of(
                        "a disk is at " + directory + " and was none " + then + ", which may lie hidden below it.")
                : Optional.empty();
    }

    private Optional<String> emptied(DirectoryState now, Path directory, String then, DirectoryStates.Content content) {
        if (now.entries == 0 && !device.equals(now.device)) {
            return Optional.of("the directory " + directory + " is empty and lies on another device than " + then
                    + ": is its disk mounted?");
        }
        if (isDiskOfItsOwn() && holdsNothingOfBefore(now, content)) {
            return Optional.of("the disk at " + directory + " holds nothing of what it held " + then
                    + ", so it may be another: is it mounted?");
        }
        return Optional.empty();
    }

    /** The number of a disk may be that of the one before; the moment when it was made is its own. */
    private boolean holdsNothingOfBefore(DirectoryState now, DirectoryStates.Content content) {
        if (now.entries == 0) {
            return true;
        }
        boolean isTheSame = birth.isKnown() && birth.equals(now.birth);
        return !isTheSame && !names.isEmpty() && names.stream().noneMatch(content::has);
    }
}
