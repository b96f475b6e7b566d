// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A table of a page for people who come from elsewhere: it follows a comment {@code // compare: NAME}; the first column names what
 * they know, the second what it is here, each name in backticks.
 */
record ComparisonTable(String page, String name, List<Row> rows) {
    private static final Pattern TABLE =
            Pattern.compile("(?ms)^// compare: (.*?)$\\n\\[[^\\n]*\\n\\|===\\n[^\\n]*\\n(.*?)^\\|===$");

    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    /** What one line of the table compares. */
    record Row(String line, List<String> theirs, List<String> ours, String remark) {}

    static List<ComparisonTable> all() {
        List<ComparisonTable> tables = new ArrayList<>();
        Snippets.pages().forEach(page -> TABLE.matcher(Snippets.text(page))
                .results()
                .forEach(found -> tables.add(new ComparisonTable(
                        page.getFileName().toString(),
                        found.group(1),
                        found.group(2).lines().map(ComparisonTable::row).toList()))));
        return tables;
    }

    static ComparisonTable named(String name) {
        return all().stream()
                .filter(table -> table.name.equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** All names of the first column. */
    List<String> theirs() {
        return rows.stream().flatMap(row -> row.theirs().stream()).toList();
    }

    private static Row row(String line) {
        String[] cells = line.split("\\|", -1);
        if (cells.length != 4) {
            throw new IllegalArgumentException("A row has three cells in one line: " + line);
        }
        return new Row(line, names(cells[1]), names(cells[2]), cells[3]);
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
