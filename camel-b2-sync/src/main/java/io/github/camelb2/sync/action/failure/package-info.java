// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** How an action can fail, and what that means for the run. */
@NullMarked
package io.github.camelb2.sync.action.failure;

import org.jspecify.annotations.NullMarked;
