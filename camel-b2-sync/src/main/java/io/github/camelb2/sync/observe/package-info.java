// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** What a human sees of runs: health, console and spans. */
@NullMarked
package io.github.camelb2.sync.observe;

import org.jspecify.annotations.NullMarked;
