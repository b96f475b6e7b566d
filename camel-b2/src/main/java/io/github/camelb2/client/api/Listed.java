// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

/**
 * A page of a listing, which is billed by what is on it.
 *
 * @see <a href="https://www.backblaze.com/apidocs/b2-list-file-names">Backblaze: billing is per 1000 files returned</a>
 */
public interface Listed {
    /** So many entries are one transaction. */
    int ENTRIES_OF_A_TRANSACTION = 1_000;

    /** How many entries the page has. */
    int entries();

    /** How many transactions an answer is billed as. */
    static int transactions(Object answer) {
        int entries = answer instanceof Listed page ? page.entries() : 1;
        return Math.max(1, (entries + ENTRIES_OF_A_TRANSACTION - 1) / ENTRIES_OF_A_TRANSACTION);
    }
}
