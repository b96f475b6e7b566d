// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure that the project aims at, and what was measured. A value that cannot be is no figure: it is neither met nor missed.
 *
 * @param what the figure in words
 * @param value what was measured; NaN where no figure came out
 * @param limit the aim; infinite for a figure that is only to be known
 * @param bound whether the aim is a ceiling or a floor
 * @param remark what else to know, for instance the range of the runs; may be empty
 * @param floor the value that no program can pass, because the line or the clock of the test bounds it; 0 if there is none that is known
 */
public record Verdict(String what, double value, double limit, Bound bound, String remark, double floor) {

    /** One without a floor that is known. */
    public Verdict(String what, double value, double limit, Bound bound, String remark) {
        this(what, value, limit, bound, remark, 0);
    }

    /** The same with a floor. */
    public Verdict withFloor(double known) {
        return new Verdict(what, value, limit, bound, remark, known);
    }

    /** On which side of the aim a figure should be. */
    public enum Bound {
        AT_MOST,
        AT_LEAST
    }

    /** In terms of the aim: 1 is the aim, less is better, whichever side it should be on. */
    public double ofAim() {
        return ofAim(value);
    }

    /** The floor in terms of the aim, or 0 if there is none that is known. */
    public double floorOfAim() {
        return floor == 0 ? 0 : ofAim(floor);
    }

    private double ofAim(double figure) {
        return bound == Bound.AT_MOST ? figure / limit : limit / figure;
    }

    /** Whether the value can be: nothing costs nothing or less, and nothing passes its floor. What was subtracted was too much then. */
    public boolean isMeasured() {
        return value > 0 && Double.isFinite(value) && !isBeyondFloor();
    }

    private boolean isBeyondFloor() {
        return floor != 0 && (bound == Bound.AT_MOST ? value < floor : value > floor);
    }

    public boolean isMet() {
        return isMeasured() && isWithinLimit();
    }

    /** Not the opposite of met: what was not measured is neither. */
    public boolean isMissed() {
        return isMeasured() && !isWithinLimit();
    }

    private boolean isWithinLimit() {
        return bound == Bound.AT_MOST ? value <= limit : value >= limit;
    }

    /** One line, for instance {@code up: wall 0.85 (at most 0.90) ok}. */
    public String line() {
        String line = "%s: %s (%s)".formatted(what, figure(), remarks());
        if (Double.isInfinite(limit) || !isMeasured()) {
            return line;
        }
        return isMet() ? line + " ok" : line + " MISSED by %.0f %%".formatted(Math.abs(value / limit - 1) * 100);
    }

    private String figure() {
        if (isMeasured()) {
            return "%.2f".formatted(value);
        }
        if (!Double.isFinite(value)) {
            return "not measured";
        }
        String how = value <= 0 ? "not above zero" : bound == Bound.AT_MOST ? "below its floor" : "beyond its floor";
        return "not measured: %.2f is %s".formatted(value, how);
    }

    private String remarks() {
        List<String> remarks = new ArrayList<>();
        if (!Double.isInfinite(limit)) {
            remarks.add("%s %.2f".formatted(bound == Bound.AT_MOST ? "at most" : "at least", limit));
        }
        if (!remark.isEmpty()) {
            remarks.add(remark);
        }
        if (floor != 0) {
            remarks.add("floor %.2f".formatted(floor));
        }
        return String.join("; ", remarks);
    }
}
