// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** The calls about buckets. */
@NullMarked
package io.github.camelb2.emulator.http.call.bucket;

import org.jspecify.annotations.NullMarked;
