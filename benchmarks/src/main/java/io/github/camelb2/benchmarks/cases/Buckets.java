// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.util.HashMap;
import java.util.Map;

import com.backblaze.b2.client.B2StorageClient;
import com.backblaze.b2.client.exceptions.B2Exception;
import com.backblaze.b2.client.structures.B2BucketTypes;
import com.backblaze.b2.client.structures.B2FileVersion;
import com.backblaze.b2.client.structures.B2ListFileVersionsRequest;

import io.github.camelb2.benchmarks.client.SdkProgram;
import io.github.camelb2.benchmarks.process.Account;

/** Makes and looks into the emulator's buckets, unmeasured and with a client that is not ours. */
final class Buckets implements AutoCloseable {

    private final B2StorageClient client;

    /** How many versions were found last. */
    private final Map<String, Long> versions = new HashMap<>();

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

    /** It is an error if the files in the bucket are not as many as there should be. */
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

    /** It is an error if all versions in the bucket, hide markers too, are not as many as there should be. */
    void expectVersions(String bucket, long versions) throws B2Exception {
        B2ListFileVersionsRequest all = B2ListFileVersionsRequest.builder(id(bucket))
                .setMaxFileCount(SdkProgram.PAGE_SIZE)
                .build();
        long found = 0;
        for (B2FileVersion ignored : client.fileVersions(all)) {
            found++;
        }
        if (found != versions) {
            throw new IllegalStateException(
                    "Bucket " + bucket + " should hold " + versions + " versions, but holds " + found);
        }
    }

    /** It is an error if there are not as many versions more in the bucket than this has found before: for new ones of names that are there. */
    void expectMoreVersions(String bucket, long more) throws B2Exception {
        long expected = versions.getOrDefault(bucket, 0L) + more;
        expectVersions(bucket, expected);
        versions.put(bucket, expected);
    }

    /** It is an error if a file in the bucket has another length than this. */
    void expectLengths(String bucket, long length) throws B2Exception {
        for (B2FileVersion file : client.fileNames(id(bucket))) {
            if (file.getContentLength() != length) {
                throw new IllegalStateException("File " + file.getFileName() + " in bucket " + bucket + " should have "
                        + length + " bytes, but has " + file.getContentLength());
            }
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
