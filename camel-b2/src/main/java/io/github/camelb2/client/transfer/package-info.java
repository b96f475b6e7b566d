// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * Moves bytes: small and large uploads, streams that resume, downloads to disk, copies of any size.
 *
 * <p>{@link io.github.camelb2.client.transfer.Transfers} is the way in. Below it, each room may use those that stand
 * after it:
 *
 * <ul>
 *   <li>{@code copy}: copies inside B2 and files put together from pieces.
 *   <li>{@code upload}: small and large uploads, their URLs, the checksum at the end of a body.
 *   <li>{@code resume}: a large file from its start to its end, and who owns one that is unfinished.
 *   <li>{@code download}: streams that resume, and files that arrive in parallel ranges.
 *   <li>{@code local}: this machine's side: sources of uploads, temporary files, locks.
 *   <li>{@code work}: what all transfers of a client work with: its session, threads for parts, progress.
 *   <li>{@code plan}: how content is cut; pure arithmetic.
 * </ul>
 *
 * <p>Nothing here decides whether to retry ({@code client.retry} does) or talks HTTP ({@code client.http} does).
 */
@NullMarked
package io.github.camelb2.client.transfer;

import org.jspecify.annotations.NullMarked;
