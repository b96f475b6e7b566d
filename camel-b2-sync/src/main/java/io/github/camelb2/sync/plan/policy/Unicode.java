// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.policy;

/** When two names are one: B2 compares bytes, and Unicode spells many names in more than one way. */
public enum Unicode {
    /** When their bytes are. */
    EXACT,
    /** Also when one side spells composed what the other spells decomposed, and neither side has both. */
    NORMALIZED
}
