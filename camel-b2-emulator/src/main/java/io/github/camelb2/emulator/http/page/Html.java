// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.page;

import java.util.List;

import io.github.camelb2.emulator.state.key.Secrets;

/** Writes HTML in which no text of others can become markup. Not safe for use by many threads. */
final class Html {

    private final StringBuilder out = new StringBuilder(8_192);

    /** Markup of ours. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Text of anybody, as text and without secrets; isolated, so that writing from right to left turns nothing around it. */
    Html text(String text) {
        out.append("<bdi>");
        escape(Secrets.mask(text));
        out.append("</bdi>");
        return this;
    }

    /** A link within this server; {@code query} is percent-encoded by the caller. */
    Html link(String query, String text) {
        out.append("<a href=\"/?");
        escape(query);
        out.append("\">");
        return text(text).raw("</a>");
    }

    Html heading(String text) {
        return raw("<h2>").text(text).raw("</h2>\n");
    }

    Html head(List<String> columns) {
        out.append("<table><thead><tr>");
        columns.forEach(column -> raw("<th>").text(column).raw("</th>"));
        return raw("</tr></thead><tbody>\n");
    }

    Html row(List<String> cells) {
        out.append("<tr>");
        cells.forEach(cell -> raw("<td>").text(cell).raw("</td>"));
        return raw("</tr>\n");
    }

    Html end() {
        return raw("</tbody></table>\n");
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(Character.isISOControl(c) ? '\uFFFD' : c);
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
