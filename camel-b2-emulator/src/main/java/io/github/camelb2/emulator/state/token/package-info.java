// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Tokens for accounts, uploads and downloads, and how they die. */
@NullMarked
package io.github.camelb2.emulator.state.token;

import org.jspecify.annotations.NullMarked;
