// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scan.disk;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which relative names of a bucket a local disk can hold: the rules are those of the system at hand. */
public enum DiskNames {
    /** Any byte but {@code /} and NUL. */
    POSIX {
        @Override
        Optional<String> refusalOfPart(String part) {
            return Optional.empty();
        }
    },
    /** No drive letters, backslashes, wildcards and control characters, no names of devices, no dot or space at the end. */
    WINDOWS {
        @Override
        Optional<String> refusalOfPart(String part) {
            for (int i = 0; i < part.length(); i++) {
                char c = part.charAt(i);
                if (c < 0x20 || "<>:\"\\|?*".indexOf(c) >= 0) {
                    return Optional.of(String.format("Windows does not take names with the character U+%04X", (int) c));
                }
            }
            if (part.endsWith(".") || part.endsWith(" ")) {
                return Optional.of("Windows drops a dot or a space at the end of a name");
            }
            int dot = part.indexOf('.');
            String base = (dot < 0 ? part : part.substring(0, dot)).strip().toUpperCase(Locale.ROOT);
            return DEVICES.contains(base) ? Optional.of("\"" + part + "\" is a device on Windows") : Optional.empty();
        }
    };

    private static final int MAX_PART_UNITS = 255;
    private static final Set<String> DEVICES = Set.of(
            "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6",
            "COM7", "COM8", "COM9", "COM¹", "COM²", "COM³", "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6",
            "LPT7", "LPT8", "LPT9", "LPT¹", "LPT²", "LPT³");

    /** The rules of this system's disks. */
    public static DiskNames atHand() {
        return File.separatorChar == '\\' ? WINDOWS : POSIX;
    }

    /** Why a name of a bucket is synced in no direction, wherever it goes; empty if it can be. */
    public static Optional<String> unsyncable(String path) {
        int from = 0;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
            if (slash == from || isDots(path, from, slash)) {
                return unsyncable();
            }
            from = slash + 1;
        }
        return isDots(path, from, path.length()) ? unsyncable() : Optional.empty();
    }

    private static Optional<String> unsyncable() {
        return Optional.of("names that are absolute or have empty, '.' or '..' parts are not synced");
    }

    private static boolean isDots(String path, int from, int to) {
        return (to - from == 1 && path.charAt(from) == '.') || (to - from == 2 && path.startsWith("..", from));
    }

    /** Why no disk of this system can be trusted to hold a file of this relative name; empty if it can. */
    public Optional<String> unholdable(String path) {
        Optional<String> unsyncable = unsyncable(path);
        if (unsyncable.isPresent()) {
            return unsyncable;
        }
        if (path.isEmpty() || path.endsWith("/")) {
            return Optional.of("it is a folder marker, and a local file cannot end in '/'");
        }
        if (path.indexOf('\0') >= 0) {
            return Optional.of("no local file name holds the character NUL");
        }
        if (!NameEncoding.atHand().canSpell(path)) {
            return Optional.of("this JVM's encoding of file names ("
                    + NameEncoding.atHand().name() + ") has no form of it");
        }
        for (int from = 0, to; from <= path.length(); from = to + 1) {
            int slash = path.indexOf('/', from);
            to = slash < 0 ? path.length() : slash;
            Optional<String> refusal = judgePart(path.substring(from, to));
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<String> judgePart(String part) {
        if (TemporaryNames.isTemporary(part)) {
            return Optional.of("names of this form belong to unfinished downloads");
        }
        if (length(part) > MAX_PART_UNITS) {
            return Optional.of("a part of the name has more than " + MAX_PART_UNITS
                    + (this == WINDOWS ? " characters" : " bytes"));
        }
        return refusalOfPart(part);
    }

    private int length(String part) {
        // No character takes more than three bytes for each of its UTF-16 units.
        return this == WINDOWS || part.length() * 3 <= MAX_PART_UNITS
                ? part.length()
                : part.getBytes(StandardCharsets.UTF_8).length;
    }

    abstract Optional<String> refusalOfPart(String part);
}
