// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.bucket;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.json.Copies;

/**
 * What browsers may do with a bucket.
 *
 * @param corsRuleName 6 to 50 characters, not beginning with {@code b2-}
 * @param allowedOrigins such as {@code https://www.example.com}
 * @param allowedOperations such as {@code b2_download_file_by_name}
 * @param allowedHeaders headers that a preflight request may ask for, null for none
 * @param exposeHeaders headers that a page may read, null for none
 * @param maxAgeSeconds how long a browser may keep the answer, 0 to 86,400
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-cross-origin-resource-sharing-rules">Backblaze: CORS</a>
 */
public record CorsRule(
        String corsRuleName,
        List<String> allowedOrigins,
        List<String> allowedOperations,
        @Nullable List<String> allowedHeaders,
        @Nullable List<String> exposeHeaders,
        int maxAgeSeconds) {
    public CorsRule {
        allowedOrigins = Copies.list(allowedOrigins);
        allowedOperations = Copies.list(allowedOperations);
        allowedHeaders = Copies.optionalList(allowedHeaders);
        exposeHeaders = Copies.optionalList(exposeHeaders);
    }
}
