// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.ArrayList;
import java.util.List;

import io.github.camelb2.client.api.Allowed.AllowedBucket;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.operation.header.Params;
import io.github.camelb2.operation.step.Operation;
import io.github.camelb2.operation.step.OperationScope;

/** Lists the buckets of the account; with a restricted key, those that it is restricted to. */
final class ListBucketsOperation implements Operation<ListBuckets, List<Bucket>> {
    @Override
    public Class<ListBuckets> requestType() {
        return ListBuckets.class;
    }

    @Override
    public ListBuckets bind(Params params, OperationScope scope) {
        return ListBuckets.of();
    }

    @Override
    public List<Bucket> run(ListBuckets request, OperationScope scope) {
        List<AllowedBucket> only = scope.accountInfo().allowed().buckets();
        if (only == null || request.bucketId() != null || request.bucketName() != null) {
            return scope.call(request).buckets();
        }
        // B2 refuses a restricted key that names no bucket.
        List<Bucket> buckets = new ArrayList<>();
        for (AllowedBucket allowed : only) {
            buckets.addAll(scope.call(request.withBucketId(allowed.id())).buckets());
        }
        return List.copyOf(buckets);
    }
}
