// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.apache.camel.CamelExecutionException;
import org.apache.camel.FailedToCreateProducerException;
import org.apache.camel.ResolveEndpointFailedException;

import io.github.camelb2.sync.report.SyncIncompleteException;

/** Says in one line what failed, and what the shell is told. */
final class Failures {
    private final Screen screen;
    private final boolean verbose;

    Failures(Screen screen, boolean verbose) {
        this.screen = screen;
        this.verbose = verbose;
    }

    /** The exit code. */
    int tell(Throwable thrown) {
        screen.bar("");
        Throwable failure = said(thrown);
        if (failure instanceof OutputLostException lost && lost.nobodyReads()) {
            return ExitCodes.NOBODY_READS;
        }
        screen.say("camel-b2: " + message(failure));
        if (verbose) {
            StringWriter trace = new StringWriter();
            thrown.printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(line -> screen.say("    " + line.strip()));
        }
        if (failure instanceof SyncIncompleteException) {
            return ExitCodes.INCOMPLETE;
        }
        return failure instanceof IllegalArgumentException ? ExitCodes.USAGE : ExitCodes.FAILED;
    }

    /** What Camel says around it quotes URIs that no user of a command line has written. */
    private static Throwable said(Throwable thrown) {
        Throwable failure = thrown;
        while (failure.getCause() != null
                && (failure instanceof CamelExecutionException
                        || failure instanceof ResolveEndpointFailedException
                        || failure instanceof FailedToCreateProducerException)) {
            failure = failure.getCause();
        }
        return failure;
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }
}
