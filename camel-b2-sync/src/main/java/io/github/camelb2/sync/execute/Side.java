package io.github.camelb2.sync.execute;

/** One side of a sync: a directory or a bucket. */
sealed interface Side permits LocalSide, BucketSide {}
