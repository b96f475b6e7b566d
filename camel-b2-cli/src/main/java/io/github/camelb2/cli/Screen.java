// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes lines to standard output, and messages and a bar that is drawn over to standard error, so that neither gets into
 * the other; always UTF-8, as names in B2 are. Thread-safe.
 */
final class Screen {
    private static final String BACK_TO_EMPTY_LINE = "\r\033[K";

    private final OutputStream out;
    private final OutputStream err;
    private final boolean isWatched;
    private final boolean isPipe;
    private String bar = "";

    Screen(Shell shell) {
        this.out = new BufferedOutputStream(shell.out(), 1 << 16);
        this.err = shell.err();
        this.isWatched = shell.terminal().out();
        this.isPipe = shell.isPipe();
    }

    /**
     * A line of what the command answers.
     *
     * @throws OutputLostException if it cannot be written
     */
    synchronized void line(String text) {
        try {
            eraseBar();
            out.write((Printable.of(text) + "\n").getBytes(StandardCharsets.UTF_8));
            // Who watches wants to see it now; in files and pipes it is written with others.
            if (isWatched || !bar.isEmpty()) {
                out.flush();
            }
            drawBar();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * Bytes of content, as they are.
     *
     * @throws OutputLostException if they cannot be written
     */
    synchronized void content(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * Writes what is left of the answer.
     *
     * @throws OutputLostException if it cannot be written
     */
    synchronized void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** A message to a person, beside the answer; lost where standard error is closed. */
    synchronized void say(String text) {
        eraseBar();
        // Not standard output, which may be the reason of the message.
        tell(Printable.of(text) + "\n");
        drawBar();
    }

    /** A question; its answer is typed behind it. */
    synchronized void ask(String text) {
        tell(Printable.of(text) + " ");
    }

    /** Draws the bar anew; empty for none. */
    synchronized void bar(String text) {
        if (text.isEmpty()) {
            eraseBar();
        }
        bar = Printable.of(text);
        drawBar();
    }

    private void drawBar() {
        if (!bar.isEmpty()) {
            tell("\r" + bar + "\033[K");
        }
    }

    private void eraseBar() {
        if (!bar.isEmpty()) {
            tell(BACK_TO_EMPTY_LINE);
        }
    }

    private void tell(String text) {
        try {
            err.write(text.getBytes(StandardCharsets.UTF_8));
            err.flush();
        } catch (IOException e) {
            // There is nobody to tell it to; the exit code still says how it ended.
            bar = "";
        }
    }

    private OutputLostException lost(IOException e) {
        // In the language of the machine, where it is not a pipe that the system shows.
        boolean nobodyReads = isPipe || String.valueOf(e.getMessage()).contains("Broken pipe");
        return new OutputLostException(e, nobodyReads);
    }
}
