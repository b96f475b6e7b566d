// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** The calls that carry the bytes of files: uploads and downloads. */
@NullMarked
package io.github.camelb2.emulator.http.transfer;

import org.jspecify.annotations.NullMarked;
