// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.github.camelb2.sync.SyncTransferOptions;
import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.plan.policy.Preserve.What;
import io.github.camelb2.sync.scan.disk.Links;

/** Reads {@code preserve}. */
final class PreserveOptions {
    private static final Map<String, What> WORDS = Map.of(
            "mode", What.MODE,
            "owner", What.OWNER,
            "setid", What.SETID,
            "symlinks", What.SYMLINKS,
            "allSymlinks", What.ALL_SYMLINKS,
            "emptyDirs", What.EMPTY_DIRS);

    private PreserveOptions() {}

    /** @throws IllegalArgumentException naming the option that cannot be */
    static Preserve of(SyncTransferOptions options) {
        String text = options.getPreserve();
        if (text == null) {
            return Preserve.NOTHING;
        }
        Set<What> what = EnumSet.noneOf(What.class);
        for (String word : text.split(",", -1)) {
            What one = WORDS.get(word.strip());
            if (one == null) {
                throw wrong(
                        text,
                        "write some of mode, owner, setid, symlinks, allSymlinks, emptyDirs with commas between them");
            }
            what.add(one);
        }
        if (what.contains(What.SETID) && !what.contains(What.MODE)) {
            throw wrong(text, "setid is a part of the mode; write mode,setid");
        }
        if (what.contains(What.ALL_SYMLINKS)) {
            what.add(What.SYMLINKS);
        }
        return new Preserve(what);
    }

    /** How links are treated; {@code otherwise} is what the options that leave out or follow them say. */
    static Links.Mode links(SyncTransferOptions options, Links.Mode otherwise) {
        if (!of(options).has(What.SYMLINKS)) {
            return otherwise;
        }
        if (otherwise != Links.Mode.FOLLOW) {
            throw wrong(
                    String.valueOf(options.getPreserve()),
                    "it stores links as links, and symlinks or excludeAllSymlinks says otherwise; take one away");
        }
        return Links.Mode.STORE;
    }

    private static IllegalArgumentException wrong(String value, String advice) {
        return new IllegalArgumentException("Option preserve=" + value + " cannot be: " + advice);
    }
}
