// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** What a plan is made of: actions, what they expect to find, problems, and what was withheld. */
@NullMarked
package io.github.camelb2.sync.plan.actions;

import org.jspecify.annotations.NullMarked;
