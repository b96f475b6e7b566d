// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** What a person sees who opens the emulator's address in a browser. */
@NullMarked
package io.github.camelb2.emulator.http.page;

import org.jspecify.annotations.NullMarked;
