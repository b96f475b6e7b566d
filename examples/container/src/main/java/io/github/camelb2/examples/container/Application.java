// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.container;

import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.camel.main.Main;

/** Runs the routes in {@code camel/}; the environment says where and whose the files are. */
public final class Application {
    private Application() {}

    /** Runs until the process is told to stop. */
    public static void main(String[] arguments) throws Exception {
        // In an image it is there; the database makes a file, and no directory.
        Files.createDirectories(Path.of(System.getenv().getOrDefault("WORK", "work")));
        System.exit(application().run(arguments));
    }

    /** The application, not started. */
    static Main application() {
        return new Main(Application.class);
    }
}
