// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

/** One side of a sync: a directory or a bucket. */
public sealed interface Side permits LocalSide, BucketSide {}
