// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.ConfigurationPropertiesValidationResult;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.component.stub.StubComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.examples.routes.Snippets.Snippet;
import io.github.camelb2.sync.B2SyncBrokerRoutes;

import static org.assertj.core.api.Assertions.assertThat;

/** Every snippet that the documentation shows compiles, loads or runs. */
class DocumentationTest {
    /** Languages that a page may use; any other would be a snippet that nobody checks. */
    private static final Set<String> CHECKED =
            Set.of("java", "yaml", "xml", "properties", "sh", "shell", "console", "sql", "json", "text");

    private static B2Emulator b2;

    @TempDir
    Path directory;

    @BeforeAll
    static void startEmulator() {
        b2 = B2Emulator.start();
    }

    @AfterAll
    static void stopEmulator() {
        b2.close();
    }

    @Test
    void everySnippetHasALanguageThatIsChecked() {
        assertThat(Snippets.all())
                .isNotEmpty()
                .allSatisfy(s -> assertThat(CHECKED).as("%s", s).contains(s.language()));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("java")
    void javaSnippetStandsInCompiledCode(Snippet snippet) {
        assertThat(COMPILED.stream().anyMatch(source -> source.contains(squeezed(snippet.text()))))
                .as("%s must stand, line for line, in an example or a test:%n%s", snippet, snippet.text())
                .isTrue();
    }

    @Test
    void readmeRoutesStart() throws Exception {
        try (DefaultCamelContext context = context()) {
            context.addRoutes(new ReadmeRoutes());
            context.start();

            assertThat(context.getRoutes()).hasSize(2);
        }
    }

    @Test
    void routesOverBrokersStart() throws Exception {
        try (DefaultCamelContext context = context()) {
            context.addRoutes(new BrokerPageRoutes());
            context.start();

            assertThat(context.getRoutes()).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("yaml")
    void yamlSnippetLoads(Snippet snippet) throws Exception {
        load(snippet, "yaml");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("xmlRoutes")
    void xmlSnippetLoads(Snippet snippet) throws Exception {
        load(snippet, "xml");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("properties")
    void propertiesNameRealOptions(Snippet snippet) {
        CamelCatalog catalog = new DefaultCamelCatalog();
        for (String scheme : List.of("b2", "b2-sync")) {
            String type =
                    scheme.equals("b2") ? "io.github.camelb2.B2Component" : "io.github.camelb2.sync.B2SyncComponent";
            catalog.addComponent(scheme, type, json(scheme));
        }
        snippet.text()
                .lines()
                .filter(line -> line.startsWith("camel.component.b2"))
                .forEach(line -> {
                    ConfigurationPropertiesValidationResult result = catalog.validateConfigurationProperty(line);
                    assertThat(result.isSuccess())
                            .as("%s: %s", line, result.summaryErrorMessage(false))
                            .isTrue();
                });
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("shell")
    void shellSnippetNamesFilesThatExist(Snippet snippet) {
        snippet.text()
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("examples/"))
                .forEach(line -> assertThat(Snippets.root().resolve(line.split(" ")[0]))
                        .as(line)
                        .isExecutable());
    }

    static Stream<Snippet> java() {
        return language("java");
    }

    static Stream<Snippet> yaml() {
        return language("yaml");
    }

    /** A dependency element is Maven's, everything else is a route. */
    static Stream<Snippet> xmlRoutes() {
        return language("xml")
                .filter(s -> !s.text().contains("<dependency>") && !s.text().contains("<plugin>"));
    }

    static Stream<Snippet> properties() {
        return language("properties");
    }

    static Stream<Snippet> shell() {
        return Stream.concat(language("sh"), language("shell"));
    }

    private static Stream<Snippet> language(String language) {
        return Snippets.all().stream().filter(s -> s.language().equals(language));
    }

    /**
     * Loads the routes of a snippet into a context of its own, endpoints and all, without starting consumers. A stub stands
     * for the broker, whose own options nobody checks here.
     */
    private void load(Snippet snippet, String extension) throws Exception {
        try (DefaultCamelContext context = context()) {
            context.addRoutes(new B2SyncBrokerRoutes());
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString("snippet." + extension, snippet.text()));
            context.start();

            assertThat(context.getRouteDefinitions().size()
                            + context.getRouteTemplateDefinitions().size())
                    .as("%s defines a route", snippet)
                    .isPositive();
        }
    }

    private DefaultCamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext();
        Properties initial = new Properties();
        initial.setProperty("directory", directory.toString());
        initial.setProperty("spool", directory.resolve("spool").toString());
        initial.setProperty("bucket", "my-bucket");
        initial.setProperty("records", "seda:records");
        initial.setProperty("sync.planKey", "a secret of 32 characters or more");
        initial.setProperty("work", directory.resolve("work").toString());
        initial.setProperty("inbox", directory.resolve("inbox").toString());
        initial.setProperty("hooks", "https://example.com");
        initial.setProperty("b2.notificationSecret", "0123456789abcdef0123456789abcdef");
        context.addComponent("jms", new StubComponent());
        context.getRegistry().bind("consumed", new Consumed());
        context.getPropertiesComponent().setInitialProperties(initial);
        context.setAutoStartup(false);
        B2Configuration configuration =
                context.getComponent("b2", B2Component.class).getConfiguration();
        configuration.setRealm(b2.url());
        configuration.setApplicationKeyId(b2.applicationKeyId());
        configuration.setApplicationKey(b2.applicationKey());
        return context;
    }

    /** Stands for the repository of the pages, which needs a database. */
    private static final class Consumed extends MemoryIdempotentRepository implements StateRepository<String, String> {
        @Override
        public void setState(String key, String value) {
            throw new UnsupportedOperationException("no route is started");
        }

        @Override
        public String getState(String key) {
            throw new UnsupportedOperationException("no route is started");
        }
    }

    private static String json(String scheme) {
        String module = scheme.equals("b2") ? "camel-b2" : "camel-b2-sync";
        String folder = scheme.equals("b2") ? "io/github/camelb2" : "io/github/camelb2/sync";
        return Snippets.text(Snippets.root()
                .resolve(module + "/src/generated/resources/META-INF/" + folder + "/" + scheme + ".json"));
    }

    /** White space does not matter: documents indent less than classes do. */
    private static String squeezed(String text) {
        return text.replaceAll("\\s+", "");
    }

    private static final List<String> COMPILED = compiled();

    private static List<String> compiled() {
        try (Stream<Path> files = Files.walk(Snippets.root())) {
            return files.filter(p -> p.toString().endsWith(".java"))
                    .filter(p -> !p.toString().contains("/target/"))
                    .map(p -> squeezed(Snippets.text(p)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
