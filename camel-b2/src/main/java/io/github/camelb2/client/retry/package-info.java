// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What went wrong, whether to try again, and the waiting in between; the only place that decides it.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.client.retry.ErrorDecoder}: an answer of B2 to the exception that a caller can act on.
 *   <li>{@link io.github.camelb2.client.retry.RetryTable}: what follows a failed try; read from top to bottom, pure.
 *   <li>{@link io.github.camelb2.client.retry.Retrier}: the one loop, within the time that {@link
 *       io.github.camelb2.client.retry.CallSettings} allow and the retries that all calls of a client share.
 *   <li>{@link io.github.camelb2.client.retry.LostAnswers}: what calls did whose answers were lost.
 *   <li>{@link io.github.camelb2.client.retry.Sleeper}: the one place that waits.
 * </ul>
 */
@NullMarked
package io.github.camelb2.client.retry;

import org.jspecify.annotations.NullMarked;
