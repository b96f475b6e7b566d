// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.bucket;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.json.Copies;

/**
 * How a bucket takes part in replication. In a request, null members clear the setting and are written.
 *
 * @param asReplicationSource what is replicated from it, null for nothing
 * @param asReplicationDestination what is replicated to it, null for nothing
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-cloud-replication">Backblaze: replication</a>
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ReplicationConfiguration(
        @Nullable Source asReplicationSource, @Nullable Destination asReplicationDestination) {

    /**
     * The bucket as a source.
     *
     * @param replicationRules which files go where
     * @param sourceApplicationKeyId the key id that reads the files
     */
    public record Source(List<ReplicationRule> replicationRules, String sourceApplicationKeyId) {
        public Source {
            replicationRules = Copies.list(replicationRules);
        }
    }

    /**
     * The bucket as a destination.
     *
     * @param sourceToDestinationKeyMapping for each source's key id, the key id that writes here
     */
    public record Destination(Map<String, String> sourceToDestinationKeyMapping) {
        public Destination {
            sourceToDestinationKeyMapping = Copies.map(sourceToDestinationKeyMapping);
        }
    }
}
