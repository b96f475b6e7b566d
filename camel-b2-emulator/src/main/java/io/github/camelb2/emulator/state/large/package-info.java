// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Large files between start and finish. */
@NullMarked
package io.github.camelb2.emulator.state.large;

import org.jspecify.annotations.NullMarked;
