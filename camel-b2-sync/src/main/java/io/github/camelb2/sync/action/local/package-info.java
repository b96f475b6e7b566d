// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** The disk as a side of a sync: files opened and replaced safely, temporary files, a root that may be lost. */
@NullMarked
package io.github.camelb2.sync.action.local;

import org.jspecify.annotations.NullMarked;
