// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** What {@code pojoRequest=true} takes as the body where an operation is no single call of B2, and what such a one answers. */
@NullMarked
package io.github.camelb2.operation.request;

import org.jspecify.annotations.NullMarked;
