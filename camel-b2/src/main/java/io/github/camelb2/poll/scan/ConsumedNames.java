// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.model.file.Utf8Order;

/** Which names of its bucket a consumer reaches by prefix, delimiter, startFromFileName and fileName; its filters leave some of them. Pure. */
public final class ConsumedNames {
    private ConsumedNames() {}

    /** Whether a file of that name is among them. */
    public static boolean contain(String name, B2Configuration options) {
        String only = options.getFileName();
        if (only != null && !only.contains("${")) {
            return name.equals(only);
        }
        String consumed = orEmpty(options.getPrefix());
        return name.startsWith(consumed) && isListed(name, consumed, options) && isFromStart(name, options);
    }

    /** Whether that name is the one that consuming starts from, or sorts behind it. */
    static boolean isFromStart(String name, B2Configuration options) {
        String first = options.getStartFromFileName();
        return first == null || Utf8Order.INSTANCE.compare(name, first) >= 0;
    }

    /** A name that goes on behind the delimiter is part of a folder for the consumer, and no file. */
    public static boolean isListed(String head, String consumed, B2Configuration options) {
        String delimiter = orEmpty(options.getDelimiter());
        return delimiter.isEmpty() || !head.substring(consumed.length()).contains(delimiter);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
