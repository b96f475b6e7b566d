// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import io.github.camelb2.sync.plan.actions.ShellQuoting;
import io.github.camelb2.sync.plan.actions.ShownText;

/** Both sides are not the same, or it could not be found out whether they are; the report tells. */
public final class CheckFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient CheckReport report;

    public CheckFailedException(CheckReport report) {
        super(ShownText.of(report.summary() + first(report)));
        this.report = report;
    }

    private static String first(CheckReport report) {
        if (report.findings().isEmpty()) {
            return "";
        }
        Finding first = report.findings().get(0);
        return "; first: " + ShellQuoting.quote(first.path()) + " is "
                + first.verdict().word() + (first.reason().isEmpty() ? "" : ", " + first.reason());
    }

    /** What was found. */
    public CheckReport report() {
        return report;
    }
}
