/**
 * What a {@code b2:} producer can do: one class per operation.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.operation.Operations} finds the {@link io.github.camelb2.operation.Operation} of a name.
 *   <li>{@link io.github.camelb2.operation.Params} reads headers and options; {@link
 *       io.github.camelb2.operation.RequestBinder} takes the request from the body instead.
 *   <li>{@link io.github.camelb2.operation.BodySources} turns message bodies into sources of bytes.
 *   <li>{@link io.github.camelb2.operation.FileVersionHeaders} and {@link
 *       io.github.camelb2.operation.BucketHeaders} write results to headers, for producer and consumer.
 * </ul>
 */
@NullMarked
package io.github.camelb2.operation;

import org.jspecify.annotations.NullMarked;
