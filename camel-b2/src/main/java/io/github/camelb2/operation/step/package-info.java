// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What every operation is: it binds a request, runs it and replies.
 *
 * <p>{@link io.github.camelb2.operation.step.Row} is one that is a single call; {@link
 * io.github.camelb2.operation.step.OperationScope} is what all use of their endpoint.
 */
@NullMarked
package io.github.camelb2.operation.step;

import org.jspecify.annotations.NullMarked;
