// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** An application of one class; its route is in {@code resources/camel}. */
@NullMarked
package io.github.camelb2.examples.quarkus;

import org.jspecify.annotations.NullMarked;
