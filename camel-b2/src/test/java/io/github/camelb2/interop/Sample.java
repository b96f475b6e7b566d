// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.interop;

import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A file as one client stores it and another shall see it. */
record Sample(String name, byte[] content, String contentType, Map<String, String> info) {
    static final String MODIFIED = "src_last_modified_millis";

    static Sample of(String name) {
        return new Sample(name, ("content of " + name).getBytes(UTF_8), "text/x-sample", Map.of());
    }

    Sample withContent(byte[] value) {
        return new Sample(name, value, contentType, info);
    }

    Sample withContentType(String value) {
        return new Sample(name, content, value, info);
    }

    Sample withInfo(Map<String, String> value) {
        return new Sample(name, content, contentType, value);
    }

    /** This file without its infos but for the time of its last change. */
    Sample withTimeOnly() {
        return withInfo(info.containsKey(MODIFIED) ? Map.of(MODIFIED, info.get(MODIFIED)) : Map.of());
    }

    /** All of it on one line: names in clear and byte by byte, since a look at them does not tell all apart. */
    String line() {
        String bytes = HexFormat.of().formatHex(name.getBytes(UTF_8));
        return name + " (" + bytes + ") " + content.length + " bytes " + java.util.Arrays.hashCode(content) + " "
                + contentType + " " + new TreeMap<>(info);
    }
}
