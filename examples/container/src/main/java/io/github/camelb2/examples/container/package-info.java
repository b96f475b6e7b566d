// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** A service for a container. */
@NullMarked
package io.github.camelb2.examples.container;

import org.jspecify.annotations.NullMarked;
