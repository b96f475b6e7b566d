package io.github.camelb2.sync;

import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * What a message says of one run. A value that cannot be read is refused: whoever sets the header wants something by it.
 *
 * @param source      instead of the option; null where it is not set
 * @param destination instead of the option; null where it is not set
 * @param dryRun      instead of the option; null where it is not set
 * @param now         the time that ages are counted from; null where it is not set
 */
record RunHeaders(
        @Nullable String source,
        @Nullable String destination,
        @Nullable Boolean dryRun,
        @Nullable Long now) {
    /** @throws IllegalArgumentException if one cannot be read; the message names it and its value */
    static RunHeaders of(Message message) {
        return new RunHeaders(
                text(message, B2SyncConstants.SOURCE),
                text(message, B2SyncConstants.DESTINATION),
                dryRun(message),
                now(message));
    }

    private static @Nullable String text(Message message, String header) {
        Object value = message.getHeader(header);
        String text = value == null ? null : message.getHeader(header, String.class);
        if (value != null && (text == null || text.isBlank())) {
            throw wrong(header, value, "write a directory or b2://bucket/prefix");
        }
        return text;
    }

    private static @Nullable Boolean dryRun(Message message) {
        Object value = message.getHeader(B2SyncConstants.DRY_RUN);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        String text = value.toString().strip();
        if (text.equalsIgnoreCase("true") || text.equals("1")) {
            return true;
        }
        if (text.equalsIgnoreCase("false") || text.equals("0")) {
            return false;
        }
        throw wrong(B2SyncConstants.DRY_RUN, value, "write true or false");
    }

    private static @Nullable Long now(Message message) {
        Object value = message.getHeader(B2SyncConstants.NOW);
        if (value == null || value instanceof Long) {
            return (Long) value;
        }
        try {
            return Long.valueOf(value.toString().strip());
        } catch (NumberFormatException e) {
            throw wrong(B2SyncConstants.NOW, value, "write milliseconds since 1970");
        }
    }

    private static IllegalArgumentException wrong(String header, Object value, String advice) {
        return new IllegalArgumentException("Header " + header + "=" + value + " cannot be: " + advice);
    }
}
