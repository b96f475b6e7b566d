// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** File versions, their order, and the listings that are read from it. */
@NullMarked
package io.github.camelb2.emulator.state.file;

import org.jspecify.annotations.NullMarked;
