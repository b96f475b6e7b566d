// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The source blocks of the README and of the pages in {@code src/main/docs}. */
final class Snippets {
    /** Markdown: three backticks and a language; AsciiDoc: [source,language] and a line of dashes. */
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$|^\\[source,\\s*(\\w+)[^\\]]*\\]\\n-{4}\\n(.*?)^-{4}$");

    /** Pages whose snippets the tests of camel-b2 write from the routes that they run. */
    private static final Set<String> GENERATED = Set.of("b2-component.adoc", "from-b2sdk.adoc");

    private Snippets() {}

    record Snippet(Path page, int line, String language, String text) {
        @Override
        public String toString() {
            return page.getFileName() + ":" + line + " " + language;
        }
    }

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("CONTRIBUTING.md"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    static List<Snippet> all() {
        List<Snippet> snippets = new ArrayList<>();
        for (Path page : pages()) {
            snippets.addAll(of(page));
        }
        return snippets;
    }

    static List<Path> pages() {
        try (Stream<Path> docs = Files.walk(root().resolve("src/main/docs"));
                Stream<Path> examples = Files.walk(root().resolve("examples"), 2)) {
            return Stream.concat(
                            Stream.of(root().resolve("README.md")),
                            Stream.concat(
                                    docs.filter(p -> p.toString().endsWith(".adoc"))
                                            .filter(p -> !GENERATED.contains(
                                                    p.getFileName().toString())),
                                    examples.filter(p -> p.endsWith("README.md"))))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Snippet> of(Path page) {
        String text = text(page);
        List<Snippet> snippets = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            int line = 1 + (int) text.substring(0, block.start()).lines().count();
            boolean markdown = block.group(1) != null;
            snippets.add(new Snippet(
                    page,
                    line,
                    markdown ? block.group(1) : block.group(3),
                    markdown ? block.group(2) : block.group(4)));
        }
        return snippets;
    }
}
