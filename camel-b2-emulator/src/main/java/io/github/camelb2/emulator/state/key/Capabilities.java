// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.key;

import java.util.List;
import java.util.Set;

/**
 * What application keys can be allowed to do.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-application-key-capabilities">Application key capabilities</a>
 */
public final class Capabilities {

    /** Every capability, in the order of the documentation: those of the master key. */
    public static final List<String> ALL = List.of(
            "listKeys",
            "writeKeys",
            "deleteKeys",
            "listAllBucketNames",
            "listBuckets",
            "readBuckets",
            "writeBuckets",
            "deleteBuckets",
            "readBucketRetentions",
            "writeBucketRetentions",
            "readBucketEncryption",
            "writeBucketEncryption",
            "readBucketReplications",
            "writeBucketReplications",
            "readBucketNotifications",
            "writeBucketNotifications",
            "readBucketLogging",
            "writeBucketLogging",
            "readBucketLifecycleRules",
            "writeBucketLifecycleRules",
            "listFiles",
            "readFiles",
            "shareFiles",
            "writeFiles",
            "deleteFiles",
            "readFileLegalHolds",
            "writeFileLegalHolds",
            "readFileRetentions",
            "writeFileRetentions",
            "bypassGovernance");

    /** What a key that is limited to buckets cannot have: it concerns the account. */
    public static final Set<String> ACCOUNT_LEVEL =
            Set.of("listKeys", "writeKeys", "deleteKeys", "writeBuckets", "deleteBuckets");

    private Capabilities() {}
}
