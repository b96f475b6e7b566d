// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.jbang;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;

/** The lines of the manual, typed into Camel's own command line. */
@Tag("full")
class CamelJBangTest {
    private static final String VERSION = System.getProperty("project.version");
    private static final String GROUP = "mvn:io.github.camelb2:";
    private static final Path EXAMPLE =
            Path.of("..", "examples", "jbang").toAbsolutePath().normalize();

    private static B2Emulator b2;
    private static CamelCommand camel;

    @TempDir
    static Path folder;

    @BeforeAll
    static void givenWhatThisBuildHasMade() throws Exception {
        b2 = B2Emulator.start();
        Path home = Files.createDirectories(Path.of("target", "home")).toAbsolutePath();
        camel = new CamelCommand(
                home,
                folder,
                Map.of(
                        "B2_APPLICATION_KEY_ID", b2.applicationKeyId(),
                        "B2_APPLICATION_KEY", b2.applicationKey(),
                        "B2_ENVIRONMENT", b2.url(),
                        "BUCKET", "jbang-bucket"));
        for (String module : List.of(
                ".",
                "camel-b2-bom",
                "camel-b2-emulator",
                "camel-b2",
                "camel-b2-sync",
                "camel-b2-kamelets",
                "camel-b2-starter",
                "camel-b2-cli",
                "camel-jbang-plugin-b2")) {
            camel.install(module);
        }
        for (String file : List.of("routes.camel.yaml", "kamelet.camel.yaml", "application.properties")) {
            Files.copy(EXAMPLE.resolve(file), folder.resolve(file));
        }
    }

    @AfterAll
    static void stopService() {
        b2.close();
    }

    @BeforeEach
    @AfterEach
    void withoutPlugins() throws IOException {
        camel.forgetPlugins();
    }

    @Test
    void camelRunRunsARoute() throws Exception {
        String printed = camel.camel(
                "run", "routes.camel.yaml", "application.properties", "--dep=" + GROUP + "camel-b2:" + VERSION);

        assertThat(printed).contains("stored hello.txt").doesNotContain(b2.applicationKey());
        assertThat(b2.state().names("jbang-bucket")).contains("hello.txt");
    }

    @Test
    void camelRunFindsKamelets() throws Exception {
        String printed = camel.camel(
                "run",
                "kamelet.camel.yaml",
                "application.properties",
                "--dep=" + GROUP + "camel-b2-kamelets:" + VERSION);

        assertThat(printed).doesNotContain(b2.applicationKey());
        assertThat(b2.state().names("jbang-bucket")).contains("by-kamelet.txt");
    }

    @ParameterizedTest
    @CsvSource({"camel-main, camel-b2", "spring-boot, camel-b2-starter"})
    void camelExportMakesAProjectThatBuilds(String runtime, String artifact) throws Exception {
        Path project = export(runtime);
        camel.mvn(project, "package", "-DskipTests");

        assertThat(Files.readString(project.resolve("pom.xml"))).contains("<artifactId>" + artifact + "</artifactId>");
        assertThat(CamelCommand.textsBelow(project, ".properties"))
                .noneMatch(text -> text.contains(b2.applicationKey()));
        assertThat(project.resolve("target/demo-1.jar")).isRegularFile();
    }

    /** Camel's extensions for Quarkus cannot be had everywhere in the version of ours, so the project is not built. */
    @Test
    void camelExportForQuarkusNamesTheExtension() throws Exception {
        Path project = export("quarkus");

        assertThat(Files.readString(project.resolve("pom.xml")))
                .contains("<artifactId>camel-quarkus-b2</artifactId>")
                .doesNotContain("<artifactId>camel-b2</artifactId>");
    }

    /** The project of a runtime. */
    private static Path export(String runtime) throws Exception {
        Path project = folder.resolve(runtime);
        camel.camel(
                "export",
                "routes.camel.yaml",
                "application.properties",
                "--runtime=" + runtime,
                "--java-version=17",
                "--kamelets-version=" + System.getProperty("camel.version"),
                "--gav=demo:demo:1",
                "--dir=" + project);
        return project;
    }

    @Test
    void thePluginGivesCamelTheCommandB2() throws Exception {
        b2.state().createBucket("plugin-bucket");

        camel.camel(
                "plugin",
                "add",
                "b2",
                "--command=b2",
                "--groupId=io.github.camelb2",
                "--artifactId=camel-jbang-plugin-b2",
                "--version=" + VERSION,
                "--description=Backblaze B2");

        assertThat(camel.camel("b2", "ls").lines()).contains("plugin-bucket").doesNotContain("INFO");
    }
}
