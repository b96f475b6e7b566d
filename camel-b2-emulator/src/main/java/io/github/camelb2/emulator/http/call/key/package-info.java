// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** The calls about application keys, with the one that turns a key into a token. */
@NullMarked
package io.github.camelb2.emulator.http.call.key;

import org.jspecify.annotations.NullMarked;
