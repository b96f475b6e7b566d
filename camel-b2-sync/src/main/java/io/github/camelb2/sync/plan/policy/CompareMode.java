// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.policy;

/** What makes two files that exist on both sides different. */
public enum CompareMode {
    /** Their times differ by more than the threshold, in milliseconds. */
    MOD_TIME,
    /** Their sizes differ by more than the threshold, in bytes. */
    SIZE,
    /** Their sizes or the SHA-1 of their content differ; where B2 does not know the SHA-1, their times. */
    SHA1,
    /** Nothing: a file that exists at the destination is never replaced. */
    NONE
}
