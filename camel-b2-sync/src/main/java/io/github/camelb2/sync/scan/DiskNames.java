package io.github.camelb2.sync.scan;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which relative names of a bucket can be synced, and which of them a local disk can hold. */
public final class DiskNames {
    private static final int MAX_SEGMENT_BYTES = 255;
    private static final String TEMPORARY_SUFFIX = ".b2.sync.tmp";
    /** Behind a dot and a name: what the b2: component fills before it moves a download into place. */
    private static final String CLIENT_SUFFIX = ".b2tmp";

    /** What b2sdk does not sync in any direction: dot segments, empty segments, absolute names. */
    private static final Pattern UNSYNCABLE = Pattern.compile(
            "^\\.{0,2}[/\\\\]" // absolute, or begins with ./ or ../
                    + "|[/\\\\]\\.{1,2}[/\\\\]" // a dot segment inside
                    + "|[/\\\\]\\.{1,2}$" // a dot segment at the end
                    + "|^\\.{1,2}$" // nothing but dots
                    + "|[/\\\\]{2}"); // an empty segment

    private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:");

    private DiskNames() {}

    /** Whether a file of this name is a download that is not finished, b2sdk's or ours; it is never synced. */
    public static boolean isTemporary(String name) {
        return name.endsWith(TEMPORARY_SUFFIX) || (name.startsWith(".") && name.endsWith(CLIENT_SUFFIX));
    }

    /** Why a name of a bucket is synced in no direction; empty if it can be. */
    public static Optional<String> unsyncable(String path) {
        return UNSYNCABLE.matcher(path).find()
                ? Optional.of("names that are absolute or have empty, '.' or '..' parts are not synced")
                : Optional.empty();
    }

    /** Why no local disk can be trusted to hold a file of this relative name; empty if it can. */
    public static Optional<String> unholdable(String path) {
        Optional<String> unsyncable = unsyncable(path);
        if (unsyncable.isPresent()) {
            return unsyncable;
        }
        if (path.isEmpty() || path.endsWith("/")) {
            return Optional.of("it is a folder marker, and a local file cannot end in '/'");
        }
        if (path.indexOf('\\') >= 0) {
            return Optional.of("a backslash separates directories on some systems");
        }
        if (path.indexOf('\0') >= 0) {
            return Optional.of("no local file name holds the character NUL");
        }
        if (DRIVE.matcher(path).find()) {
            return Optional.of("it begins with a drive letter");
        }
        if (isTemporary(path.substring(path.lastIndexOf('/') + 1))) {
            return Optional.of("names that end so belong to unfinished downloads");
        }
        return tooLong(path);
    }

    private static Optional<String> tooLong(String path) {
        if (path.length() * 3 <= MAX_SEGMENT_BYTES) {
            return Optional.empty();
        }
        for (String segment : path.split("/")) {
            if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
                return Optional.of("a part of the name has more than " + MAX_SEGMENT_BYTES + " bytes");
            }
        }
        return Optional.empty();
    }
}
