// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.github.camelb2.sync.B2SyncComponent;
import io.github.camelb2.sync.B2SyncConstants;
import io.github.camelb2.sync.check.CheckFailedException;
import io.github.camelb2.sync.check.CheckReport;
import io.github.camelb2.sync.check.Finding;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncProgress;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.scrub.ScrubFailedException;
import io.github.camelb2.sync.scrub.ScrubReport;

/** Runs {@code b2-sync:} once. */
@Command(
        name = "sync",
        description =
                "Makes a place have what another has: a directory and a bucket, in either direction, or two buckets.",
        sortOptions = false,
        footer = {
            "",
            "camel-b2 sync /data/photos b2://my-bucket/photos",
            "camel-b2 sync --delete --dry-run b2://my-bucket/site /var/www"
        })
final class SyncCommand extends ClientCommand {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(10);
    private static final int MOST_FAILURES_TOLD = 20;
    /** What a name that stands in a URI would not keep. */
    private static final Pattern NOT_LITERAL = Pattern.compile("[?%#{}]");

    @Parameters(index = "0", paramLabel = "SOURCE", description = "a directory, or b2://BUCKET[/PATH]")
    private String source = "";

    @Parameters(index = "1", paramLabel = "DESTINATION", description = "a directory, or b2://BUCKET[/PATH]")
    private String destination = "";

    @Mixin
    private final SyncFlags flags = new SyncFlags();

    @Mixin
    private final EndpointOptions options = new EndpointOptions();

    @Option(
            names = {"-q", "--quiet"},
            description = "no line for each file")
    private boolean quiet;

