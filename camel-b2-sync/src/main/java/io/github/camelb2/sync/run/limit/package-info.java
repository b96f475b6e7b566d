// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** What bounds a run: bytes, files, money, speed, and the number of its workers. */
@NullMarked
package io.github.camelb2.sync.run.limit;

import org.jspecify.annotations.NullMarked;
