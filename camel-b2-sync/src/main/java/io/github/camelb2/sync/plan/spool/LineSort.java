// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.spool;

import java.util.Iterator;
import java.util.TreeSet;

/**
 * Sorts lines by {@link String#compareTo}: first all are added, then all are taken. Used by one thread. An implementation
 * that cannot store or read back throws an unchecked exception, which ends the plan with a failure.
 */
public interface LineSort extends AutoCloseable {
    /** Adds a line, which has no line break. */
    void add(String line);

    /** All of them in order; called once, after the last {@link #add}. */
    Iterator<String> sorted();

    /** Forgets everything; may be called at any time and more than once. */
    @Override
    void close();

    /** On the heap, for few lines. */
    static LineSort onHeap() {
        TreeSet<String> lines = new TreeSet<>();
        return new LineSort() {
            @Override
            public void add(String line) {
                lines.add(line);
            }

            @Override
            public Iterator<String> sorted() {
                return lines.iterator();
            }

            @Override
            public void close() {
                lines.clear();
            }
        };
    }
}
