package io.github.camelb2.client.model.bucket;

import io.github.camelb2.client.model.json.Copies;

import java.util.List;

/** The buckets that b2_list_buckets answered, by name. */
public record BucketList(List<Bucket> buckets) {
    public BucketList {
        buckets = Copies.list(buckets);
    }
}
