// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.jbang;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import io.github.camelb2.cli.CamelB2;

import static org.assertj.core.api.Assertions.assertThat;

/** What Camel's command line asks of a plugin. */
class B2PluginTest {
    private static final String SERVICE =
            "/META-INF/services/org/apache/camel/camel-jbang-plugin/camel-jbang-plugin-b2";

    @CommandLine.Command(name = "camel")
    private static final class Camel {}

    @Test
    void theServiceFileNamesThePlugin() throws IOException {
        Properties service = new Properties();
        try (InputStream file = B2PluginTest.class.getResourceAsStream(SERVICE)) {
            service.load(file);
        }

        assertThat(service).containsEntry("class", B2Plugin.class.getName());
    }

    @Test
    void b2HasAllCommandsOfTheCommandLine() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        CommandLine camel = new CommandLine(new Camel());

        try {
            new B2Plugin().customize(camel, null);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }

        CommandLine b2 = camel.getSubcommands().get("b2");
        assertThat(b2.getSubcommands().keySet())
                .isEqualTo(CamelB2.commandLine().getSubcommands().keySet())
                .contains("sync", "ls", "cp", "rm", "emulator");
        assertThat(b2.getUsageMessage()).startsWith("Usage: camel b2 ");
    }
}
