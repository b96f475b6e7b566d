// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.item;

/** Whether a file was at the destination when the run began: what came later is somebody else's, and nobody has decided about it. */
public enum Arrival {
    /** It was there, or nobody knows. */
    BEFORE,
    /** Its directory has changed since, and may have been moved there with all that it holds: nothing of it is removed. */
    MAYBE_DURING,
    /** It came, or was changed or renamed, after the run had begun: it is neither replaced nor removed. */
    DURING
}
