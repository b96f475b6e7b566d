// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** The bucket as a side of a sync, over a client: the only place of the sync that calls the service. */
@NullMarked
package io.github.camelb2.sync.action.bucket;

import org.jspecify.annotations.NullMarked;
