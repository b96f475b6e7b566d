// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.io.IOException;
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
    /** Asked of a file that is about to go. */
    interface Going {
        /**
         * The SHA-1 of a local file of the destination.
         *
         * @throws IOException if it cannot be read
         */
        String sha1(String path, Expected.LocalCopy file) throws IOException;
    }

    private final ContentFilter contents = new ContentFilter();
    /** By size and digest: times differ where another program has stored a file, or a copy was made of it. */
    private final ContentFilter digests = new ContentFilter();

    private final ContentFilter digested = new ContentFilter();
    private final ContentFilter unreadable = new ContentFilter();
    private final Going going;
    private long unknownSince = Long.MIN_VALUE;

    KeptApart(Going going) {
        this.going = going;
    }

    void add(long size, long modifiedMillis) {
        contents.add(size, modifiedMillis);
    }

    /** A file of any time; the digest is empty where nobody knows it. */
    void addContent(long size, String sha1) {
        if (sha1.isEmpty()) {
            unreadable.add(size, 0);
        } else {
            digested.add(size, 0);
            digests.add(sha1, size, 0);
        }
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
        if (mayHoldContent(plan)) {
            return withheld(
                    plan,
                    "it has the content of a file of the source that was not stored, or nobody can tell that it has not: it"
                            + " may have been moved or copied there, and no time tells");
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

    private boolean mayHoldContent(PathPlan plan) {
        long size = size(plan.expected());
        if (size <= 0 || !takesTheNewest(plan)) {
            return false;
        }
        if (unreadable.mayContain(size, 0)) {
            return true;
        }
        if (!digested.mayContain(size, 0)) {
            return false;
        }
        try {
            String sha1 = plan.expected() instanceof Expected.LocalCopy file
                    ? going.sha1(plan.path(), file)
                    : plan.expected() instanceof Expected.Newest version ? version.sha1() : "";
            return sha1.isEmpty() || digests.mayContain(sha1, size, 0);
        } catch (IOException e) {
            // What cannot be read may be anything.
            return true;
        }
    }

    private static long size(Expected expected) {
        return expected instanceof Expected.Newest version
                ? version.size()
                : expected instanceof Expected.LocalCopy file ? file.size() : 0;
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
