// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.policy;

import java.util.Set;

import io.github.camelb2.sync.plan.item.LinkNames;
import io.github.camelb2.sync.plan.item.MarkerNames;

/** What of the files of this machine is kept in a bucket besides their content and time, and given back by it. */
public record Preserve(Set<What> what) {
    /** One thing that is kept. */
    public enum What {
        /** Permissions, without the bits that let others act as the owner. */
        MODE,
        /** The numbers of user and group. */
        OWNER,
        /** The bits for set-user-id, set-group-id and sticky as well. */
        SETID,
        /** Symbolic links, as links; on the way down only those that stay in the directory. */
        SYMLINKS,
        /** Links that lead out of the directory on the way down as well. */
        ALL_SYMLINKS,
        /** Empty directories. */
        EMPTY_DIRS
    }

    /** Content and time alone. */
    public static final Preserve NOTHING = new Preserve(Set.of());

    public Preserve {
        what = Set.copyOf(what);
    }

    public boolean has(What one) {
        return what.contains(one);
    }

    /** Whether a name of a bucket waits, on the way down, until all files have come and gone. */
    public boolean comesLast(String path) {
        return (has(What.SYMLINKS) && LinkNames.isName(path)) || (has(What.EMPTY_DIRS) && MarkerNames.isName(path));
    }

    /** Whether files are told apart by who may use them. */
    public boolean hasAccess() {
        return has(What.MODE) || has(What.OWNER);
    }
}
