// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.launch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.Moment;
import io.github.camelb2.operation.header.HeaderText;
import io.github.camelb2.sync.B2SyncConstants;
import io.github.camelb2.sync.SyncFilterOptions;

/**
 * What a message says of one run. A value that cannot be read is refused: whoever sets the header wants something by it.
 *
 * @param source      instead of the option; null where it is not set
 * @param destination instead of the option; null where it is not set
 * @param dryRun      instead of the option; null where it is not set
 * @param asOf        instead of the option; null where it is not set
 * @param now         the time that ages are counted from; null where it is not set
 */
public record RunHeaders(
        @Nullable String source,
        @Nullable String destination,
        @Nullable Boolean dryRun,
        @Nullable Moment asOf,
        @Nullable Long now) {
    private static final String FAILED = "CamelB2SyncFailedRun";
    private static final List<String> ALL = List.of(
            B2SyncConstants.SOURCE,
            B2SyncConstants.DESTINATION,
            B2SyncConstants.DRY_RUN,
            B2SyncConstants.AS_OF,
            B2SyncConstants.NOW);

    /** @throws IllegalArgumentException if one cannot be read; the message names it and its value */
    static RunHeaders of(Message message) {
        return new RunHeaders(
                text(message, B2SyncConstants.SOURCE),
                text(message, B2SyncConstants.DESTINATION),
                dryRun(message),
                asOf(message),
                now(message));
    }

    /** What a run that failed was told, and the name of its sync. */
    private record Failed(String sync, Map<String, Object> headers) {}

    /**
     * A sync gets the message. If its run has failed with this exchange, and the message comes here once more, it means the
     * same: a dry run must not come back as a real one, nor another place as the endpoint's own.
     *
     * @return what the message says of the run, as it is
     */
    public static Map<String, Object> begin(Exchange exchange, String sync) {
        Message message = exchange.getMessage();
        Object before = exchange.removeProperty(FAILED);
        if (before instanceof Failed failed && failed.sync().equals(sync)) {
            failed.headers().forEach((header, value) -> message.getHeaders().putIfAbsent(header, value));
        }
        Map<String, Object> found = new HashMap<>();
        for (String header : ALL) {
            Object value = message.getHeader(header);
            if (value != null) {
                found.put(header, value);
            }
        }
        return found;
    }

    /** The run failed: no other step must take for its own what it was told, and the same one again. */
    public static void failed(Exchange exchange, String sync, Map<String, Object> headers) {
        if (!headers.isEmpty()) {
            exchange.setProperty(FAILED, new Failed(sync, headers));
        }
    }

    private static @Nullable String text(Message message, String header) {
        Object value = message.getHeader(header);
        if (value == null) {
            return null;
        }
        return HeaderText.find(value)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> wrong(header, value, "write a directory or b2://bucket/prefix"));
    }

    /**
     * The path that is explained, without a slash before it.
     *
     * @throws IllegalArgumentException if neither the message nor the option says one
     */
    static String path(Message message, SyncFilterOptions options) {
        Object value = message.getHeader(B2SyncConstants.PATH);
        String path = value == null ? options.getPath() : HeaderText.of(value);
        if (path == null || path.isBlank() || path.equals("/")) {
            throw new IllegalArgumentException("Option path is missing: with mode=explain write the path of a file,"
                    + " relative to the source, there or in the header " + B2SyncConstants.PATH);
        }
        return path.startsWith("/") ? path.substring(1) : path;
    }

    private static @Nullable Boolean dryRun(Message message) {
        Object value = message.getHeader(B2SyncConstants.DRY_RUN);
        if (value == null || value instanceof Boolean) {
            return (Boolean) value;
        }
        String text = HeaderText.of(value).strip();
        if (text.equalsIgnoreCase("true") || text.equals("1")) {
            return true;
        }
        if (text.equalsIgnoreCase("false") || text.equals("0")) {
            return false;
        }
        throw wrong(B2SyncConstants.DRY_RUN, value, "write true or false");
    }

    private static @Nullable Moment asOf(Message message) {
        Object value = message.getHeader(B2SyncConstants.AS_OF);
        if (value == null) {
            return null;
        }
        return Moment.find(
                        HeaderText.find(value).<Object>map(text -> text.strip()).orElse(value))
                .orElseThrow(() -> wrong(B2SyncConstants.AS_OF, value, "write " + Moment.WHAT));
    }

    private static @Nullable Long now(Message message) {
        Object value = message.getHeader(B2SyncConstants.NOW);
        if (value == null || value instanceof Long) {
            return (Long) value;
        }
        try {
            return Long.valueOf(HeaderText.of(value).strip());
        } catch (NumberFormatException e) {
            throw wrong(B2SyncConstants.NOW, value, "write milliseconds since 1970");
        }
    }

    private static IllegalArgumentException wrong(String header, Object value, String advice) {
        return new IllegalArgumentException("Header " + header + "=" + HeaderText.of(value) + " cannot be: " + advice);
    }
}
