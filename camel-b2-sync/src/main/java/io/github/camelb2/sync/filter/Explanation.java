// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.filter;

import io.github.camelb2.sync.plan.actions.ShownText;

/**
 * Why a file takes part in a sync, or does not.
 *
 * @param path      relative to the source
 * @param takesPart whether it does
 * @param reason    one sentence for a person, which names the option, and the line of its file
 */
public record Explanation(String path, boolean takesPart, String reason) {
    /** It takes part. */
    public static Explanation included(String path, String reason) {
        return new Explanation(path, true, reason);
    }

    /** It is left out by something. */
    public static Explanation excluded(String path, String by) {
        return new Explanation(path, false, "excluded by " + by);
    }

    @Override
    public String toString() {
        return ShownText.of(path + ": " + reason);
    }
}
