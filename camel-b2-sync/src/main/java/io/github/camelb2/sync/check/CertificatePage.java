// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Set;
import java.util.TreeMap;

import io.github.camelb2.sync.plan.actions.ShownText;
import io.github.camelb2.sync.wire.OwnFile;

/** A certificate as a page of HTML that needs nothing else and runs nothing. Names are text, whatever they look like. */
final class CertificatePage {
    private static final String BEGIN = "<!DOCTYPE html><!-- certificate of a check of b2-sync -->";
    private static final String TITLE =
            "<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Certificate of a check</title>";
    private static final String END = "</body></html>";

    /** Besides what no message shows: what covers the text beside it, or has no picture that everybody knows. */
    private static final Set<Integer> HIDDEN =
            Set.of((int) Character.PRIVATE_USE, (int) Character.UNASSIGNED, (int) Character.NON_SPACING_MARK, (int)
                    Character.ENCLOSING_MARK);

    private CertificatePage() {}

    static String of(CheckReport report, String file, String mac) {
        StringBuilder page = new StringBuilder(BEGIN)
                .append("\n")
                .append(TITLE)
                .append("<style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}")
                .append("table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2em .6em;text-align:left}")
                .append(
                        "code{overflow-wrap:anywhere}</style></head><body>\n<h1>Certificate of a check</h1>\n<p><strong>")
                .append(verdict(report))
                .append("</strong></p>\n<table>");
        row(page, "Source", report.source());
        row(page, "Destination", report.destination());
        row(page, "Sync, run", report.name() + ", " + report.runId());
        row(page, "Began, took", report.started() + ", " + report.took().toSeconds() + " s");
        row(page, "Compared", how(report.verify()));
        row(
                page,
                "Of which files",
                report.sample().share() >= 1
                        ? "all that no option leaves out"
                        : report.sample() + ", " + report.read() + " in all; of the others the metadata");
        report.conditions().forEach((option, value) -> row(page, "Option " + option, value));
        for (Verdict verdict : Verdict.values()) {
            row(page, "Names: " + verdict.word(), String.valueOf(report.count(verdict)));
        }
        new TreeMap<>(report.equalBy())
                .forEach((by, count) -> row(page, "Equal by " + by.word(), String.valueOf(count)));
        row(page, "Bytes that are equal", String.valueOf(report.bytes()));
        page.append("</table>\n");
        findings(page, report);
        report.notes()
                .forEach(note -> page.append("<p>Note: ").append(escaped(note)).append("</p>\n"));
        return page.append("<p>Signature (HMAC-SHA-256 with planKey) of <code>")
                .append(escaped(file))
                .append("</code>, which is what counts: <code>")
                .append(mac)
                .append("</code></p>\n")
                .append(END)
                .append("\n")
                .toString();
    }

    /** Whether a check has written it; an empty one, too. */
    static boolean isPage(BufferedReader there, OwnFile.State state) throws IOException {
        String first = there.readLine();
        String second = there.readLine();
        if (state == OwnFile.State.UNFINISHED && second == null) {
            return first == null || BEGIN.startsWith(first);
        }
        String last = second;
        for (String next = last; next != null; next = there.readLine()) {
            last = next;
        }
        return first == null
                || (first.equals(BEGIN)
                        && second != null
                        && (second.startsWith(TITLE) || (state == OwnFile.State.UNFINISHED && TITLE.startsWith(second)))
                        && (END.equals(last) || state == OwnFile.State.UNFINISHED));
    }

    private static String how(Verify verify) {
        return switch (verify) {
            case METADATA -> "what listings and directories tell: sizes, and times or what compareMode says";
            case DIGEST -> "sizes, and the SHA-1 that B2 keeps";
            case CONTENT -> "the content of both sides, read to its end";
        };
    }

    private static String verdict(CheckReport report) {
        if (!report.isComplete()) {
            return "Not finished: " + escaped(report.trouble());
        }
        return report.isEqual() ? "Both sides have the same." : "Both sides do not have the same.";
    }

    private static void findings(StringBuilder page, CheckReport report) {
        if (report.findings().isEmpty()) {
            return;
        }
        page.append("<h2>Not equal</h2>\n<table><tr><th>Name</th><th>Result</th><th>By</th><th>Reason</th></tr>");
        for (Finding finding : report.findings()) {
            page.append("<tr><td><code>").append(escaped(finding.path())).append("</code></td><td>");
            page.append(finding.verdict().word())
                    .append("</td><td>")
                    .append(finding.by().word());
            page.append("</td><td>").append(escaped(finding.reason())).append("</td></tr>\n");
        }
        page.append("</table>\n<p>The first ").append(CheckReport.MAX_LISTED).append(" are listed.</p>\n");
    }

    private static void row(StringBuilder page, String name, String value) {
        page.append("<tr><th>")
                .append(escaped(name))
                .append("</th><td>")
                .append(escaped(value))
                .append("</td></tr>\n");
    }

    /**
     * What nobody sees, or what turns or covers the text beside it, is shown by its number, and each text keeps its direction
     * to itself.
     */
    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder("<bdi>");
        text.codePoints().forEach(point -> {
            boolean isPlain = Character.isLetterOrDigit(point) || point == ' ' || "./:,;()_-=%+".indexOf(point) >= 0;
            if (isPlain) {
                safe.appendCodePoint(point);
            } else if (ShownText.isHidden(point) || HIDDEN.contains(Character.getType(point))) {
                safe.append(ShownText.numbered(point));
            } else {
                safe.append("&#").append(point).append(';');
            }
        });
        return safe.append("</bdi>").toString();
    }
}
