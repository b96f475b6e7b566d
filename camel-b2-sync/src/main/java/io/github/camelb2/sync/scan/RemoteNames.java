package io.github.camelb2.sync.scan;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Which names B2 accepts.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-files">File names</a>
 */
public final class RemoteNames {
    private static final int MAX_NAME_BYTES = 1024;
    private static final int MAX_SEGMENT_BYTES = 250;

    private RemoteNames() {}

    /** Why B2 would refuse a whole file name, prefix included; empty if it takes it. */
    public static Optional<String> refusal(String name) {
        if (name.isEmpty()) {
            return Optional.of("the name is empty");
        }
        if (name.startsWith("/") || name.endsWith("/") || name.contains("//")) {
            return Optional.of("B2 does not take names with '/' at either end or '//' inside");
        }
        for (int i = 0; i < name.length(); i++) {
            Optional<String> reason = refusalOf(name, i);
            if (reason.isPresent()) {
                return reason;
            }
        }
        return refusalOfLength(name);
    }

    private static Optional<String> refusalOf(String name, int index) {
        char c = name.charAt(index);
        if (c == '\\') {
            return Optional.of("B2 does not take names with a backslash");
        }
        if (c < 0x20 || c == 0x7f) {
            return Optional.of(String.format("B2 does not take names with control characters (0x%02x)", (int) c));
        }
        boolean lacksLow = Character.isHighSurrogate(c)
                && (index + 1 == name.length() || !Character.isLowSurrogate(name.charAt(index + 1)));
        boolean lacksHigh =
                Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(name.charAt(index - 1)));
        return lacksLow || lacksHigh ? Optional.of("the name is not valid Unicode") : Optional.empty();
    }

    private static Optional<String> refusalOfLength(String name) {
        // No character takes more than three bytes for each of its UTF-16 units.
        if (name.length() * 3 <= MAX_SEGMENT_BYTES) {
            return Optional.empty();
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_NAME_BYTES) {
            return Optional.of("the name has " + bytes + " bytes of UTF-8 and B2 takes at most " + MAX_NAME_BYTES);
        }
        for (String segment : name.split("/")) {
            int length = segment.getBytes(StandardCharsets.UTF_8).length;
            if (length > MAX_SEGMENT_BYTES) {
                return Optional.of("a part of the name has " + length + " bytes of UTF-8 and B2 takes at most "
                        + MAX_SEGMENT_BYTES + " between slashes");
            }
        }
        return Optional.empty();
    }
}
