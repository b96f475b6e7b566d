// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Cuts snippets out of files that tests run, from {@code tag::name} to {@code end::name}. */
final class Snippets {
    private static final Path JAVA = Path.of("src", "test", "java", "io", "github", "camelb2", "docs");
    private static final Path YAML = Path.of("src", "test", "resources", "docs");

    private Snippets() {}

    /** A snippet named {@code File.tag} of a Java file beside this one, moved to the left margin. */
    static List<String> java(String name) throws IOException {
        String[] fileAndTag = name.split("\\.");
        List<String> snippet = new ArrayList<>();
        boolean isInside = false;
        for (String line : Files.readAllLines(JAVA.resolve(fileAndTag[0] + ".java"))) {
            if (line.strip().equals("// end::" + fileAndTag[1])) {
                return outdent(snippet);
            }
            if (isInside) {
                snippet.add(line);
            }
            isInside |= line.strip().equals("// tag::" + fileAndTag[1]);
        }
        throw new IllegalArgumentException("there is no snippet " + name);
    }

    /** A whole YAML file. */
    static List<String> yaml(String name) throws IOException {
        return Files.readAllLines(YAML.resolve(name + ".yaml"));
    }

    private static List<String> outdent(List<String> lines) {
        int margin = lines.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return lines.stream()
                .map(line -> line.isBlank() ? "" : line.substring(margin))
                .toList();
    }
}
