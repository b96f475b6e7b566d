// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
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

    /** One of each kind of transfer, so that no program rots unseen; the profile {@code full} runs the others. */
    private static final List<String> KINDS = List.of(
            "small-files-latency",
            "listing",
            "sync-up",
            "sync-down",
            "sync-removals",
            "dynamic-uris",
            "consumer-sweep",
            "emulator-start");

    static List<Case> oneOfEachKind() {
        return Case.all().stream().filter(one -> KINDS.contains(one.name())).toList();
    }

    static List<Case> theOthers() {
        return Case.all().stream().filter(one -> !KINDS.contains(one.name())).toList();
    }

    @ParameterizedTest
    @MethodSource("oneOfEachKind")
    void everyKindOfCaseRunsAndPrintsATable(Case one) throws Exception {
        Report report = one.measure(new Lab(Scale.SMOKE, 1, work, System.err));

        assertThat(report.text()).contains("== " + one.name(), "idle", "camel-b2");
        assertThat(report.text()).doesNotContain("NaN");
    }

    @ParameterizedTest
    @MethodSource("theOthers")
    @Tag("full")
    void everyOtherCaseRunsAndPrintsATable(Case one) throws Exception {
        everyKindOfCaseRunsAndPrintsATable(one);
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
