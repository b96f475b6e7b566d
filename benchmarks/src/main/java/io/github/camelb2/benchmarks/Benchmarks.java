// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import io.github.camelb2.benchmarks.cases.Case;
import io.github.camelb2.benchmarks.cases.Disk;
import io.github.camelb2.benchmarks.cases.Lab;
import io.github.camelb2.benchmarks.cases.Work;
import io.github.camelb2.benchmarks.report.Report;
import io.github.camelb2.benchmarks.report.Results;
import io.github.camelb2.benchmarks.report.Verdict;

/** Measures the cases that its command line names, or all, and prints a table for each as soon as it is there. Runs on Linux. */
@Command(
        name = "benchmarks/run.sh",
        mixinStandardHelpOptions = true,
        description = "Measures Camel B2 beside b2-sdk-java, rclone and b2sdk against the emulator.")
public final class Benchmarks implements Callable<Integer> {

    private static final Duration DELETED_IS_FORGOTTEN_AFTER = Duration.ofSeconds(65);
    private static final long FEW_DELETED = 1_000;

    private final PrintStream output;
    private final PrintStream progress;

    @Option(names = "--rounds", description = "How often each client does each thing; default: 3 (quick), 5 (full).")
    private @Nullable Integer rounds;

    @Option(names = "--work", description = "An existing directory with enough space; default: a temporary one.")
    private @Nullable Path work;

    @Option(
            names = "--results",
            defaultValue = "${sys:benchmarks.results}",
            description =
                    "A directory that gets the tables and a chart of the day; default: benchmarks/results, with the script.")
    private @Nullable Path results;

    @Option(
            names = "--day",
            description = "The day whose results are added to or refreshed, as in 2026-11-29; default: today.")
    private LocalDate day = LocalDate.now(ZoneOffset.UTC);

    @Parameters(
            description = "quick (default) or full, and the cases to run: ${COMPLETION-CANDIDATES}",
            completionCandidates = CaseNames.class)
    private List<String> words = new ArrayList<>();

    Benchmarks(PrintStream output, PrintStream progress) {
        this.output = output;
        this.progress = progress;
    }

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(new CommandLine(new Benchmarks(System.out, System.err)).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Scale scale = takeScale();
        List<Case> cases = named(words);
        List<Verdict> verdicts = new ArrayList<>();
        for (Case one : cases) {
            progress.println(one.name());
            Report report = measure(one, scale);
            if (results != null) {
                new Results(results, day, machine()).add(one.name(), report);
            }
            output.print(report.text());
            output.flush();
            verdicts.addAll(report.verdicts());
        }
        output.printf(
                "%n%d figures missed, %d not measured%n",
                verdicts.stream().filter(Verdict::isMissed).count(),
                verdicts.stream().filter(verdict -> !verdict.isMeasured()).count());
        return 0;
    }

    private Report measure(Case one, Scale scale) throws Exception {
        Report report;
        long files;
        try (Work directory = Work.below(work)) {
            Lab lab = new Lab(scale, rounds == null ? scale.rounds() : rounds, directory.path(), progress);
            report = one.measure(lab);
            lab.quietness().notes().forEach(report::note);
            files = directory.files();
        }
        if (scale != Scale.SMOKE && files > FEW_DELETED) {
            forgetDeleted(files);
        }
        return report;
    }

    /**
     * ext4 without a journal gives out no inode within a minute after its file was deleted, and looks at each such inode whenever it makes a file:
     * those of one case would slow the next one down, also where that is another run of this program.
     */
    private void forgetDeleted(long files) throws IOException, InterruptedException {
        progress.printf("  waits until the disk has forgotten %,d files%n", files);
        // What the disk has not written yet it remembers for minutes.
        Disk.await();
        Thread.sleep(DELETED_IS_FORGOTTEN_AFTER.toMillis());
    }

    private static String machine() {
        return "%d processors, %s %s, JDK %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.version());
    }

    private Scale takeScale() {
        for (Scale scale : Scale.values()) {
            if (words.remove(scale.name().toLowerCase(Locale.ROOT))) {
                return scale;
            }
        }
        return Scale.QUICK;
    }

    private static List<Case> named(List<String> names) {
        if (names.isEmpty()) {
            return Case.all();
        }
        List<Case> cases = new ArrayList<>();
        for (String name : names) {
            cases.add(Case.all().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                            () -> new IllegalArgumentException("There is no case " + name + ", only " + caseNames())));
        }
        return cases;
    }

    private static List<String> caseNames() {
        return Case.all().stream().map(Case::name).toList();
    }

    /** For the help text. */
    static final class CaseNames extends ArrayList<String> {
        CaseNames() {
            super(caseNames());
        }
    }
}
