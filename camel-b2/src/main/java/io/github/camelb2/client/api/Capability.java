// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import java.util.Objects;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of a right that an application key has, such as {@code writeFiles}; names that this client does not know
 * survive unchanged, because Backblaze adds new ones.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-application-key-capabilities">Backblaze: capabilities</a>
 */
public record Capability(@JsonValue String name) {
    public static final Capability LIST_KEYS = new Capability("listKeys");
    public static final Capability WRITE_KEYS = new Capability("writeKeys");
    public static final Capability DELETE_KEYS = new Capability("deleteKeys");
    public static final Capability LIST_BUCKETS = new Capability("listBuckets");
    public static final Capability WRITE_BUCKETS = new Capability("writeBuckets");
    public static final Capability DELETE_BUCKETS = new Capability("deleteBuckets");
    public static final Capability LIST_FILES = new Capability("listFiles");
    public static final Capability READ_FILES = new Capability("readFiles");
    public static final Capability SHARE_FILES = new Capability("shareFiles");
    public static final Capability WRITE_FILES = new Capability("writeFiles");
    public static final Capability DELETE_FILES = new Capability("deleteFiles");
    public static final Capability WRITE_FILE_RETENTIONS = new Capability("writeFileRetentions");
    public static final Capability WRITE_FILE_LEGAL_HOLDS = new Capability("writeFileLegalHolds");
    public static final Capability BYPASS_GOVERNANCE = new Capability("bypassGovernance");
    public static final Capability READ_BUCKET_NOTIFICATIONS = new Capability("readBucketNotifications");
    public static final Capability WRITE_BUCKET_NOTIFICATIONS = new Capability("writeBucketNotifications");

    @JsonCreator
    public Capability {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
