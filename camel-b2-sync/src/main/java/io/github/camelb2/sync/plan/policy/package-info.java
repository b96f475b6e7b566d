// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** What the user wants of a sync: how to compare, what to keep, how much may go. */
@NullMarked
package io.github.camelb2.sync.plan.policy;

import org.jspecify.annotations.NullMarked;
