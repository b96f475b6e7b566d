// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import io.github.camelb2.account.Environment;
import io.github.camelb2.client.transfer.local.LocalFailure;

/** The options of an endpoint that a command has no flag for. */
final class EndpointOptions {
    private static final String FROM_ENVIRONMENT = "env:";
    private static final String FROM_FILE = "file:";

    /** How the names of secrets end, however they are spelt: everybody on the machine can read the command line. */
    private static final Pattern SECRET =
            Pattern.compile(".*(key|secret|token|authori[sz]ation|password)", Pattern.CASE_INSENSITIVE);

    @Option(
            names = {"-o", "--option"},
            paramLabel = "NAME=VALUE",
            description = "any option of the endpoint, as its manual names it; may be repeated. A secret is given as"
                    + " NAME=env:VARIABLE or NAME=file:PATH")
    private List<String> options = List.of();

    /**
     * They, by name.
     *
     * @throws IllegalArgumentException if one is none, is given twice, or is a secret that stands on the command line
     */
    Map<String, Object> read(Environment environment) {
        Map<String, Object> all = new HashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                // It may be a value that lost its name.
                throw new IllegalArgumentException("--option takes NAME=VALUE");
            }
            String name = option.substring(0, equals);
            if (all.put(name, value(name, option.substring(equals + 1), environment)) != null) {
                throw new IllegalArgumentException("--option " + name + " is given twice");
            }
        }
        return all;
    }

    /**
     * Refuses options that would replace in silence what the command says by itself, in any of the spellings of Camel.
     *
     * @param instead what says it
     */
    static void refuse(Map<String, Object> given, String instead, String... names) {
        for (String option : given.keySet()) {
            for (String name : names) {
                if (option.replace("-", "").equalsIgnoreCase(name)) {
                    throw new IllegalArgumentException("--option " + option + " cannot be given: " + instead);
                }
            }
        }
    }

    private static String value(String name, String text, Environment environment) {
        if (!SECRET.matcher(name).matches()) {
            return text;
        }
        if (text.startsWith(FROM_ENVIRONMENT)) {
            String variable = text.substring(FROM_ENVIRONMENT.length());
            @Nullable String value = environment.get(variable);
            if (value == null || value.isEmpty()) {
                throw new IllegalArgumentException("--option " + name + ": the variable " + variable + " is not set");
            }
            return value;
        }
        if (text.startsWith(FROM_FILE)) {
            return content(name, Path.of(text.substring(FROM_FILE.length())));
        }
        throw new IllegalArgumentException("--option " + name + " is a secret, and everybody on this machine can read"
                + " command lines: write " + name + "=env:VARIABLE or " + name + "=file:PATH");
    }

    private static String content(String name, Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "--option " + name + ": " + file + " cannot be read: " + LocalFailure.reason(e), e);
        }
    }
}
