// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** The calls about file versions: listing, copying, hiding, deleting, protecting, and lending downloads. */
@NullMarked
package io.github.camelb2.emulator.http.call.file;

import org.jspecify.annotations.NullMarked;
