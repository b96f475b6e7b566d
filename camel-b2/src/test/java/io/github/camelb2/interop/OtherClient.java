// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.interop;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** A client of B2 that is not ours. Customer keys are in Base64, null for none. */
interface OtherClient extends AutoCloseable {
    /** What of a file this client can store, and later tell of it. */
    default Sample asFarAsItCan(Sample file) {
        return file;
    }

    /** Whether it finds the type of a file itself. */
    default boolean choosesTypes() {
        return false;
    }

    /** Whether it has customer keys at all. */
    default boolean hasCustomerKeys() {
        return true;
    }

    /** How long a file must be for this client to store it in parts. */
    default int bytesOfALargeFile() {
        return InteropContract.LARGE;
    }

    default boolean canWrite(String name) {
        return true;
    }

    default boolean canRead(String name) {
        return true;
    }

    void write(String bucket, List<Sample> files, @Nullable String customerKey) throws Exception;

    /** Lists the bucket and reads all that is in it. */
    List<Sample> read(String bucket, @Nullable String customerKey) throws Exception;

    @Override
    default void close() {}
}
