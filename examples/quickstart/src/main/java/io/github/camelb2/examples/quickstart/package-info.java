// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Syncs a directory to a bucket, changes something, syncs again, and brings everything back.
 *
 * <ul>
 *   <li>{@code Quickstart}: the steps, one after the other.
 *   <li>{@code QuickstartRoutes}: the Camel routes; this is what to copy.
 *   <li>{@code Trees}: copies, changes and compares directories.
 *   <li>{@code Screen}: one line for each file, and the progress.
 * </ul>
 */
@NullMarked
package io.github.camelb2.examples.quickstart;

import org.jspecify.annotations.NullMarked;
