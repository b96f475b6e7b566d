package io.github.camelb2.sync.plan;

import java.util.Iterator;

import org.jspecify.annotations.Nullable;

/**
 * A scan with one item of look-ahead whose order is checked: an item that comes too late ends the scan, because a wrong
 * order must never become a delete. A scan that throws ends likewise, with a {@link ScanItem.Broken} item.
 */
final class OrderedScan {
    private final Iterator<? extends ScanItem> items;
    private final String side;
    private @Nullable ScanItem head;
    private boolean started;
    private boolean finished;

    OrderedScan(Iterator<? extends ScanItem> items, String side) {
        this.items = items;
        this.side = side;
    }

    /** The next item without taking it; null at the end. */
    @Nullable
    ScanItem peek() {
        if (!started) {
            started = true;
            head = read(null);
        }
        return head;
    }

    /** Drops the item that {@link #peek} shows. */
    void skip() {
        head = finished ? null : read(head);
    }

    private @Nullable ScanItem read(@Nullable ScanItem previous) {
        String last = previous == null ? "" : previous.path();
        try {
            if (!items.hasNext()) {
                finished = true;
                return null;
            }
            ScanItem next = items.next();
            finished = next instanceof ScanItem.Broken;
            if (!finished && previous != null && !isAfter(next, previous)) {
                finished = true;
                return new ScanItem.Broken(
                        last,
                        "the scan of the " + side + " is out of order: \"" + next.sortKey() + "\" came after \""
                                + previous.sortKey() + "\"");
            }
            return next;
        } catch (RuntimeException e) {
            finished = true;
            String message = e.getMessage() == null ? e.toString() : e.getMessage();
            return new ScanItem.Broken(last, message);
        }
    }

    /** A refused or excluded name may share its place with another item; a file stands alone. */
    private static boolean isAfter(ScanItem next, ScanItem previous) {
        int order = PathOrder.compare(previous.sortKey(), next.sortKey());
        return order < 0
                || (order == 0 && !(next instanceof ScanItem.SyncFile && previous instanceof ScanItem.SyncFile));
    }
}
