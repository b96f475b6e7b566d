// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
/**
 * What is there: walking through a bucket page by page ({@link io.github.camelb2.poll.scan.VersionScanner}), which versions
 * are wanted ({@link io.github.camelb2.poll.scan.NewVersionFilter}), and what a consumer asks of its bucket ({@link
 * io.github.camelb2.poll.scan.PolledBucket}).
 */
@NullMarked
package io.github.camelb2.poll.scan;

import org.jspecify.annotations.NullMarked;
