// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.springboot;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The properties that the README shows for Spring Boot, and its YAML route, as they stand there, are an application. */
class ReadmeTest {
    @TempDir
    Path directory;

    @Configuration
    @EnableAutoConfiguration
    static class Nothing {}

    @Test
    void propertiesAndRouteOfTheReadmeUpload() throws Exception {
        String readme = Files.readString(Path.of("../../README.md"));
        Path route = directory.resolve("readme.camel.yaml");
        Files.writeString(route, block(readme, "yaml"));
        Files.writeString(Files.createDirectory(directory.resolve("out")).resolve("a.txt"), "a");
        Properties shown = new Properties();
        shown.load(new StringReader(block(readme.substring(readme.indexOf("**Spring Boot**")), "properties")));
        try (B2Emulator b2 = B2Emulator.start()) {
            b2.state().createBucket("my-bucket");
            Map<String, Object> properties = new HashMap<>(Map.of(
                    "B2_APPLICATION_KEY_ID", b2.applicationKeyId(),
                    "B2_APPLICATION_KEY", b2.applicationKey(),
                    "camel.component.b2.realm", b2.url(),
                    "camel.main.routes-include-pattern", "file:" + route,
                    "directory", directory.resolve("out").toString(),
                    "camel.main.shutdown-timeout", "5",
                    "spring.config.location", "optional:classpath:/none/"));
            shown.stringPropertyNames().forEach(name -> properties.put(name, shown.getProperty(name)));

            try (ConfigurableApplicationContext started = new SpringApplicationBuilder(Nothing.class)
                    .properties(properties)
                    .run()) {
                assertThat(started.isActive()).isTrue();
                await().untilAsserted(
                                () -> assertThat(b2.state().names("my-bucket")).containsExactly("a.txt"));
            }
        }
        assertThat(shown).isNotEmpty();
    }

    private static String block(String markdown, String language) {
        Matcher block =
                Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$").matcher(markdown);
        assertThat(block.find()).as("a block of " + language).isTrue();
        return block.group(1);
    }
}
