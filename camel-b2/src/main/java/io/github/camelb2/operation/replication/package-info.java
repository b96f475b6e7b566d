// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/** Setting up replication between two buckets, keys and rules on both sides, and telling how far it is. */
@NullMarked
package io.github.camelb2.operation.replication;

import org.jspecify.annotations.NullMarked;
