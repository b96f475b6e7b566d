// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.report;

import java.util.List;

/**
 * Bars on a logarithmic scale around 1, the aim, as SVG: to the left is better, and a blue line is the floor that nothing can pass. By hand, because it is twenty lines of text
 * and every library for charts brings a drawing toolkit.
 */
final class RatioChart {
    /** What a character takes at most, as the mean of a label: 6.2 pixels are usual. */
    private static final int CHARACTER = 7;

    private static final int GAP = 8;
    private static final int WIDTH = 400;
    private static final int ROW = 22;
    private static final int HEAD = 40;

    /** The scale goes from a quarter of the aim to four times the aim. */
    private static final double REACH = 4;

    private final List<Bar> bars;

    /** Where the names of the bars end: the longest one has room. */
    private final int labels;

    private RatioChart(List<Bar> bars) {
        this.bars = bars;
        this.labels = 2 * GAP
                + CHARACTER
                        * bars.stream()
                                .mapToInt(bar -> bar.label().length())
                                .max()
                                .orElse(0);
    }

    /** A figure in terms of its aim: 1 is the aim, less is better; 0 as its floor if none is known. */
    record Bar(String label, double ratio, double floor) {}

    static String svg(List<Bar> bars) {
        return new RatioChart(bars).svg();
    }

    private String svg() {
        int height = HEAD + ROW * bars.size() + 10;
        StringBuilder svg = new StringBuilder(("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>%n")
                .formatted(labels + WIDTH + 60, height));
        for (double mark : new double[] {0.25, 0.5, 1, 2, 4}) {
            svg.append(("<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"%4$s\"/>"
                            + "<text x=\"%1$.1f\" y=\"%5$d\" text-anchor=\"middle\">%6$s</text>%n")
                    .formatted(x(mark), HEAD - 8, height - 5, mark == 1 ? "black" : "#ddd", HEAD - 12, label(mark)));
        }
        int y = HEAD;
        for (Bar bar : bars) {
            double end = x(bar.ratio());
            double aim = x(1);
            svg.append(("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>"
                            + "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>"
                            + "<text x=\"%.1f\" y=\"%d\">%.2f</text>%n")
                    .formatted(
                            labels - GAP,
                            y + 14,
                            escaped(bar.label()),
                            Math.min(end, aim),
                            y + 3,
                            Math.abs(end - aim),
                            ROW - 6,
                            bar.ratio() <= 1 ? "#2a7" : "#c33",
                            Math.max(end, aim) + 4,
                            y + 14,
                            bar.ratio()));
            if (bar.floor() > 0) {
                svg.append(
                        ("<line x1=\"%1$.1f\" x2=\"%1$.1f\" y1=\"%2$d\" y2=\"%3$d\" stroke=\"#06c\" stroke-width=\"3\">"
                                        + "<title>floor</title></line>%n")
                                .formatted(x(bar.floor()), y, y + ROW - 2));
            }
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String label(double mark) {
        return mark == 1 ? "aim" : mark < 1 ? "1/%.0f".formatted(1 / mark) : "%.0f x".formatted(mark);
    }

    /** Where a ratio lies; what is out of reach lies at the edge. */
    private double x(double ratio) {
        double inReach = Math.min(REACH, Math.max(1 / REACH, ratio));
        return labels + WIDTH * (0.5 + Math.log(inReach) / (2 * Math.log(REACH)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
