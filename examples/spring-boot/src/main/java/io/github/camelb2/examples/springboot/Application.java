// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.springboot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the routes in {@code resources/camel}. */
@SpringBootApplication
public class Application {
    /** Runs until the example has done its work. */
    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments);
    }
}
