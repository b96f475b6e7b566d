// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.IOException;

/** What a command has to say can be written no more. */
final class OutputLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean nobodyReads;

    OutputLostException(IOException cause, boolean nobodyReads) {
        super("standard output cannot be written: " + cause.getMessage(), cause);
        this.nobodyReads = nobodyReads;
    }

    /** Whether the reader of a pipe has gone, which is no fault; else the disk is full, or the like. */
    boolean nobodyReads() {
        return nobodyReads;
    }
}
