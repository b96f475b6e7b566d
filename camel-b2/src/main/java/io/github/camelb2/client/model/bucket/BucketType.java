// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.bucket;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Who may read a bucket's files without a key. Words that this client does not know survive unchanged. */
public record BucketType(@JsonValue String name) {
    public static final BucketType ALL_PUBLIC = new BucketType("allPublic");
    public static final BucketType ALL_PRIVATE = new BucketType("allPrivate");
    public static final BucketType SNAPSHOT = new BucketType("snapshot");
    public static final BucketType SHARED = new BucketType("shared");
    public static final BucketType RESTRICTED = new BucketType("restricted");
    public static final BucketType ALL = new BucketType("all");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public BucketType {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
