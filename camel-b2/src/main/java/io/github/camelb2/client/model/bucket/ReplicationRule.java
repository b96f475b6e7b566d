// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.bucket;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Which files of a source bucket are replicated, and where to.
 *
 * @param replicationRuleName its name
 * @param destinationBucketId where copies go
 * @param fileNamePrefix the names that it is for; empty for all
 * @param includeExistingFiles whether files that were there before it are replicated
 * @param isEnabled whether it is in force
 * @param priority from 1; the higher one wins
 */
public record ReplicationRule(
        @JsonProperty("replicationRuleName") String replicationRuleName,
        @JsonProperty("destinationBucketId") String destinationBucketId,
        @JsonProperty("fileNamePrefix") String fileNamePrefix,
        @JsonProperty("includeExistingFiles") boolean includeExistingFiles,
        @JsonProperty("isEnabled") boolean isEnabled,
        @JsonProperty("priority") int priority) {}
