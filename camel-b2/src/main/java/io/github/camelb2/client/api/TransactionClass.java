// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

/**
 * The price class of a B2 call, as Backblaze bills it: A is free, B and C are counted against the account's daily caps.
 *
 * @see <a href="https://www.backblaze.com/cloud-storage/transaction-pricing">Backblaze: transaction pricing</a>
 */
public enum TransactionClass {
    A,
    B,
    C
}
