// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import picocli.CommandLine;

import io.github.camelb2.emulator.B2Emulator;

/** Runs commands in this JVM, as from a shell of its own. */
final class Run {
    /** How a command ended, and what it wrote. */
    record Ended(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    private final Map<String, String> environment = new HashMap<>();
    private String input = "";
    private Shell.Terminal terminal = Shell.Terminal.NONE;

    /** With the key of that emulator in the environment. */
    static Run on(B2Emulator b2) {
        return new Run()
                .with("B2_APPLICATION_KEY_ID", b2.applicationKeyId())
                .with("B2_APPLICATION_KEY", b2.applicationKey())
                .with("B2_ENVIRONMENT", b2.url());
    }

    Run with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Run typing(String text) {
        input = text;
        return this;
    }

    Run onATerminal() {
        terminal = new Shell.Terminal(true, true, true);
        return this;
    }

    Ended run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        return run(out, out, args);
    }

    Ended run(OutputStream out, ByteArrayOutputStream seen, String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Shell shell = new Shell(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                err,
                environment::get,
                terminal,
                false);
        CommandLine commandLine = CamelB2.commandLine(shell);
        // What picocli itself writes: help, and mistakes.
        commandLine.setOut(new PrintWriter(seen, true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
        int code = commandLine.execute(args);
        return new Ended(code, seen.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
