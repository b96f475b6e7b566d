// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Address;

/** One side of a sync, as the user writes it. */
public sealed interface Location permits Location.Directory, Location.Bucket {
    /** How the user would write it. */
    String text();

    /** A directory of this machine. */
    record Directory(Path path) implements Location {
        @Override
        public String text() {
            return path.toString();
        }
    }

    /**
     * A bucket, or what is below one prefix of it.
     *
     * @param name   the bucket
     * @param prefix what the names of this side begin with: empty, or ending in {@code /}
     * @param asOf   when it is looked at; null for now
     */
    record Bucket(String name, String prefix, @Nullable Instant asOf) implements Location {
        /** As it is now. */
        public Bucket(String name, String prefix) {
            this(name, prefix, null);
        }

        /** The same as it was then. */
        public Bucket asOf(Instant time) {
            return new Bucket(name, prefix, time);
        }

        @Override
        public String text() {
            String folder = prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1);
            return "b2://" + name + folder + (asOf == null ? "" : " as of " + asOf);
        }

        /** Whether a name can be below both prefixes of one bucket. */
        public boolean overlaps(Bucket other) {
            // B2 does not tell bucket names apart by case.
            return name.equalsIgnoreCase(other.name)
                    && (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix));
        }

        /** What a sync from here to an overlapping place is refused with. */
        public IllegalArgumentException overlapWith(Bucket destination) {
            return new IllegalArgumentException("source=" + text() + " and destination=" + destination.text()
                    + " overlap: the sync would copy its own copies; choose prefixes that do not contain each other");
        }
    }

    /**
     * Reads {@code b2://bucket}, {@code b2://bucket/prefix}, the short form {@code b2:bucket/prefix}, or a path of this
     * machine. A slash at the end has no meaning, and nothing is decoded.
     *
     * @param option the option it is the value of, for the message
     * @throws IllegalArgumentException if it is neither
     */
    static Location parse(String option, String text) {
        if (text.startsWith("b2://")) {
            return bucket(option, text, text.substring("b2://".length()));
        }
        if (text.startsWith("b2:") && text.length() > 3 && Character.isLetterOrDigit(text.charAt(3))) {
            return bucket(option, text, text.substring("b2:".length()));
        }
        if (text.isBlank() || text.equals("b2:")) {
            throw new IllegalArgumentException(
                    "Option " + option + "=" + text + " names nothing: write a directory or b2://bucket/prefix");
        }
        try {
            return new Directory(Path.of(text).toAbsolutePath().normalize());
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "Option " + option + "=" + text + " is not a path of this machine: " + e.getReason(), e);
        }
    }

    private static Bucket bucket(String option, String text, String rest) {
        if (Address.hasUser(text)) {
            throw new IllegalArgumentException("Option " + option + "=" + Address.shown(text)
                    + " cannot be: write b2://bucket/prefix; the key goes into " + option + "ApplicationKeyId and "
                    + option + "ApplicationKey, or into the component's options");
        }
        if (rest.contains("//")) {
            throw new IllegalArgumentException("Option " + option + "=" + text + ": '//' is not allowed in path names");
        }
        int slash = rest.indexOf('/');
        String name = slash < 0 ? rest : rest.substring(0, slash);
        String folder = slash < 0 ? "" : rest.substring(slash + 1);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("Option " + option + "=" + text + " names no bucket: write b2://bucket");
        }
        String prefix = folder.isEmpty() || folder.endsWith("/") ? folder : folder + "/";
        return new Bucket(name, prefix);
    }
}
