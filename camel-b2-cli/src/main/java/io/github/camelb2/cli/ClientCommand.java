// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands have in common that work on B2: whose files, where to say what, and what the exit code is. */
abstract class ClientCommand implements Callable<Integer> {
    /** What JVMs put where an argument has bytes that they cannot decode. */
    private static final char UNDECODED = '\ufffd';

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final Login login = new Login();

    @Option(names = "--json", description = "answer in JSON, one object a line")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "log what is done, and where a failure comes from, on standard error")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this text and exit")
    private boolean help;

    private final Shell shell;
    private final Screen screen;
    private final Stop stop = new Stop();

    ClientCommand(Shell shell) {
        this.shell = shell;
        this.screen = new Screen(shell);
    }

    /**
     * Does it; the exit code.
     *
     * @throws IllegalArgumentException if what was asked for cannot be, before anything was changed
     */
    abstract int run() throws Exception;

    @Override
    public final Integer call() {
        if (verbose) {
            // Read by the logger of the runner when it is first used.
            System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "info");
        }
        try {
            refuseUndecoded();
            int code = run();
            screen.flush();
            return code;
        } catch (ParameterException e) {
            throw e;
        } catch (Exception e) {
            return stop.isAsked() ? stopped() : new Failures(screen, verbose).tell(e);
        } finally {
            stop.end();
        }
    }

    /** What is said where a signal came before everything was done. */
    int stopped() {
        screen.bar("");
        screen.say("INCOMPLETE: stopped before the end");
        return ExitCodes.INCOMPLETE;
    }

    /** Whether a signal came: what is not begun is not begun any more. */
    boolean isStopping() {
        return stop.isAsked();
    }

    // The file would be another one, or none.
    private void refuseUndecoded() {
        for (String argument : spec().commandLine().getParseResult().originalArgs()) {
            if (argument.indexOf(UNDECODED) >= 0) {
                throw usage("this Java cannot decode the argument " + argument
                        + ": start it with LC_ALL=C.UTF-8, as the script camel-b2 does");
            }
        }
    }

    /** A command line that cannot be. */
    ParameterException usage(String message) {
        return new ParameterException(spec().commandLine(), Printable.of(message));
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "spec");
    }

    /**
     * A session with the account that the options name.
     *
     * @param retries for how long a call is tried again; null for as long as the component does
     * @param grace   how long work that is under way may go on after a signal
     */
    Session open(@Nullable Duration retries, Duration grace) {
        return open(retries, grace, (bytes, total) -> {});
    }

    Session open(@Nullable Duration retries, Duration grace, Hearing.Moved moved) {
        return new Session(login.find(shell.environment()), retries, new Hearing(screen, moved), grace, stop);
    }

    Shell shell() {
        return shell;
    }

    Screen screen() {
        return screen;
    }

    Login login() {
        return login;
    }

    boolean isJson() {
        return json;
    }
}
