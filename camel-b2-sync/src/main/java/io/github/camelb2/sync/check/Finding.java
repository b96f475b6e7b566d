// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import io.github.camelb2.sync.plan.actions.ShownText;

/**
 * What a check found out about one name.
 *
 * @param path    the relative path
 * @param verdict what it says
 * @param by      what was looked at
 * @param reason  one sentence for a person; empty where the verdict says all
 */
public record Finding(String path, Verdict verdict, Verify by, String reason) {
    static Finding of(String path, Verdict verdict, Verify by) {
        return new Finding(path, verdict, by, "");
    }

    @Override
    public String toString() {
        return ShownText.of(
                "Finding[path=" + path + ", verdict=" + verdict + ", by=" + by + ", reason=" + reason + "]");
    }
}
