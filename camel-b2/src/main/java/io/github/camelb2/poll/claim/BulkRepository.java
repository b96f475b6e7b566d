// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.util.Collection;
import java.util.Set;

import org.apache.camel.spi.IdempotentRepository;

/**
 * A repository that answers for many keys at a time. A consumer asks it once for each page of its listing, and any other
 * one once for each version.
 *
 * <p>Both methods take up to some thousand keys, without duplicates. Thread-safe.
 */
public interface BulkRepository extends IdempotentRepository {
    /** Those of the keys that are there. */
    Set<String> containedOf(Collection<String> keys);

    /** Adds and confirms those of the keys that are not there yet. */
    void addAll(Collection<String> keys);
}
