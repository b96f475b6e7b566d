// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.replication;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.call.KeyCalls.ListKeys;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.operation.file.FileRequests;
import io.github.camelb2.operation.step.OperationScope;

/**
 * The application keys with which B2 replicates: found by id or name where they are, made where they are not. Their
 * secrets are needed by nobody and kept nowhere. The names are those that b2sdk gives, so that either finds the other's.
 */
final class ReplicationKeys {
    private static final int LONGEST_NAME_OF_BUCKET = 91;
    private static final List<String> READING = List.of("readFiles", "readFileLegalHolds", "readFileRetentions");
    private static final List<String> WRITING =
            List.of("writeFiles", "writeFileLegalHolds", "writeFileRetentions", "deleteFiles");

    private final OperationScope scope;

    ReplicationKeys(OperationScope scope) {
        this.scope = scope;
    }

    /** The id of a key that reads the bucket; {@code known} if it still can. */
    String reading(Bucket bucket, @Nullable String known) {
        return of(bucket, known, "-replisrc", READING);
    }

    /** The id of a key that writes to the bucket; {@code known} if it still can. */
    String writing(Bucket bucket, @Nullable String known) {
        return of(bucket, known, "-replidst", WRITING);
    }

    private String of(Bucket bucket, @Nullable String known, String ending, List<String> capabilities) {
        String name = (bucket.bucketName().length() > LONGEST_NAME_OF_BUCKET
                        ? bucket.bucketName().substring(0, LONGEST_NAME_OF_BUCKET)
                        : bucket.bucketName())
                + ending;
        Optional<String> found = Optional.ofNullable(known)
                .flatMap(id ->
                        find(bucket, capabilities, key -> key.applicationKeyId().equals(id)))
                .or(() -> find(
                        bucket,
                        capabilities,
                        key -> key.keyName().equals(name)
                                && List.of(bucket.bucketId()).equals(key.bucketIds())));
        return found.orElseGet(() -> scope.call(
                        CreateKey.of(capabilities.stream().map(Capability::new).toList(), name)
                                .withBucketIds(List.of(bucket.bucketId())))
                .applicationKeyId());
    }

    private Optional<String> find(Bucket bucket, List<String> capabilities, Predicate<ApplicationKey> isThat) {
        Iterator<ApplicationKey> all =
                scope.client().listKeys(ListKeys.of().withMaxKeyCount(FileRequests.PAGE), scope.settings());
        while (all.hasNext()) {
            ApplicationKey key = all.next();
            if (isThat.test(key) && mayDo(key, bucket, capabilities)) {
                return Optional.of(key.applicationKeyId());
            }
        }
        return Optional.empty();
    }

    /** A key that expires some day, or is for some names only, would end the replication without a word. */
    private static boolean mayDo(ApplicationKey key, Bucket bucket, List<String> capabilities) {
        Stream<String> has = key.capabilities().stream().map(Capability::name);
        List<String> buckets = key.bucketIds();
        return key.expirationTimestamp() == null
                && (key.namePrefix() == null || key.namePrefix().isEmpty())
                && (buckets == null || buckets.contains(bucket.bucketId()))
                && has.toList().containsAll(capabilities);
    }
}
