// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.policy;

/** How a changed local file reaches B2. */
public enum UploadMode {
    /** As a whole. */
    FULL,
    /** When it only grew: the old content is copied by B2 and the new end is uploaded. */
    INCREMENTAL
}
