// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** What the JSON calls have in common: reading a request, finding out who asks, showing buckets, files and keys. */
@NullMarked
package io.github.camelb2.emulator.http.call;

import org.jspecify.annotations.NullMarked;
