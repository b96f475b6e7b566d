// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** One account as a whole: opened from its directory and put together. */
@NullMarked
package io.github.camelb2.emulator.state.account;

import org.jspecify.annotations.NullMarked;
