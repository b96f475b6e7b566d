// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Keeps on the disk what a plan has too much of for memory. */
@NullMarked
package io.github.camelb2.sync.plan.spool;

import org.jspecify.annotations.NullMarked;
