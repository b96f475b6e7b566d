// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Requests, answers and bytes on the wire, for every call the same; knows nothing of calls. */
@NullMarked
package io.github.camelb2.emulator.http.wire;

import org.jspecify.annotations.NullMarked;
