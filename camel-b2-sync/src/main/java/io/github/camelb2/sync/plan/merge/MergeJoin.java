// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.merge;

import java.util.Iterator;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.item.PathOrder;
import io.github.camelb2.sync.plan.item.ScanItem;

/**
 * Brings two ordered scans together, name by name: files of one name come as a pair. What shields a name comes before the
 * name itself. Used by one thread.
 */
public final class MergeJoin {
    /** Gets what the scans deliver. */
    public interface Receiver {
        /** The source has a file, and the destination perhaps one of the same name. */
        void pair(ScanItem.SyncFile source, ScanItem.@Nullable SyncFile destination);

        /** Only the destination has it. */
        void absent(ScanItem.SyncFile destination);

        /** The source has a name that cannot be synced. */
        void refusedAtSource(ScanItem.Refused refused);

        /** The filters take a name out of the source. */
        void excluded(ScanItem.Excluded excluded);

        /** The destination has a name that nothing is done to. */
        void refusedAtDestination(ScanItem.Refused refused);

        /** A scan broke off; nothing is known of what follows. */
        void broken(String side, String reason);
    }

    private final OrderedScan source;
    private final OrderedScan destination;

    public MergeJoin(Iterator<? extends ScanItem> source, Iterator<? extends ScanItem> destination) {
        this.source = new OrderedScan(source, "source");
        this.destination = new OrderedScan(destination, "destination");
    }

    /** Takes the next name of either side or both; false at the end of both. */
    public boolean advance(Receiver receiver) {
        ScanItem from = source.peek();
        ScanItem to = destination.peek();
        if (from == null && to == null) {
            return false;
        }
        if (to == null) {
            takeSource(Objects.requireNonNull(from), receiver);
        } else if (from == null) {
            takeDestination(to, receiver);
        } else {
            merge(from, to, receiver);
        }
        return true;
    }

    private void merge(ScanItem from, ScanItem to, Receiver receiver) {
        if (from instanceof ScanItem.Broken) {
            takeSource(from, receiver);
            return;
        }
        if (to instanceof ScanItem.Broken) {
            takeDestination(to, receiver);
            return;
        }
        int order = PathOrder.compare(from.sortKey(), to.sortKey());
        if (order == 0 && from instanceof ScanItem.SyncFile one && to instanceof ScanItem.SyncFile other) {
            source.skip();
            destination.skip();
            receiver.pair(one, other);
        } else if (order < 0 || (order == 0 && !(from instanceof ScanItem.SyncFile))) {
            takeSource(from, receiver);
        } else {
            takeDestination(to, receiver);
        }
    }

    private void takeSource(ScanItem item, Receiver receiver) {
        source.skip();
        if (item instanceof ScanItem.SyncFile file) {
            receiver.pair(file, null);
        } else if (item instanceof ScanItem.Refused refused) {
            receiver.refusedAtSource(refused);
        } else if (item instanceof ScanItem.Excluded excluded) {
            receiver.excluded(excluded);
        } else if (item instanceof ScanItem.Broken broken) {
            receiver.broken("source", broken.reason());
        }
    }

    private void takeDestination(ScanItem item, Receiver receiver) {
        destination.skip();
        if (item instanceof ScanItem.SyncFile file) {
            receiver.absent(file);
        } else if (item instanceof ScanItem.Refused refused) {
            receiver.refusedAtDestination(refused);
        } else if (item instanceof ScanItem.Broken broken) {
            receiver.broken("destination", broken.reason());
        }
    }

    /** Ends both scans. */
    public void close() {
        source.close();
        destination.close();
    }
}
