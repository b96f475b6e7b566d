// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Headers that a download answers instead of those stored with the file; null leaves one as it is.
 *
 * @param b2ContentDisposition for {@code Content-Disposition}
 * @param b2ContentLanguage for {@code Content-Language}
 * @param b2Expires for {@code Expires}
 * @param b2CacheControl for {@code Cache-Control}
 * @param b2ContentEncoding for {@code Content-Encoding}
 * @param b2ContentType for {@code Content-Type}
 */
public record ContentOverrides(
        @Nullable String b2ContentDisposition,
        @Nullable String b2ContentLanguage,
        @Nullable String b2Expires,
        @Nullable String b2CacheControl,
        @Nullable String b2ContentEncoding,
        @Nullable String b2ContentType) {
    /** Everything as it is stored. */
    public static final ContentOverrides NONE = new ContentOverrides(null, null, null, null, null, null);

    /** The query parameters of a download, values not yet encoded, in a fixed order. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "b2ContentDisposition", b2ContentDisposition);
        put(parameters, "b2ContentLanguage", b2ContentLanguage);
        put(parameters, "b2Expires", b2Expires);
        put(parameters, "b2CacheControl", b2CacheControl);
        put(parameters, "b2ContentEncoding", b2ContentEncoding);
        put(parameters, "b2ContentType", b2ContentType);
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    public ContentOverrides withContentDisposition(String value) {
        return new ContentOverrides(
                value, b2ContentLanguage, b2Expires, b2CacheControl, b2ContentEncoding, b2ContentType);
    }

    public ContentOverrides withContentLanguage(String value) {
        return new ContentOverrides(
                b2ContentDisposition, value, b2Expires, b2CacheControl, b2ContentEncoding, b2ContentType);
    }

    public ContentOverrides withExpires(String value) {
        return new ContentOverrides(
                b2ContentDisposition, b2ContentLanguage, value, b2CacheControl, b2ContentEncoding, b2ContentType);
    }

    public ContentOverrides withCacheControl(String value) {
        return new ContentOverrides(
                b2ContentDisposition, b2ContentLanguage, b2Expires, value, b2ContentEncoding, b2ContentType);
    }

    public ContentOverrides withContentEncoding(String value) {
        return new ContentOverrides(
                b2ContentDisposition, b2ContentLanguage, b2Expires, b2CacheControl, value, b2ContentType);
    }

    public ContentOverrides withContentType(String value) {
        return new ContentOverrides(
                b2ContentDisposition, b2ContentLanguage, b2Expires, b2CacheControl, b2ContentEncoding, value);
    }
}
