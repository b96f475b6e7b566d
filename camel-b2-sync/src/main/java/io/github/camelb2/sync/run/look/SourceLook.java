// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run.look;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.function.Supplier;

import io.github.camelb2.sync.plan.item.MarkerNames;
import io.github.camelb2.sync.plan.item.ScanItem;

/**
 * Whether the source still has a file, when names go that it no longer had some time ago: a source that is empty by now is
 * as likely a mistake as one that is empty when a run begins. What was seen holds for a while. Thread-safe.
 */
public final class SourceLook {
    /** A source that takes long to be read is not read most of the time. */
    private static final int SHARE = 10;

    private final InstantSource clock;
    private final long freshMillis;
    private boolean isSeen;
    private long freshUntil;

    /** @param fresh for how long at least the source counts as seen */
    public SourceLook(InstantSource clock, Duration fresh) {
        this.clock = clock;
        this.freshMillis = fresh.toMillis();
    }

    /** The scans have found a file; does nothing when called again. */
    public synchronized void begin() {
        if (!isSeen) {
            seen(clock.millis());
        }
    }

    /**
     * Looks for the first file of the source, unless one was seen a moment ago.
     *
     * @param scan begins to read the source
     * @throws IOException if it has none, or cannot be read
     */
    public synchronized void check(Supplier<Iterator<? extends ScanItem>> scan) throws IOException {
        long now = clock.millis();
        if (isSeen && now < freshUntil) {
            return;
        }
        Iterator<? extends ScanItem> items = scan.get();
        while (items.hasNext()) {
            ScanItem item = items.next();
            if (item instanceof ScanItem.SyncFile file
                    && file.isVisible()
                    && (file.size() > 0 || !MarkerNames.isName(file.path()))) {
                seen(now);
                return;
            }
            if (item instanceof ScanItem.Broken broken) {
                throw new IOException("nothing that the source lacks is removed, because the source cannot be read: "
                        + broken.reason());
            }
        }
        throw new IOException("nothing that the source lacks is removed, because by now the source has no file to sync;"
                + " if that is meant, set allowEmptySource=true");
    }

    private void seen(long begunMillis) {
        isSeen = true;
        long now = clock.millis();
        freshUntil = now + Math.max(freshMillis, SHARE * (now - begunMillis));
    }
}
