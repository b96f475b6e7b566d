// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.jbang;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Camel's own command line in processes of its own, with a home directory of its own, whose Maven repository has what this build has
 * made. What else is needed comes from the repository of this build, or from Central.
 */
final class CamelCommand {
    private static final String VERSION = System.getProperty("project.version");
    private static final int PATIENCE_MINUTES = 6;

    private final Path home;
    private final Path folder;
    private final Map<String, String> environment;

    CamelCommand(Path home, Path folder, Map<String, String> environment) throws IOException {
        this.home = home;
        this.folder = folder;
        this.environment = environment;
        Path maven = Files.createDirectories(home.resolve(".m2"));
        Files.writeString(maven.resolve("settings.xml"), """
                <settings>
                    <localRepository>%s</localRepository>
                    <profiles><profile><id>build</id>
                        <repositories><repository><id>build</id><url>%s</url><snapshots><enabled>false</enabled></snapshots></repository></repositories>
                        <pluginRepositories><pluginRepository><id>build</id><url>%s</url><snapshots><enabled>false</enabled></snapshots></pluginRepository></pluginRepositories>
                    </profile></profiles>
                    <activeProfiles><activeProfile>build</activeProfile></activeProfiles>
                </settings>
                """.formatted(repository(), ofBuild(), ofBuild()));
    }

    /** That of the home directory. */
    Path repository() {
        return home.resolve(".m2/repository");
    }

    private static String ofBuild() {
        return Path.of(System.getProperty("maven.repository")).toUri().toString();
    }

    /** Puts what the build of another module has made where Maven looks for it. */
    void install(String module) throws IOException {
        Path built = Path.of("..", module);
        Path place = Files.createDirectories(repository()
                .resolve("io/github/camelb2")
                .resolve(artifact(module))
                .resolve(VERSION));
        String name = artifact(module) + "-" + VERSION;
        Files.copy(built.resolve("pom.xml"), place.resolve(name + ".pom"), StandardCopyOption.REPLACE_EXISTING);
        Path jar = built.resolve("target").resolve(name + ".jar");
        if (Files.isRegularFile(jar)) {
            Files.copy(jar, place.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String artifact(String module) {
        return module.equals(".") ? "camel-b2-parent" : module;
    }

    /** Runs {@code camel} with these arguments and answers what it printed. */
    String camel(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + home.toAbsolutePath(),
                "-Djava.net.preferIPv4Stack=true",
                "-cp",
                Path.of("target", "test-classes").toAbsolutePath() + File.pathSeparator + classPath(),
                Camel.class.getName()));
        command.addAll(List.of(arguments));
        return run(folder, command);
    }

    /** Takes away the plugins that were added: Camel's command line would look for them before every command. */
    void forgetPlugins() throws IOException {
        Files.deleteIfExists(home.resolve(".camel-jbang-plugins.json"));
    }

    /** Builds the project of a folder. */
    void mvn(Path project, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "mvn", "-q", "-B", "-s", home.resolve(".m2/settings.xml").toString()));
        command.addAll(List.of(arguments));
        run(project, command);
    }

    private String classPath() throws Exception {
        Path written = home.resolve("class-path.txt");
        if (!Files.isRegularFile(written)) {
            mvn(
                    Path.of("src/test/jbang"),
                    "org.apache.maven.plugins:maven-dependency-plugin:" + System.getProperty("dependency.plugin")
                            + ":build-classpath",
                    "-Dcamel-jbang.version=" + System.getProperty("camel-jbang.version"),
                    "-Dmdep.outputFile=" + written.toAbsolutePath());
        }
        return Files.readString(written).strip();
    }

    private String run(Path directory, List<String> command) throws Exception {
        Path output = Files.createTempFile(folder, "printed", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES))
                    .as("%s ends", command.get(command.size() - 1))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    /** The texts of all files below a folder. */
    static List<String> textsBelow(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(CamelCommand::text)
                    .toList();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
