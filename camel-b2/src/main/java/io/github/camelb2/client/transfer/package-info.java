/**
 * Moves bytes: small and large uploads, streams that resume, downloads to disk, copies of any size.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.client.transfer.Transfers}: the way in. {@code Uploader}, {@code FileDownload}, {@code
 *       Copier} and {@code Concatenator} do one kind of transfer each.
 *   <li>{@code PartPlan}, {@code StreamParts} and {@code EmergePlan}: how content is cut; pure arithmetic.
 *   <li>{@code PartCrew}: parts in parallel, on the caller's thread and what a shared pool gives.
 *   <li>{@code ContentSender} with {@code UploadUrlPool} and {@code Sha1Trailer}: one small file or part on its way up.
 *   <li>{@code LargeFile}, {@code UnfinishedFiles} and {@code UploadClaims}: who owns a large file, and what becomes of it.
 * </ul>
 *
 * <p>Nothing here decides whether to retry ({@code client.retry} does) or talks HTTP ({@code client.http} does).
 */
@NullMarked
package io.github.camelb2.client.transfer;

import org.jspecify.annotations.NullMarked;
