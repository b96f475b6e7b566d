// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.option;

import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.sync.B2SyncConfiguration;
import io.github.camelb2.sync.plan.policy.Preserve;

/** Which files a result is about, and what of them was compared: the options that say so, as the user has set them. */
final class Conditions {
    private final SortedMap<String, String> said = new TreeMap<>();

    private Conditions() {}

    /** Those that choose by name, size and age. */
    static SortedMap<String, String> of(ChosenFiles chosen) {
        Conditions some = new Conditions();
        chosen.say(some::say);
        return some.said;
    }

    /** All of them. */
    static SortedMap<String, String> of(B2SyncConfiguration options, RegexOptions regexes, ChosenFiles chosen) {
        Conditions all = new Conditions();
        all.say("compareMode", options.getCompareMode());
        all.say("compareThreshold", options.getCompareThreshold());
        all.regexes("excludeDirRegex", options.getExcludeDirRegex(), regexes.excludeDirs());
        all.regexes("excludeRegex", options.getExcludeRegex(), regexes.excludes());
        all.regexes("includeRegex", options.getIncludeRegex(), regexes.includes());
        all.say("excludeModifiedBefore", options.getExcludeModifiedBefore());
        all.say("excludeModifiedAfter", options.getExcludeModifiedAfter());
        all.say("excludeUploadedBefore", options.getExcludeUploadedBefore());
        all.say("excludeUploadedAfter", options.getExcludeUploadedAfter());
        all.say("preserve", options.getPreserve());
        all.say("symlinks", links(options));
        all.say("specialFiles", options.getSpecialFiles());
        all.say("hiddenSource", options.getHiddenSource());
        all.say("deleteExcluded", options.isDeleteExcluded() ? "true" : null);
        all.say("allowEmptySource", options.isAllowEmptySource() ? "true" : null);
        chosen.say(all::say);
        return all.said;
    }

    private static @Nullable String links(B2SyncConfiguration options) {
        if (PreserveOptions.of(options).has(Preserve.What.SYMLINKS)) {
            return "neither followed nor left out, because preserve has symlinks";
        }
        return options.isExcludeAllSymlinks() ? "skip" : options.getSymlinks();
    }

    private void regexes(String option, @Nullable String single, Iterable<String> many) {
        StringBuilder text = new StringBuilder(single == null ? "" : single);
        many.forEach(one -> text.append(text.isEmpty() ? "" : ", ").append(one));
        say(option, text.isEmpty() ? null : text.toString());
    }

    private void say(String option, @Nullable String value) {
        if (value != null) {
            said.put(option, value);
        }
    }
}
