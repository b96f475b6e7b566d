// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * One run over several machines: {@code Coordinator} gives the plans of a run to a broker and takes the answers,
 * {@code Leases} knows which are out, {@code SyncWorker} carries one out after every check, {@code RunToken} proves that
 * two machines see one directory, {@code Epochs} tells which run of a name holds. Nothing here knows Camel.
 */
@NullMarked
package io.github.camelb2.sync.distributed;

import org.jspecify.annotations.NullMarked;
