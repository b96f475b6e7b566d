// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The page of the component says what the catalog says. */
class DocumentationTest {
    private static final Path PAGE = Path.of("..", "src", "main", "docs", "b2-sync-component.adoc");
    /** What stands in brackets and has a test in it, and each of its tests: with its class, or of the same as before. */
    private static final Pattern TESTS = Pattern.compile("\\([^()]*`[A-Z]\\w+Test[`.][^()]*\\)");

    private static final Pattern TEST = Pattern.compile("`(?:([A-Z]\\w+Test)(?:\\.|(?=`)))?([a-z]\\w+)?`");

    private static final Path CATALOG = Path.of("src/generated/resources/META-INF/io/github/camelb2/sync/b2-sync.json");

    @Test
    void everyOwnOptionAndHeaderIsOnThePageWithItsDefault() throws Exception {
        JsonNode catalog = new ObjectMapper().readTree(CATALOG.toFile());
        String page = Files.readString(PAGE);
        List<String> missing = new ArrayList<>();

        catalog.get("componentProperties")
                .fieldNames()
                .forEachRemaining(
                        name -> check(name, catalog.get("componentProperties").get(name), page, missing));
        catalog.get("headers").fieldNames().forEachRemaining(name -> {
            if (!page.contains("|`" + name + "` |")) {
                missing.add(name);
            }
        });

        assertThat(catalog.get("componentProperties").size()).isGreaterThan(20);
        assertThat(missing).isEmpty();
    }

    /** Who reads a guarantee can read the test that proves it. */
    @Test
    void eachGuaranteeOfThePageNamesTestsThatExist() throws Exception {
        String page = Files.readString(PAGE);
        String safety = page.substring(page.indexOf("== Safety"), page.indexOf("== Differences from b2sdk"));
        List<String> unproved = new ArrayList<>();
        for (String guarantee : safety.split("\n\\* ")) {
            if (!guarantee.startsWith("== Safety") && !guarantee.contains("Test")) {
                unproved.add(guarantee);
            }
        }
        assertThat(unproved).isEmpty();

        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Matcher group = TESTS.matcher(page); group.find(); ) {
            String type = "";
            for (Matcher test = TEST.matcher(group.group()); test.find(); named++) {
                type = test.group(1) == null ? type : test.group(1);
                if (!isThere(type, test.group(2))) {
                    missing.add(type + "." + test.group(2));
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(named).isGreaterThan(60);
    }

    private static boolean isThere(String type, @Nullable String method) throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            Optional<Path> source =
                    sources.filter(file -> file.endsWith(type + ".java")).findFirst();
            return source.isPresent()
                    && (method == null || Files.readString(source.get()).contains("void " + method + "("));
        }
    }

    private static void check(String name, JsonNode option, String page, List<String> missing) {
        boolean isCamels = List.of(
                        "configuration",
                        "bridgeErrorHandler",
                        "lazyStartProducer",
                        "autowiredEnabled",
                        "healthCheckConsumerEnabled",
                        "healthCheckProducerEnabled")
                .contains(name);
        String value =
                option.has("defaultValue") ? "`" + option.get("defaultValue").asText() + "` " : " ";
        if (!isCamels && !page.contains("|`" + name + "` |" + value + "|")) {
            missing.add(name + " with default " + value);
        }
    }
}
