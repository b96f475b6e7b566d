package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The page of the component says what the catalog says. */
class DocumentationTest {
    private static final Path PAGE = Path.of("..", "src", "main", "docs", "b2-sync-component.adoc");
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
