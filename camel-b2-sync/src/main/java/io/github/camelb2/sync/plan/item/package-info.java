// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** What the scans of both sides find, and the order of names that they keep. */
@NullMarked
package io.github.camelb2.sync.plan.item;

import org.jspecify.annotations.NullMarked;
