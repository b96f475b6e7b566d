// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.step.OperationScope;

/** A listing without what the filters of the endpoint leave out; reads on no further than it is asked. Not thread-safe. */
final class FilteredListing implements Iterator<FileVersion> {
    private final Iterator<FileVersion> all;
    private final VersionFilter filter;
    private final Instant now;
    private @Nullable FileVersion ahead;

    private FilteredListing(Iterator<FileVersion> all, VersionFilter filter, Instant now) {
        this.all = all;
        this.filter = filter;
        this.now = now;
    }

    /** That listing, filtered by the options of the endpoint. */
    static Iterator<FileVersion> of(Iterator<FileVersion> all, OperationScope scope) {
        return new FilteredListing(all, VersionFilter.of(scope.options()), scope.now());
    }

    @Override
    public boolean hasNext() {
        while (ahead == null && all.hasNext()) {
            FileVersion found = all.next();
            ahead = filter.accepts(found, now) ? found : null;
        }
        return ahead != null;
    }

    @Override
    public FileVersion next() {
        FileVersion found = hasNext() ? ahead : null;
        if (found == null) {
            throw new NoSuchElementException("the listing is at its end");
        }
        ahead = null;
        return found;
    }
}
