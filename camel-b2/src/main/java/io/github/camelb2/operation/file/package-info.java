// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * The operations on files that are more than one call: upload, download, copy, concatenation, links.
 *
 * <ul>
 *   <li>{@link io.github.camelb2.operation.file.BodySources} turns message bodies into sources of bytes.
 *   <li>{@link io.github.camelb2.operation.file.FileRequests} makes the requests of the others from headers.
 * </ul>
 */
@NullMarked
package io.github.camelb2.operation.file;

import org.jspecify.annotations.NullMarked;
