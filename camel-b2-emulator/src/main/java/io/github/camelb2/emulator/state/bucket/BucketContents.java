// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.bucket;

/** Where the files of buckets are kept; called under the account's lock. */
public interface BucketContents {

    void addBucket(Bucket bucket);

    boolean isEmpty(String bucketId);

    void removeBucket(String bucketId);
}
