package io.github.camelb2.sync.run;

import java.util.Iterator;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.ScanItem;

/** A scan that begins with the first question, so that a listing that fails at once fails the scan, not its maker. */
final class LazyScan implements Iterator<ScanItem> {
    private final Supplier<Iterator<? extends ScanItem>> scan;
    private @Nullable Iterator<? extends ScanItem> begun;

    LazyScan(Supplier<Iterator<? extends ScanItem>> scan) {
        this.scan = scan;
    }

    @Override
    public boolean hasNext() {
        return items().hasNext();
    }

    @Override
    public ScanItem next() {
        return items().next();
    }

    private Iterator<? extends ScanItem> items() {
        if (begun == null) {
            begun = scan.get();
        }
        return begun;
    }
}
