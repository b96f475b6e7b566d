// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.actions;

import java.util.Optional;

/** How the transfers of a run ended. It is asked when both scans have ended, before the first removal. */
public interface TransferOutcomes {
    /** Every transfer went well: for plans that are only looked at. */
    TransferOutcomes ALL_WELL = new TransferOutcomes() {
        @Override
        public Optional<Problem> firstFailure() {
            return Optional.empty();
        }

        @Override
        public boolean hasSucceeded(long planId) {
            return true;
        }

        @Override
        public boolean mayMiss(long size) {
            return false;
        }
    };

    /** Waits until every transfer that was issued has ended; answers the first that failed or did not come back. */
    Optional<Problem> firstFailure();

    /** Whether a file of that size, of whatever time, because a copy has one of its own, may be one that was to be stored and was not. */
    boolean mayMiss(long size);

    /** Whether the transfer of that number has gone well. */
    boolean hasSucceeded(long planId);
}
