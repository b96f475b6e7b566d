// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.client;

import java.io.PrintStream;

/** What a program under measurement says about itself, for the program that measures it. */
final class Figures {

    private final PrintStream output;

    Figures(PrintStream output) {
        this.output = output;
    }

    /** Prints a figure as one line. */
    void print(String name, double value) {
        output.println("figure " + name + " " + value);
    }
}
