// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.merge;

import java.util.Iterator;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.item.PathOrder;
import io.github.camelb2.sync.plan.item.ScanItem;

/**
 * A scan with one item of look-ahead whose order is checked: an item that comes too late ends the scan, because a wrong
 * order must never become a delete. A scan that throws ends likewise, with a {@link ScanItem.Broken} item.
 */
final class OrderedScan {
    private final Iterator<? extends ScanItem> items;
    private final String side;
    private @Nullable ScanItem head;
    private @Nullable ScanItem previous;
    private boolean finished;

    OrderedScan(Iterator<? extends ScanItem> items, String side) {
        this.items = items;
        this.side = side;
    }

    /** The next item without taking it; null at the end. */
    @Nullable
    ScanItem peek() {
        if (head == null && !finished) {
            head = read();
        }
        return head;
    }

    /** Takes the item that {@link #peek} shows. Nothing is read until the next one is asked for. */
    void skip() {
        previous = head;
        head = null;
    }

    /** Ends the scan, if it is one that can be ended. */
    void close() {
        if (items instanceof AutoCloseable scan) {
            try {
                scan.close();
            } catch (Exception e) {
                throw new IllegalStateException("the scan of the " + side + " cannot be closed", e);
            }
        }
    }

    private @Nullable ScanItem read() {
        try {
            if (!items.hasNext()) {
                finished = true;
                return null;
            }
            ScanItem next = items.next();
            if (next instanceof ScanItem.Broken) {
                finished = true;
                return next;
            }
            return previous == null || isAfter(next, previous) ? next : outOfOrder(next, previous);
        } catch (RuntimeException e) {
            return broken(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private ScanItem outOfOrder(ScanItem next, ScanItem before) {
        return broken("the scan of the " + side + " is out of order: \"" + next.sortKey() + "\" came after \""
                + before.sortKey() + "\"");
    }

    private ScanItem broken(String reason) {
        finished = true;
        return new ScanItem.Broken(previous == null ? "" : previous.path(), reason);
    }

    /** A refused or excluded name may share its place with another item; a file stands alone. */
    private static boolean isAfter(ScanItem next, ScanItem previous) {
        int order = PathOrder.compare(previous.sortKey(), next.sortKey());
        return order < 0
                || (order == 0 && !(next instanceof ScanItem.SyncFile && previous instanceof ScanItem.SyncFile));
    }
}
