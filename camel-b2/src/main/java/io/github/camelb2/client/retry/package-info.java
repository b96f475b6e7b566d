/**
 * What went wrong, whether to try again, and the waiting in between; the only place that decides it.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.client.retry.ErrorDecoder}: an answer of B2 to the exception that a caller can act on.
 *   <li>{@link io.github.camelb2.client.retry.RetryPolicy}: the facts of a failed try to a {@link
 *       io.github.camelb2.client.retry.RetryDecision}; pure.
 *   <li>{@link io.github.camelb2.client.retry.Retrier}: the one loop, within the time that {@link
 *       io.github.camelb2.client.retry.CallSettings} allow.
 *   <li>{@link io.github.camelb2.client.retry.Sleeper}: the one place that waits.
 * </ul>
 */
@NullMarked
package io.github.camelb2.client.retry;

import org.jspecify.annotations.NullMarked;
