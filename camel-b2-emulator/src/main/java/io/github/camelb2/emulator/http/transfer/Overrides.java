// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.transfer;

import java.util.Map;
import java.util.TreeMap;

/** The query parameters of a download that replace headers of its answer. */
public final class Overrides {

    /** Parameter name to header name. */
    public static final Map<String, String> PARAMETERS = Map.of(
            "b2ContentDisposition", "Content-Disposition",
            "b2ContentLanguage", "Content-Language",
            "b2Expires", "Expires",
            "b2CacheControl", "Cache-Control",
            "b2ContentEncoding", "Content-Encoding",
            "b2ContentType", "Content-Type");

    private Overrides() {}

    /** The overrides in a query, by parameter name. */
    static Map<String, String> in(Map<String, String> query) {
        Map<String, String> found = new TreeMap<>(query);
        found.keySet().retainAll(PARAMETERS.keySet());
        return found;
    }
}
