// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@EnabledOnOs(value = OS.LINUX, disabledReason = "Processes are measured with what Linux says of them")
class ChildProcessTest {

    @TempDir
    Path logs;

    @Test
    void processorTimeMemoryAndFiguresOfAChildAreRead() throws Exception {
        Measurement run = shell("i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; echo 'figure loops '$i");

        assertThat(run.cpuSeconds()).isBetween(0.05, 20.0);
        assertThat(run.wallSeconds()).isGreaterThan(0.9 * run.cpuSeconds());
        assertThat(run.peakBytes()).isBetween(200L << 10, 100L << 20);
        assertThat(run.figure("loops")).isEqualTo(300_000);
    }

    @Test
    void aChildThatOnlyWaitsCostsNoProcessorTime() throws Exception {
        Measurement run = shell("sleep 0.4");

        assertThat(run.wallSeconds()).isGreaterThan(0.4);
        assertThat(run.cpuSeconds()).isLessThan(0.2);
    }

    @Test
    void aFailedChildIsAnErrorThatShowsWhatItPrinted() {
        assertThatThrownBy(() -> shell("echo out of luck >&2; exit 3"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended with 3")
                .hasMessageContaining("out of luck");
    }

    private Measurement shell(String script) throws Exception {
        return new ChildProcess(logs).run(List.of("sh", "-c", script), Map.of());
    }
}
