// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.report;

import io.github.camelb2.sync.plan.actions.ShownText;

/** A run did everything it could and something failed; the report says what. */
public class SyncIncompleteException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient SyncReport report;

    /** Wraps a report that has at least one failure. */
    public SyncIncompleteException(SyncReport report) {
        super(ShownText.of(message(report)));
        this.report = report;
    }

    /** What was done and what failed. */
    public SyncReport report() {
        return report;
    }

    private static String message(SyncReport report) {
        String first = report.failures().isEmpty() ? "" : ", first: " + shown(report);
        String withheld = report.withheld().isEmpty()
                ? ""
                : "; " + report.withheldNames() + " removals withheld, first because: "
                        + report.withheld().get(0).reason();
        return "sync " + report.name() + " is incomplete: " + report.failureCount() + " failed" + first + withheld;
    }

    private static String shown(SyncReport report) {
        var failure = report.failures().get(0);
        return failure.path().isEmpty() ? failure.reason() : failure.path() + ": " + failure.reason();
    }
}
