// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import io.github.camelb2.benchmarks.cases.Case;
import io.github.camelb2.benchmarks.cases.Lab;
import io.github.camelb2.benchmarks.report.Report;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs every case with small figures: not for the figures, but so that the benchmarks still run when they are wanted. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "Processes are measured with what Linux says of them")
class SmokeTest {

    @TempDir
    Path work;

    /** Of the cases that differ in a latency, a rate or what has changed only, one. */
    static List<Case> everyCase() {
        List<String> same = List.of("large-file", "small-files", "sync-up-latency", "sync-changed", "sync-across");
        return Case.all().stream().filter(one -> !same.contains(one.name())).toList();
    }

    @ParameterizedTest
    @MethodSource("everyCase")
    void everyCaseRunsAndPrintsATable(Case one) throws Exception {
        Report report = one.measure(new Lab(Scale.SMOKE, 1, work, System.err));

        assertThat(report.text()).contains("== " + one.name(), "idle", "camel-b2");
        assertThat(report.text()).doesNotContain("NaN");
    }

    @Test
    void anUnknownCaseIsRefusedByName() {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

        int code = new CommandLine(new Benchmarks(nowhere, nowhere))
                .setErr(new java.io.PrintWriter(errors, true, StandardCharsets.UTF_8))
                .execute("quick", "no-such-case");

        assertThat(code).isNotZero();
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("no-such-case", "large-file");
    }
}
