// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;

import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.plan.policy.Preserve.What;

/**
 * Permissions and owner of a file as its file information tells them, under the names and in the form that rclone gives
 * them with {@code --metadata}. What comes from a bucket is not trusted: see {@link #of}.
 *
 * @param mode permissions; empty where none are known, or none are wanted
 * @param uid  number of the user, likewise
 * @param gid  number of the group, likewise
 */
public record UnixFacts(OptionalInt mode, OptionalInt uid, OptionalInt gid) {
    /** Nothing is known. */
    public static final UnixFacts NONE = new UnixFacts(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

    private static final String MODE = "mode";
    private static final String UID = "uid";
    private static final String GID = "gid";
    private static final Pattern OCTAL = Pattern.compile("0{0,2}[0-7]{1,6}");
    private static final Pattern DECIMAL = Pattern.compile("\\d{1,10}");

    /** The bits that say of which kind a file is. */
    private static final int KIND = 0170000;

    public static final int REGULAR = 0100000;
    public static final int LINK = 0120000;
    public static final int DIRECTORY = 0040000;
    private static final int PERMISSIONS = 0777;
    private static final int BY_OWNER = 0700;
    private static final String MODE_OF_UNIX = "unix:mode";
    private static final int ALL = 07777;
    /** As a signed number it means "leave it as it is". */
    private static final long NOBODY = 0xffff_ffffL;

    /** Refuses a place whose disk knows no such things, before anything changes. */
    public static void checkKnownTo(Path directory, Preserve preserve) {
        if (!preserve.hasAccess()) {
            return;
        }
        boolean isKnown =
                directory.getFileSystem().supportedFileAttributeViews().contains("unix");
        try {
            Path there = directory;
            while (isKnown && there.getParent() != null && !Files.exists(there)) {
                there = there.getParent();
            }
            isKnown &= Files.getFileStore(there).supportsFileAttributeView(PosixFileAttributeView.class);
        } catch (IOException e) {
            // Nobody can tell: whoever sets them does.
            isKnown &= true;
        }
        if (!isKnown) {
            throw new IllegalArgumentException("Option preserve cannot have mode or owner: the disk of " + directory
                    + " knows no Unix permissions; take them away");
        }
    }

    /** What is stored with a file of this machine. */
    public static Map<String, String> infoOf(Path file, Preserve preserve, LinkOption... links) throws IOException {
        if (!preserve.hasAccess()) {
            return Map.of();
        }
        Map<String, Object> unix = Files.readAttributes(file, "unix:mode,uid,gid", links);
        Map<String, String> info = new LinkedHashMap<>();
        if (preserve.has(What.MODE)) {
            int mode = number(unix, MODE);
            info.put(MODE, Integer.toOctalString(preserve.has(What.SETID) ? mode : mode & ~(ALL & ~PERMISSIONS)));
        }
        if (preserve.has(What.OWNER)) {
            info.put(UID, Integer.toUnsignedString(number(unix, UID)));
            info.put(GID, Integer.toUnsignedString(number(unix, GID)));
        }
        return info;
    }

    private static int number(Map<String, Object> unix, String name) {
        return (Integer) Objects.requireNonNull(unix.get(name));
    }

    /**
     * What of it is wanted. Permissions of another kind of file are none; bits that let others act as the owner count where
     * they are asked for by name.
     *
     * @param kind the bits of the kind of file that it is to be
     * @throws IOException naming the value that cannot be, and what to do
     */
    public static UnixFacts of(Map<String, String> info, Preserve preserve, int kind) throws IOException {
        OptionalInt mode = OptionalInt.empty();
        if (preserve.has(What.MODE)) {
            mode = mode(info, preserve, kind);
        }
        return preserve.has(What.OWNER)
                ? new UnixFacts(mode, id(UID, info), id(GID, info))
                : new UnixFacts(mode, OptionalInt.empty(), OptionalInt.empty());
    }

    private static OptionalInt mode(Map<String, String> info, Preserve preserve, int kind) throws IOException {
        String text = info.get(MODE);
        if (text == null) {
            return OptionalInt.empty();
        }
        int mode = OCTAL.matcher(text).matches() ? Integer.parseInt(text, 8) : -1;
        if (mode < 0 || mode > (KIND | ALL)) {
            throw wrong(MODE, text, "no octal mode of a file, as 100644");
        }
        boolean isOfKind = (mode & KIND) == 0 || (mode & KIND) == kind;
        return isOfKind ? OptionalInt.of(mode & (preserve.has(What.SETID) ? ALL : PERMISSIONS)) : OptionalInt.empty();
    }

    private static OptionalInt id(String name, Map<String, String> info) throws IOException {
        String text = info.get(name);
        if (text == null) {
            return OptionalInt.empty();
        }
        long id = DECIMAL.matcher(text).matches() ? Long.parseLong(text) : NOBODY;
        if (id >= NOBODY) {
            throw wrong(name, text, "no number of a user or group, as 1000");
        }
        return OptionalInt.of((int) id);
    }

    private static IOException wrong(String name, String value, String what) {
        String shown = value.length() > 40 ? value.substring(0, 40) + "…" : value;
        return new IOException("its file information has " + name + "=\"" + printable(shown) + "\", which is " + what
                + ": nothing is stored; without that in preserve it would be");
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /**
     * Gives them to a file that nobody else can open yet: the owner first, because giving a file away takes bits of its
     * mode.
     *
     * @throws IOException if the system does not let this process
     */
    public void giveTo(Path file) throws IOException {
        giveOwner(file);
        if (mode.isPresent()) {
            setMode(file, mode.getAsInt());
        }
    }

    /**
     * The same of a directory; where this process could not look into it or write to it any more, its owner may do both: else
     * no later run could.
     *
     * @throws IOException if the system does not let this process
     */
    public void giveToDirectory(Path directory) throws IOException {
        giveTo(directory);
        boolean isUsable = Files.isReadable(directory) && Files.isWritable(directory) && Files.isExecutable(directory);
        if (mode.isPresent() && !isUsable) {
            setMode(directory, mode.getAsInt() | BY_OWNER);
        }
    }

    /** Never of what a link leads to that took the file's place. */
    private static void setMode(Path file, int mode) throws IOException {
        try {
            Files.setAttribute(file, MODE_OF_UNIX, mode, LinkOption.NOFOLLOW_LINKS);
        } catch (AccessDeniedException e) {
            // Without links a file is opened for it, which this user may not; what he owns he may change by its name.
            if (Files.isSymbolicLink(file)) {
                throw e;
            }
            Files.setAttribute(file, MODE_OF_UNIX, mode);
        }
    }

    /** Of a link too, and not of what it leads to. */
    public void giveOwner(Path file) throws IOException {
        if (uid.isEmpty() && gid.isEmpty()) {
            return;
        }
        Map<String, Object> now = Files.readAttributes(file, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
        try {
            if (gid.isPresent() && gid.getAsInt() != number(now, GID)) {
                Files.setAttribute(file, "unix:gid", gid.getAsInt(), LinkOption.NOFOLLOW_LINKS);
            }
            if (uid.isPresent() && uid.getAsInt() != number(now, UID)) {
                Files.setAttribute(file, "unix:uid", uid.getAsInt(), LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new IOException(
                    "this process may not give a file to user " + text(uid) + " and group " + text(gid)
                            + ", so it is not stored: run as root, or take owner out of preserve",
                    e);
        }
    }

    private static String text(OptionalInt id) {
        return id.isPresent() ? Integer.toUnsignedString(id.getAsInt()) : "?";
    }
}
