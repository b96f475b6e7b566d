// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** JSON trees as bytes and back. */
@NullMarked
package io.github.camelb2.emulator.json;

import org.jspecify.annotations.NullMarked;
