// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Application keys and what they may do. */
@NullMarked
package io.github.camelb2.emulator.state.key;

import org.jspecify.annotations.NullMarked;
