// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import io.github.camelb2.sync.plan.actions.ShownText;

/** Something is damaged and was not repaired, or the scrub did not come to its end; the report tells. */
public final class ScrubFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ScrubReport report;

    public ScrubFailedException(ScrubReport report) {
        super(ShownText.of(report.summary()
                + (report.damage().isEmpty()
                        ? ""
                        : "; first: " + report.damage().get(0).what())));
        this.report = report;
    }

    /** What was found. */
    public ScrubReport report() {
        return report;
    }
}
