// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Two scans side by side: which names belong together, and which are unknown. */
@NullMarked
package io.github.camelb2.sync.plan.merge;

import org.jspecify.annotations.NullMarked;
