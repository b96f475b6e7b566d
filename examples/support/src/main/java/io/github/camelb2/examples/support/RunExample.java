// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.support;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.apache.camel.main.Main;

/**
 * Runs the example of a folder: {@code routes.camel.yaml} or {@code routes.camel.xml}, with the settings of its
 * {@code application.properties}, on an emulator or on real B2.
 *
 * <p>Besides the settings of the file the routes have the properties {@code bucket}, {@code run} (what all names in the bucket begin with),
 * {@code folder} (that of the example) and {@code work} (a directory to write to). What they log is what the example
 * prints.
 */
public final class RunExample {
    private RunExample() {}

    /**
     * Runs an example until it has been idle for as long as its settings say, or until it is interrupted.
     *
     * @param arguments the folder of the example
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]).toAbsolutePath().normalize();
        try {
            run(folder, folder.resolve("work"), System.getenv(), main -> {});
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (Exception | Error e) {
            // Camel and the emulator leave threads that would keep this JVM alive for ever.
            e.printStackTrace();
            System.exit(1);
        }
    }

    /**
     * Runs an example until it has been idle for as long as its settings say.
     *
     * @param work        what the routes write to; made if it is missing, and kept
     * @param environment where credentials of real B2 may stand
     * @param watcher     is given the application before it starts, and may end it earlier
     * @throws IllegalArgumentException if the folder holds no example, or the environment half of the credentials
     */
    static void run(Path folder, Path work, Map<String, String> environment, Consumer<Main> watcher) throws Exception {
        Path classes = folder.resolve("target/classes");
        if (Files.isRegularFile(classes.resolve("application.properties"))) {
            runApplication(folder, startOf(folder, classes), environment);
            return;
        }
        if (!Files.isRegularFile(folder.resolve("application.properties"))) {
            throw new IllegalArgumentException(folder + " holds no example: it has no application.properties");
        }
        Files.createDirectories(work);
        String run = folder.getFileName() + "-" + Instant.now().toEpochMilli();
        try (Service service = Service.of(environment, "camel-b2-example", run)) {
            service.makeBucket();
            Main main = new Main();
            main.setDefaultPropertyPlaceholderLocation("file:" + folder.resolve("application.properties"));
            main.configure().withRoutesIncludePattern("file:" + folder.resolve("routes.camel.*"));
            main.configure().setLogName("example");
            main.addInitialProperty("folder", folder.toString());
            main.addInitialProperty("work", work.toString());
            main.addInitialProperty("bucket", service.bucket());
            main.addInitialProperty("run", service.prefix());
            main.addOverrideProperty("camel.component.b2.realm", service.realm());
            main.addOverrideProperty("camel.component.b2.applicationKeyId", service.keyId());
            main.addOverrideProperty("camel.component.b2.applicationKey", service.key());
            watcher.accept(main);
            main.run();
        }
    }

    /** What starts an application: Spring Boot's class {@code Application}, or what Quarkus has packed. */
    private static List<String> startOf(Path folder, Path classes) {
        Path packed = folder.resolve("target/quarkus-app/quarkus-run.jar");
        return Files.isRegularFile(packed)
                ? List.of("-jar", packed.toString())
                : List.of(
                        "-cp",
                        classes + File.pathSeparator + folder.resolve("target/lib") + "/*",
                        "io.github.camelb2.examples."
                                + folder.getFileName().toString().replace("-", "") + ".Application");
    }

    /**
     * Runs an example that is an application of its own, in a process of its own.
     *
     * @param start what starts it, as arguments of {@code java}
     * @throws IllegalStateException if the application fails
     */
    static void runApplication(Path folder, List<String> start, Map<String, String> environment) throws Exception {
        String name = folder.getFileName().toString();
        try (Service service = Service.of(
                environment, "camel-b2-example", name + "-" + Instant.now().toEpochMilli())) {
            service.makeBucket();
            List<String> command = new ArrayList<>(start);
            command.add(
                    0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
            ProcessBuilder process =
                    new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
            process.environment()
                    .putAll(Map.of(
                            "CAMEL_COMPONENT_B2_REALM", service.realm(),
                            "CAMEL_COMPONENT_B2_APPLICATIONKEYID", service.keyId(),
                            "CAMEL_COMPONENT_B2_APPLICATIONKEY", service.key(),
                            // Camel Main takes no settings of components from the environment.
                            "B2_ENVIRONMENT", service.realm(),
                            "B2_APPLICATION_KEY_ID", service.keyId(),
                            "B2_APPLICATION_KEY", service.key(),
                            "BUCKET", service.bucket(),
                            "RUN", service.prefix()));
            Process application = process.start();
            Thread stop = new Thread(application::destroy);
            Runtime.getRuntime().addShutdownHook(stop);
            int ended = application.waitFor();
            if (ended != 0) {
                throw new IllegalStateException("The example " + name + " ended with exit code " + ended);
            }
        }
    }
}
