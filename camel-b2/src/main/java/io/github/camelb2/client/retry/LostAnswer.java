// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Instant;

import io.github.camelb2.client.api.B2Exception;

/**
 * An answer that did not arrive, or the error with which B2 answered the repetition.
 *
 * @param failure how the answer was lost; or an error that may only say that an earlier try worked
 * @param firstTry when the first try began, by this machine's clock
 * @param settings those of the call, with what is left of its time: for the calls that look the outcome up
 */
public record LostAnswer(B2Exception failure, Instant firstTry, CallSettings settings) {}
