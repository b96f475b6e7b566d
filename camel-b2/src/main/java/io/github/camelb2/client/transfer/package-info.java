/**
 * Moves bytes: small and large uploads, streams that resume, downloads to disk, copies of any size.
 *
 * <p>Nothing here decides whether to retry ({@code client.retry} does) or talks HTTP ({@code client.http} does).
 */
@NullMarked
package io.github.camelb2.client.transfer;

import org.jspecify.annotations.NullMarked;
