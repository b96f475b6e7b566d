// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Decides for one name: what is transferred, what of the old is kept, and for how long. */
@NullMarked
package io.github.camelb2.sync.plan.path;

import org.jspecify.annotations.NullMarked;
