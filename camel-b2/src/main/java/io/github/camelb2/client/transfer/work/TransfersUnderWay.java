// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.work;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The transfers of a client that have begun and not ended, for people who look on. Thread-safe. */
public final class TransfersUnderWay {
    /** Who has more at once reads none of them; whoever does not end his transfers must not fill the memory. */
    private static final int MOST = 1_000;

    private final Set<TransferProgress> underWay = ConcurrentHashMap.newKeySet();

    void begin(TransferProgress transfer) {
        if (underWay.size() < MOST) {
            underWay.add(transfer);
        }
    }

    void end(TransferProgress transfer) {
        underWay.remove(transfer);
    }

    /** As of now, the oldest first. */
    List<TransferState> now() {
        return underWay.stream()
                .map(TransferProgress::state)
                .sorted(Comparator.comparingLong(TransferState::transfer))
                .toList();
    }
}
