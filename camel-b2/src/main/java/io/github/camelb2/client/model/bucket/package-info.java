// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Buckets as B2 answers them, and the rules that they hold: lifecycle, CORS, notifications, replication.
 *
 * <p>Everything here is immutable. Words of B2's open sets are wrapped strings, so that new ones survive unchanged.
 */
@NullMarked
package io.github.camelb2.client.model.bucket;

import org.jspecify.annotations.NullMarked;
