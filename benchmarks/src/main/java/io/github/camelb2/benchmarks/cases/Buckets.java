// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import com.backblaze.b2.client.B2StorageClient;
import com.backblaze.b2.client.exceptions.B2Exception;
import com.backblaze.b2.client.structures.B2BucketTypes;
import com.backblaze.b2.client.structures.B2FileVersion;

import io.github.camelb2.benchmarks.client.SdkProgram;
import io.github.camelb2.benchmarks.process.Account;

/** Makes and looks into the emulator's buckets, unmeasured and with a client that is not ours. */
final class Buckets implements AutoCloseable {

    private final B2StorageClient client;

    public Buckets(Account account) {
        account.trust();
        this.client = SdkProgram.client(account);
    }

    void create(String bucket) throws B2Exception {
        client.createBucket(bucket, B2BucketTypes.ALL_PRIVATE);
    }

    /** Deletes everything in the bucket, which gives its disk space back. */
    void empty(String bucket) throws B2Exception {
        for (B2FileVersion version : client.fileVersions(id(bucket))) {
            client.deleteFileVersion(version);
        }
    }

    /** The files in the bucket, and it is an error if these are not as many as there should be. */
    void expectFiles(String bucket, long files) throws B2Exception {
        long found = 0;
        for (B2FileVersion ignored : client.fileNames(id(bucket))) {
            found++;
        }
        if (found != files) {
            throw new IllegalStateException(
                    "Bucket " + bucket + " should hold " + files + " files, but holds " + found);
        }
    }

    private String id(String bucket) throws B2Exception {
        return client.getBucketOrNullByName(bucket).getBucketId();
    }

    @Override
    public void close() {
        client.close();
    }
}
