// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import io.github.camelb2.sync.plan.actions.PathPlan;

/**
 * A name that was removed because the source no longer had it, and that the source has again, or may have.
 *
 * @param plan   that removed it
 * @param reason for a human
 */
public record CameBack(PathPlan plan, String reason) {
    /** It was seen there. */
    static CameBack seen(PathPlan plan) {
        return new CameBack(plan, "it came back to the source while it was removed; the next run stores it again");
    }

    /** The source could not be looked at. */
    static CameBack unknown(PathPlan plan, Exception why) {
        return new CameBack(
                plan,
                "it was removed, and nobody can tell whether it came back to the source in that moment: "
                        + why.getMessage());
    }
}
