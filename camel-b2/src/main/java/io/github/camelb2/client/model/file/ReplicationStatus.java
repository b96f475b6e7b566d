// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.file;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** How far the replication of a file version is. Words that this client does not know survive unchanged. */
public record ReplicationStatus(@JsonValue String name) {
    public static final ReplicationStatus PENDING = new ReplicationStatus("PENDING");
    public static final ReplicationStatus COMPLETED = new ReplicationStatus("COMPLETED");
    public static final ReplicationStatus FAILED = new ReplicationStatus("FAILED");
    public static final ReplicationStatus REPLICA = new ReplicationStatus("REPLICA");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ReplicationStatus {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
