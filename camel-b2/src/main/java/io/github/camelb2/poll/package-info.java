// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * The consumer of {@code b2:}: every new file version once, in constant memory.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.poll.scan.VersionScanner} walks through the bucket page by page, one sweep after the other.
 *   <li>{@link io.github.camelb2.poll.scan.NewVersionFilter} says which versions are wanted; {@link
 *       io.github.camelb2.poll.claim.VersionMemory} which of them were consumed before.
 *   <li>{@link io.github.camelb2.poll.claim.Claim} holds one version from its finding to the end of its exchange.
 *   <li>{@link io.github.camelb2.poll.after.AfterRead} is what becomes of the version then.
 *   <li>{@link io.github.camelb2.poll.B2Consumer} joins them to Camel.
 * </ul>
 */
@NullMarked
package io.github.camelb2.poll;

import org.jspecify.annotations.NullMarked;