    @Option(names = "--no-progress", description = "no bar on a terminal, no lines with the time in a log")
    private boolean noProgress;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "camel-b2",
            description = "names the sync in reports and in files of its state; default ${DEFAULT-VALUE}")
    private String name = "camel-b2";

    /** Standard output was lost: the sync goes on, and its exit code says it. */
    private final AtomicReference<@Nullable OutputLostException> lost = new AtomicReference<>();

    SyncCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run() throws Exception {
        Map<String, Object> all = new HashMap<>(options.read(shell().environment()));
        EndpointOptions.refuse(all, "SOURCE and DESTINATION say it", "source", "destination");
        EndpointOptions.refuse(all, "camel-b2 listens by itself", "reportTo", "progressListener");
        if (NOT_LITERAL.matcher(name).find()) {
            throw usage("--name cannot have ? % # { or } in it: choose another name for the sync");
        }
        if (!B2Place.isOne(source) && Files.isRegularFile(Path.of(source))) {
            throw usage(source + " is a file, and sync takes directories: use camel-b2 cp");
        }
        flags.addTo(all);
        try (Session session = open(null, GRACE)) {
            boolean isGood = told(sync(session, all));
            OutputLostException cause = lost.get();
            if (cause != null) {
                throw cause;
            }
            return isGood ? ExitCodes.OK : ExitCodes.INCOMPLETE;
        }
    }

    /** Whether it was a run that is complete, a check that found nothing else than equal names, or a scrub without damage. */
    private boolean told(Object report) {
        if (report instanceof CheckReport check) {
            tell(check);
            return check.isEqual();
        }
        if (report instanceof ScrubReport scrub) {
            tell(scrub);
            return scrub.isGood();
        }
        if (!(report instanceof SyncReport ofRun)) {
            // What is explained is for people.
            screen().line(String.valueOf(report));
            screen().flush();
            return true;
        }
        tell(ofRun);
        return isComplete(ofRun);
    }

    /** A report of a run, or of a check. */
    private Object sync(Session session, Map<String, Object> all) throws Exception {
        CamelContext context = session.context();
        Lines.listen(context, this::done);
        B2SyncComponent component = context.getComponent("b2-sync", B2SyncComponent.class);
        // Not by a URI, which would be decoded.
        component.getConfiguration().setSource(source);
        component.getConfiguration().setDestination(destination);
        component.getConfiguration().setReportTo(Lines.URI);
        boolean isBar = shell().terminal().err();
        try (Progress progress =
                new Progress(name, screen(), isBar && !noProgress, InstantSource.system(), BETWEEN_LINES)) {
            if (!noProgress) {
                component.getConfiguration().setProgressListener((sync, now) -> show(progress, now));
            }
            Endpoint endpoint = session.endpoint("b2-sync:" + name, all);
            Exchange answer = session.send(endpoint, Map.of(), "");
            return answer.getMessage().getBody();
        } catch (SyncIncompleteException e) {
            return e.report();
        } catch (CheckFailedException e) {
            return e.report();
        } catch (ScrubFailedException e) {
            return e.report();
        }
    }

    private static void show(Progress progress, SyncProgress now) {
        boolean isFinal = now.phase() != SyncProgress.Phase.SCANNING && now.phase() != SyncProgress.Phase.IDLE;
        progress.show(
                now.bytesMoved(),
                isFinal ? now.bytesPlanned() : -1,
                now.compared() + " compared, " + now.done() + " of " + now.planned() + (isFinal ? "" : "+") + " done"
                        + (now.failed() > 0 ? ", " + now.failed() + " failed" : ""));
    }

    /** An action has ended. */
    private void done(Exchange exchange) {
        boolean isDone = exchange.getProperty(Exchange.EXCEPTION_CAUGHT) == null;
        if (quiet || !isDone || lost.get() != null) {
            return;
        }
        try {
            screen().line(isJson() ? json(exchange) : exchange.getMessage().getBody(String.class));
        } catch (OutputLostException e) {
            lost.compareAndSet(null, e);
        }
    }

    private static String json(Exchange exchange) {
        Map<String, @Nullable Object> members = Json.members(
                "event", exchange.getMessage().getHeader(B2SyncConstants.ACTION),
                "path", exchange.getMessage().getHeader(B2SyncConstants.PATH),
                "bytes", exchange.getMessage().getHeader(B2SyncConstants.BYTES));
        Object id = exchange.getMessage().getHeader(B2SyncConstants.FILE_ID);
        if (id != null) {
            members.put("fileId", id);
        }
        return Json.line(members);
    }

    /** A run that was stopped while it scanned has failed in nothing, and yet has not seen everything. */
    private boolean isComplete(SyncReport report) {
        return report.isComplete() && !isStopping();
    }

    private void tell(ScrubReport report) {
        report.damage().forEach(found -> screen().line(isJson() ? Json.of(found) : found.what()));
        screen().line(isJson() ? Json.of(report) : report.summary());
        screen().flush();
    }

    private void tell(CheckReport report) {
        for (Finding finding : report.findings()) {
            screen().line(isJson() ? Json.of(finding) : finding.verdict().sign() + " " + finding.path());
        }
        screen().line(isJson() ? Json.of(report) : report.summary());
        screen().flush();
        report.notes().stream().limit(MOST_FAILURES_TOLD).forEach(note -> screen().say("note: " + note));
    }

    private void tell(SyncReport report) {
        if (lost.get() == null) {
            screen().line(isJson() ? Json.of(report, isComplete(report)) : report.summary());
            screen().flush();
        }
        if (isComplete(report)) {
            return;
        }
        report.failures().stream().limit(MOST_FAILURES_TOLD).forEach(failure -> screen().say(
                        "failed: " + (failure.path().isEmpty() ? "" : failure.path() + ": ") + failure.reason()));
        long others = report.failureCount() - Math.min(report.failures().size(), MOST_FAILURES_TOLD);
        if (others > 0) {
            screen().say("failed: " + others + " more; --report-file FILE keeps all of them");
        }
        report.withheld().forEach(kept -> screen().say("withheld: " + kept.names() + " removals: " + kept.reason()));
        screen().say("INCOMPLETE: " + (isStopping() ? "stopped before the end, " : "") + report.failureCount()
                + " failed, " + report.withheldNames() + " removals withheld; "
                + (isStopping() ? "the next run does the rest" : "everything else is done"));
    }
}
