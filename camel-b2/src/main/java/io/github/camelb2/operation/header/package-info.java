// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What operations read from a message, and what they tell it.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.operation.header.Inputs} lists every input; {@link
 *       io.github.camelb2.operation.header.Params} finds it in headers and options.
 *   <li>{@link io.github.camelb2.operation.header.FileVersionHeaders} and {@link
 *       io.github.camelb2.operation.header.BucketHeaders} write results to headers, for producer and consumer.
 * </ul>
 */
@NullMarked
package io.github.camelb2.operation.header;

import org.jspecify.annotations.NullMarked;
