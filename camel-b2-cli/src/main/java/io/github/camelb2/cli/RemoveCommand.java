// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hides files, or deletes their versions for ever. */
@Command(
        name = "rm",
        description = {
            "Hides a file: it is listed and read by its name no more, and its versions stay, and cost.",
            "With --versions deletes all versions for ever."
        },
        sortOptions = false,
        footer = {"", "camel-b2 rm b2://my-bucket/old.csv", "camel-b2 rm -r --versions --dry-run b2://my-bucket/2019/"})
final class RemoveCommand extends ClientCommand {
    private static final Duration RETRIES = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(10);

    @Parameters(
            index = "0",
            paramLabel = "b2://BUCKET/PATH",
            description = "a file; with -r a bucket or a folder; or b2id://FILE_ID for one version")
    private String place = "";

    @Option(
            names = {"-r", "--recursive"},
            description = "all files in the bucket or the folder")
    private boolean recursive;

    @Option(names = "--versions", description = "delete all versions and hide markers, for ever")
    private boolean versions;

    @Option(
            names = {"-n", "--dry-run"},
            description = "only say what would be done")
    private boolean dryRun;

    @Option(
            names = {"-y", "--yes"},
            description = "do not ask; needed with -r, --versions and b2id:// where nobody can answer")
    private boolean yes;

    @Option(names = "--bypass-governance", description = "delete also what is under retention in governance mode")
    private boolean bypassGovernance;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "10", description = "how many at a time; default 10")
    private int threads = 10;

    RemoveCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run() throws Exception {
        B2Place what = B2Place.parse(place);
        boolean isVersion = what.fileId() != null;
        if (what.isFolder() && !recursive) {
            throw usage(place + " is a bucket or a folder: with -r all files in it are removed");
        }
        if (isVersion && (recursive || versions)) {
            throw usage("b2id:// names one version: -r and --versions mean something else");
        }
        if (threads < 1 || threads > Removal.MOST_THREADS) {
            throw usage("--threads takes a number from 1 to " + Removal.MOST_THREADS);
        }
        boolean isForEver = versions || isVersion;
        if (!dryRun && !yes && (recursive || isForEver) && !agrees(what, isForEver)) {
            screen().say("Nothing was removed.");
            return ExitCodes.FAILED;
        }
        try (Session session = open(RETRIES, GRACE)) {
            Removal removal = new Removal(session, screen(), isJson(), threads, dryRun, this::isStopping);
            Map<String, Object> governance = new HashMap<>();
            if (bypassGovernance) {
                governance.put(io.github.camelb2.B2Constants.BYPASS_GOVERNANCE, true);
            }
            if (isVersion) {
                removal.version(what, governance);
            } else if (versions) {
                removal.versions(what, recursive, governance);
            } else {
                removal.names(what, recursive);
            }
            return tell(removal, what, isForEver);
        }
    }

    private boolean agrees(B2Place what, boolean isForEver) throws IOException {
        String question = (isForEver ? "Delete for ever " : "Hide ")
                + (recursive ? "all files in " + new B2Place(what.bucket(), what.prefix(), null) : what.toString());
        if (!shell().terminal().in()) {
            throw usage(question + "? Nobody can answer here: say --yes, or look first with --dry-run");
        }
        screen().ask(question + "? [y/N]");
        @Nullable
        String answer = new BufferedReader(new InputStreamReader(shell().in(), StandardCharsets.UTF_8)).readLine();
        return answer != null
                && answer.strip().toLowerCase(java.util.Locale.ROOT).matches("y|yes");
    }

    private int tell(Removal removal, B2Place what, boolean isForEver) {
        screen().flush();
        if (!isJson()) {
            screen().say((dryRun ? "would have " : "")
                    + (isForEver ? "deleted " : "hidden ")
                    + removal.done()
                    + (removal.failed() > 0 ? ", " + removal.failed() + " failed" : "")
                    + (removal.unfinished() > 0
                            ? ", left alone " + removal.unfinished() + " large files that are being uploaded"
                            : ""));
        }
        if (isStopping()) {
            return stopped();
        }
        if (removal.failed() > 0) {
            screen().say("INCOMPLETE: " + removal.failed() + " failed; everything else is done");
            return ExitCodes.INCOMPLETE;
        }
        if (removal.done() == 0) {
            screen().say("camel-b2: nothing is called " + what);
            return ExitCodes.FAILED;
        }
        return ExitCodes.OK;
    }
}
