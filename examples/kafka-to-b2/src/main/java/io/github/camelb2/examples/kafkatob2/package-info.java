// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Records of a topic become files. */
@NullMarked
package io.github.camelb2.examples.kafkatob2;

import org.jspecify.annotations.NullMarked;
