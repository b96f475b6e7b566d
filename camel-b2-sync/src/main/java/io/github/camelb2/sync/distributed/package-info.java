// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * One run over several machines: {@code Coordinator} gives the plans of a run to a broker and takes the answers,
 * {@code Leases} knows which are out, {@code SyncWorker} carries one out after every check, {@code RunToken} proves that
 * two machines see one directory, {@code Epochs} tells which run of a name holds. Nothing here knows Camel.
 *
 * <p>Nothing of a coordinator that is gone is removed: a removal is given only by whoever is sure to hold its sync
 * ({@code Term}), may be begun for a part of the time only that a takeover waits, and {@code RemovalWindow} sees to it that
 * workers get at it in that time.
 */
@NullMarked
package io.github.camelb2.sync.distributed;

import org.jspecify.annotations.NullMarked;
