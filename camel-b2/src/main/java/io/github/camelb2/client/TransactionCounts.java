// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

/**
 * How many requests B2 answered, by price class.
 *
 * @param a free
 * @param b downloads and file infos
 * @param c listings, copies, authorizations and the like
 */
public record TransactionCounts(long a, long b, long c) {
    /** All requests. */
    public long total() {
        return a + b + c;
    }

    /** What was counted since an earlier reading. */
    public TransactionCounts since(TransactionCounts earlier) {
        return new TransactionCounts(a - earlier.a, b - earlier.b, c - earlier.c);
    }
}
