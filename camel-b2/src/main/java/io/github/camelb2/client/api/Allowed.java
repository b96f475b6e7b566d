// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the application key may do.
 *
 * @param buckets the buckets that it is restricted to, null when it may use all of them
 * @param capabilities its rights
 * @param namePrefix the prefix that every file name it touches must have, null when any will do
 */
public record Allowed(
        @Nullable List<AllowedBucket> buckets,
        List<Capability> capabilities,
        @Nullable String namePrefix) {
    public Allowed {
        buckets = buckets == null ? null : List.copyOf(buckets);
        capabilities = List.copyOf(capabilities);
    }

    /** Whether the key has the capability. */
    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /**
     * A bucket that a key is restricted to.
     *
     * @param id its id
     * @param name its name, null when the bucket is gone or the key may not learn it
     */
    public record AllowedBucket(String id, @Nullable String name) {}
}
