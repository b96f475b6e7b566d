// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

import io.github.camelb2.emulator.B2Emulator;

/** Does once what commands do, on an emulator of its own, so that the launcher can keep the classes that it loads. */
@Command(name = "warm-up", hidden = true, description = "Does what commands do, for an archive of loaded classes.")
final class WarmUpCommand implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
        Path directory = Files.createTempDirectory("camel-b2-warm-up");
        try (B2Emulator b2 = B2Emulator.start()) {
            b2.state().createBucket("warm-up");
            Files.writeString(directory.resolve("a.txt"), "a");
            Map<String, String> environment = Map.of(
                    "B2_APPLICATION_KEY_ID", b2.applicationKeyId(),
                    "B2_APPLICATION_KEY", b2.applicationKey(),
                    "B2_ENVIRONMENT", b2.url());
            Shell shell = new Shell(
                    new ByteArrayInputStream("y\n".getBytes(StandardCharsets.UTF_8)),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(),
                    environment::get,
                    new Shell.Terminal(true, true, true),
                    false);
            String[][] commands = {
                {"sync", directory.toString(), "b2://warm-up/d"},
                {"ls"},
                {"ls", "-lr", "--json", "b2://warm-up"},
                {"cp", "-", "b2://warm-up/b"},
                {"cp", "b2://warm-up/b", directory.resolve("b").toString()},
                {"rm", "b2://warm-up/b"},
                {"rm", "-ry", "--versions", "b2://warm-up"}
            };
            int worst = ExitCodes.OK;
            for (String[] command : commands) {
                worst = Math.max(worst, CamelB2.commandLine(shell).execute(command));
            }
            return worst;
        } finally {
            Files.deleteIfExists(directory.resolve("a.txt"));
            Files.deleteIfExists(directory.resolve("b"));
            Files.deleteIfExists(directory);
        }
    }
}
