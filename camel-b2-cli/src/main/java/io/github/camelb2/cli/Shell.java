// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import io.github.camelb2.account.Environment;

/**
 * What a command is started from: its streams and its environment.
 *
 * @param in          standard input
 * @param out         standard output
 * @param err         standard error
 * @param environment where credentials may stand
 * @param terminal    which of the streams a person sits at
 * @param isPipe      whether standard output is a pipe: nothing but a reader that has gone breaks one
 */
record Shell(
        InputStream in,
        OutputStream out,
        OutputStream err,
        Environment environment,
        Terminal terminal,
        boolean isPipe) {
    /** Says which streams are a terminal, in the words in, out and err; the launcher asks the system. */
    private static final String TERMINAL = "camel.b2.terminal";

    private static final Path OUT = Path.of("/proc/self/fd/1");

    /** Which of the streams a person sits at. */
    record Terminal(boolean in, boolean out, boolean err) {
        /** None of them. */
        static final Terminal NONE = new Terminal(false, false, false);
    }

    /** That of this process. */
    static Shell system() {
        return new Shell(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                System::getenv,
                ofThisProcess(),
                writesToPipe());
    }

    private static Terminal ofThisProcess() {
        String said = System.getProperty(TERMINAL);
        if (said == null) {
            // Until Java 21 there is a console where both standard input and output are a terminal, and only there.
            boolean both = System.console() != null && Runtime.version().feature() < 22;
            return new Terminal(both, both, both);
        }
        return new Terminal(said.contains("in"), said.contains("out"), said.contains("err"));
    }

    /** Where the system tells. */
    private static boolean writesToPipe() {
        try {
            return Files.readSymbolicLink(OUT).toString().matches("(pipe|socket):.*");
        } catch (IOException | InvalidPathException | UnsupportedOperationException e) {
            return false;
        }
    }
}
