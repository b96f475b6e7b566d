// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.cap;

/**
 * What an account has used, as B2 would bill it: transactions by price class, and bytes that were downloaded. A listing that answers more than a
 * thousand entries is as many transactions as it has thousands, begun ones too.
 *
 * @param classA free
 * @param classB downloads and file infos
 * @param classC listings, copies, logins and the like
 * @param downloadedBytes of the content of files
 * @see <a href="https://www.backblaze.com/cloud-storage/transaction-pricing">Backblaze: transaction pricing</a>
 */
public record Usage(long classA, long classB, long classC, long downloadedBytes) {}
