// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelb2.B2Operations;

/**
 * A page of the documentation whose generated blocks stand between {@code // generated: KIND NAME} and {@code // end}:
 * tables from the metadata, and snippets cut out of files that tests run.
 */
final class DocPage {
    private static final Path DOCS = Path.of("..", "src", "main", "docs");
    private static final Pattern START = Pattern.compile("// generated: (\\S+) (\\S+)");

    private final Path file;

    DocPage(String name) {
        this.file = DOCS.resolve(name);
    }

    String text() throws IOException {
        return Files.readString(file);
    }

    /** The page as it should be. */
    String generated(DocTables tables) throws IOException {
        List<String> page = new ArrayList<>();
        boolean isInside = false;
        for (String line : Files.readAllLines(file)) {
            Matcher start = START.matcher(line);
            if (isInside && !line.equals("// end")) {
                continue;
            }
            isInside = false;
            page.add(line);
            if (start.matches()) {
                isInside = true;
                page.addAll(block(tables, start.group(1), start.group(2)));
            }
        }
        return String.join("\n", page) + "\n";
    }

    void replaceBy(String text) throws IOException {
        Files.writeString(file, text);
    }

    private static List<String> block(DocTables tables, String kind, String name) throws IOException {
        return switch (kind) {
            case "table" -> tables.table(name);
            case "inputs" -> DocTables.inputs(B2Operations.valueOf(name));
            case "java" -> source("java", Snippets.java(name));
            case "yaml" -> source("yaml", Snippets.yaml(name));
            default -> throw new IllegalArgumentException("no generated block is of kind " + kind);
        };
    }

    private static List<String> source(String language, List<String> code) {
        List<String> lines = new ArrayList<>(List.of("[source," + language + "]", "----"));
        lines.addAll(code);
        lines.add("----");
        return lines;
    }
}
