// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.SyncAction;
import io.github.camelb2.sync.plan.actions.Withheld;

/**
 * Remembers what the source has and the destination does not get: files whose name there stays as it is, and what is
 * behind names that are refused or left out. A version that looks like one of them may be the only copy of it, so it stays.
 * A mistake only keeps what could go.
 */
final class KeptApart {
    private final ContentFilter contents = new ContentFilter();
    private long unknownSince = Long.MIN_VALUE;

    void add(long size, long modifiedMillis) {
        contents.add(size, modifiedMillis);
    }

    /** Anything may have come to a place of the source that nobody can read, until then. */
    void addUnknown(long sinceMillis) {
        unknownSince = Math.max(unknownSince, sinceMillis);
    }

    @Nullable
    Withheld verdict(PathPlan plan) {
        if (mayHold(plan.expected())) {
            return withheld(
                    plan,
                    "it has the size and time of a file of the source that was not stored, because the options leave another"
                            + " file of that name as it is, or its name is refused or left out: it may have been moved there");
        }
        boolean mayBeUnknown = plan.stage() == PathPlan.Stage.VANISHED
                && plan.expected() instanceof Expected.Newest version
                && version.uploadMillis() < unknownSince;
        return mayBeUnknown
                ? withheld(
                        plan,
                        "it may have been moved to a directory of the source that cannot be read and has changed since it"
                                + " was stored")
                : null;
    }

    private boolean mayHold(Expected expected) {
        return expected instanceof Expected.Newest version
                        && contents.mayContain(version.size(), version.modifiedMillis())
                || expected instanceof Expected.LocalCopy file
                        && contents.mayContain(file.size(), file.modifiedMillis());
    }

    private static Withheld withheld(PathPlan plan, String reason) {
        return new Withheld(plan.stage(), Withheld.Guard.CONTENT_NOT_STORED, 0, plan.path(), reason);
    }

    /** Whether a removal takes away what its name shows now, and not only what lies below it. */
    static boolean takesTheNewest(PathPlan plan) {
        return takesTheNewest(plan.expected(), plan.actions());
    }

    private static boolean takesTheNewest(Expected expected, List<SyncAction> actions) {
        return actions.stream()
                .anyMatch(action -> action.kind() == ActionKind.DELETE_LOCAL
                        || action.kind() == ActionKind.HIDE
                        || (action instanceof SyncAction.Delete delete
                                && expected instanceof Expected.Newest version
                                && version.fileId().equals(delete.fileId())));
    }
}
