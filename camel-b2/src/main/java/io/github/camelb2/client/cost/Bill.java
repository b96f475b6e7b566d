// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.cost;

/**
 * What B2 bills somebody for: transactions by price class, and bytes that leave it. Uploads are free.
 *
 * @param classA transactions that are free
 * @param classB downloads and file infos
 * @param classC listings, copies, logins and the like; a listing is one for each 1,000 entries that it answers
 * @param downloadedBytes bytes of files
 */
public record Bill(long classA, long classB, long classC, long downloadedBytes) {
    /** Nothing. */
    public static final Bill NOTHING = new Bill(0, 0, 0, 0);

    /** Both together. */
    public Bill plus(Bill other) {
        return new Bill(
                classA + other.classA,
                classB + other.classB,
                classC + other.classC,
                downloadedBytes + other.downloadedBytes);
    }

    /** What came since an earlier one. */
    public Bill since(Bill earlier) {
        return new Bill(
                classA - earlier.classA,
                classB - earlier.classB,
                classC - earlier.classC,
                downloadedBytes - earlier.downloadedBytes);
    }

    @Override
    public String toString() {
        return classA + " A, " + classB + " B, " + classC + " C, " + downloadedBytes + " bytes out";
    }
}
