// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.request;

import io.github.camelb2.client.model.bucket.ReplicationRule;

/**
 * What {@code setupReplication} answers.
 *
 * @param rule the rule of the source bucket
 * @param sourceKeyId the id of the application key that reads there
 * @param destinationKeyId the id of the one that writes to the destination
 * @param isChanged whether anything had to be changed for it
 */
public record ReplicationSetup(ReplicationRule rule, String sourceKeyId, String destinationKeyId, boolean isChanged) {}
