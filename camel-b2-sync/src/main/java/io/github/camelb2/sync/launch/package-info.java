// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Starts a run for a message or a poll, and knows the runs that are under way and the last ones. */
@NullMarked
package io.github.camelb2.sync.launch;

import org.jspecify.annotations.NullMarked;
