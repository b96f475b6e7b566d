// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** The calls about large files, from start to finish. */
@NullMarked
package io.github.camelb2.emulator.http.call.large;

import org.jspecify.annotations.NullMarked;
