// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.report;

/**
 * A figure that the project aims at, and what was measured.
 *
 * @param what the figure in words
 * @param value what was measured
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

    public boolean isMet() {
        return bound == Bound.AT_MOST ? value <= limit : value >= limit;
    }

    /** One line, for instance {@code up: wall 0.85 (at most 0.90) ok}. */
    public String line() {
        if (Double.isInfinite(limit)) {
            return "%s: %.2f (%s)".formatted(what, value, remarks());
        }
        String aim = "%s: %.2f (%s %.2f%s)"
                .formatted(
                        what,
                        value,
                        bound == Bound.AT_MOST ? "at most" : "at least",
                        limit,
                        remarks().isEmpty() ? "" : "; " + remarks());
        return isMet() ? aim + " ok" : aim + " MISSED by %.0f %%".formatted(Math.abs(value / limit - 1) * 100);
    }

    private String remarks() {
        if (floor == 0) {
            return remark;
        }
        return remark + (remark.isEmpty() ? "" : "; ") + "floor %.2f".formatted(floor);
    }
}
