// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.bucket;

import java.util.List;

import io.github.camelb2.client.model.json.Answers;

/** The buckets that b2_list_buckets answered, by name. */
public record BucketList(List<Bucket> buckets) {
    public BucketList {
        buckets = Answers.entries("listing", "buckets", buckets);
    }
}
