// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

/** What the process says to the shell; a signal ends it with 128 and its number, as any. */
final class ExitCodes {
    /** Everything that was asked for is done. */
    static final int OK = 0;

    /** It failed. */
    static final int FAILED = 1;

    /** Nothing was begun: the command line cannot be. */
    static final int USAGE = 2;

    /** It was begun, and not all of it is done: what failed or was withheld is named, everything else was done. */
    static final int INCOMPLETE = 3;

    /** Whoever read standard output has gone, as {@code head} does; a shell says the same of what SIGPIPE ended. */
    static final int NOBODY_READS = 141;

    private ExitCodes() {}
}
