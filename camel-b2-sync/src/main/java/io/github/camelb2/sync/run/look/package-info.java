// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Looks at both sides again before anything goes: what came, went or moved since the scan. */
@NullMarked
package io.github.camelb2.sync.run.look;

import org.jspecify.annotations.NullMarked;
