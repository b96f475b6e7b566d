// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Reads the two sides of a sync as ordered streams of names, holding no more than one branch of a tree or one page of a
 * listing.
 *
 * <p>{@link io.github.camelb2.sync.scan.LocalTree} walks a directory, {@link io.github.camelb2.sync.scan.RemoteTree}
 * groups a listing; {@link io.github.camelb2.sync.scan.ScanFilters} takes names out,
 * {@link io.github.camelb2.sync.scan.RemoteNames} and {@link io.github.camelb2.sync.scan.disk.DiskNames} say which names each
 * side can hold.
 */
@NullMarked
package io.github.camelb2.sync.scan;

import org.jspecify.annotations.NullMarked;
