// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Compares both sides of a sync without changing anything.
 *
 * <p>{@link io.github.camelb2.sync.check.Check} is the run: the scans and their merge are those of a sync, {@link
 * io.github.camelb2.sync.check.PairVerifier} tells of one name whether both have the same, {@link
 * io.github.camelb2.sync.check.FindingFile} writes what was found, {@link io.github.camelb2.sync.check.CheckReport} sums it up.
 */
@NullMarked
package io.github.camelb2.sync.check;

import org.jspecify.annotations.NullMarked;
