// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.util.Iterator;
import java.util.NoSuchElementException;

import io.github.camelb2.client.PageIterator;
import io.github.camelb2.operation.step.OperationScope;

/** The beginning of a listing; asks for no page behind its last entry. Not thread-safe. */
public final class LimitedListing<T> implements Iterator<T> {
    private final Iterator<T> all;
    private int left;

    private LimitedListing(Iterator<T> all, int limit) {
        this.all = all;
        this.left = limit;
    }

    /** That listing, as far as the step wants it. */
    public static <T> Iterator<T> of(PageIterator<T> all, OperationScope scope) {
        return of((Iterator<T>) unhurried(all, scope), scope);
    }

    /** The same for what was made of a listing. */
    static <T> Iterator<T> of(Iterator<T> all, OperationScope scope) {
        return scope.view()
                .limit()
                .<Iterator<T>>map(it -> new LimitedListing<>(all, it))
                .orElse(all);
    }

    /** A listing whose pages are read ahead only if somebody will read them to the end. */
    static <T> PageIterator<T> unhurried(PageIterator<T> all, OperationScope scope) {
        return scope.view().limit().isPresent() ? all.withoutReadingAhead() : all;
    }

    @Override
    public boolean hasNext() {
        return left > 0 && all.hasNext();
    }

    @Override
    public T next() {
        if (left == 0) {
            throw new NoSuchElementException("the listing is at its limit");
        }
        T found = all.next();
        left--;
        return found;
    }
}
