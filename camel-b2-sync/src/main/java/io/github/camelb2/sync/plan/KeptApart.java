// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.plan.actions.Expected;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.plan.actions.StoredContent;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.plan.merge.Revisit;

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
    private boolean mayBeAnything;

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

    /**
     * There is a place of the source that nobody can read, and anything may have been moved to it: its own time tells
     * nothing of what came to a directory further below.
     */
    void addAnything() {
        mayBeAnything = true;
    }

    @Nullable
    Withheld verdict(PathPlan plan) {
        if (mayHold(plan)) {
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
        return mayBeAnything && !plan.takes().isEmpty()
                ? withheld(
                        plan,
                        "it may have been moved to a directory of the source that cannot be read: let the sync read it, or"
                                + " leave it out with excludeDirRegex")
                : null;
    }

    private boolean mayHold(PathPlan plan) {
        return plan.takes().stream().anyMatch(version -> contents.mayContain(version.size(), version.modifiedMillis()))
                || (plan.expected() instanceof Expected.LocalCopy file
                        && contents.mayContain(file.size(), file.modifiedMillis()));
    }

    private boolean mayHoldContent(PathPlan plan) {
        for (StoredContent version : plan.takes()) {
            if (mayHoldContent(version.size(), version::sha1)) {
                return true;
            }
        }
        return plan.expected() instanceof Expected.LocalCopy file
                && mayHoldContent(file.size(), () -> going.sha1(plan.path(), file));
    }

    private boolean mayHoldContent(long size, Revisit.Digest digest) {
        if (size <= 0 || !digested.mayContain(size, 0)) {
            return size > 0 && unreadable.mayContain(size, 0);
        }
        try {
            String sha1 = digest.sha1();
            return sha1.isEmpty() || unreadable.mayContain(size, 0) || digests.mayContain(sha1, size, 0);
        } catch (IOException e) {
            // What cannot be read may be anything.
            return true;
        }
    }

    private static Withheld withheld(PathPlan plan, String reason) {
        return new Withheld(plan.stage(), Withheld.Guard.CONTENT_NOT_STORED, 0, plan.path(), reason);
    }
}
