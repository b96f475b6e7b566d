// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.key;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.B2Error;

/**
 * An application key and what it may do.
 *
 * @param id the application key id
 * @param secret the application key
 * @param name the name its creator gave it
 * @param capabilities what it may do
 * @param buckets the buckets it is limited to, or null for all
 * @param namePrefix the names it is limited to, or null for all
 * @param expires when it stops working, in milliseconds since 1970, or null for never
 * @param apiVersion the version of the call that made it; from version 4 with buckets, it cannot log in through older ones
 */
public record ApplicationKey(
        String id,
        String secret,
        String name,
        List<String> capabilities,
        @Nullable List<String> buckets,
        @Nullable String namePrefix,
        @Nullable Long expires,
        int apiVersion) {

    public ApplicationKey {
        capabilities = List.copyOf(capabilities);
        buckets = buckets == null ? null : List.copyOf(buckets);
    }

    public boolean can(String capability) {
        return capabilities.contains(capability);
    }

    public boolean isExpired(long now) {
        return expires != null && expires <= now;
    }

    /** Whether it is limited in a way that only version 4 can express. */
    public boolean needsVersion4() {
        return apiVersion >= 4 && buckets != null;
    }

    public boolean allowsBucket(String bucketId) {
        return buckets == null || buckets.contains(bucketId);
    }

    public boolean allowsName(String name) {
        return namePrefix == null || name.startsWith(namePrefix);
    }

    public void require(String capability) {
        if (!can(capability)) {
            throw B2Error.unauthorized("The application key lacks the capability " + capability);
        }
    }

    public void requireBucket(String bucketId) {
        if (!allowsBucket(bucketId)) {
            throw B2Error.unauthorized("The application key is limited to other buckets");
        }
    }

    public void requireName(String bucketId, String name) {
        requireBucket(bucketId);
        if (!allowsName(name)) {
            throw B2Error.unauthorized("The application key is limited to names that start with " + namePrefix);
        }
    }

    @Override
    public String toString() {
        return "ApplicationKey[" + id + ", " + name + "]";
    }
}
