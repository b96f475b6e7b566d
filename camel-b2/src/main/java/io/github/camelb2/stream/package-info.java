// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Streaming uploads: many messages become one file.
 *
 * <ul>
 *   <li>{@code StreamingProducer} takes messages; all producers of one endpoint share a {@code Stream}, which decides
 *       which file a message goes to, when that is closed, and who waits.
 *   <li>A {@code Batch} is a file that comes into being; its {@code Journal} keeps it on the disk, in a {@code Spool} that
 *       one process has at a time; {@code GroupCommit} forces what many wrote at once.
 *   <li>{@code BatchStore} brings batches to B2: small ones whole, others part by part as they fill ({@code PieceCutter}),
 *       under names of {@code FileNumbers}.
 * </ul>
 */
@NullMarked
package io.github.camelb2.stream;

import org.jspecify.annotations.NullMarked;
