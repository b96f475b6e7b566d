// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Buckets and their settings, with the rules for those. */
@NullMarked
package io.github.camelb2.emulator.state.bucket;

import org.jspecify.annotations.NullMarked;
