// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a download asks of the operating system, in its own words: by strace, where it is installed. */
@Timeout(120)
class FsyncTest {
    private static final Logger LOG = LoggerFactory.getLogger(FsyncTest.class);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Path STRACE = Path.of("/usr/bin/strace");

    @TempDir
    Path directory;

    private B2Emulator b2;
    private Path target;

    @BeforeEach
    void givenFile() throws IOException {
        if (!Files.isExecutable(STRACE)) {
            LOG.warn("SKIPPED: strace is not installed, so that nothing proves that downloads are forced to the disk");
        }
        assumeTrue(Files.isExecutable(STRACE), "strace is not installed");
        b2 = B2Emulator.start();
        b2.state().createBucket("transfers");
        b2.state().put("transfers", "a", new byte[100_000]);
        Files.createDirectory(directory.resolve("temporary"));
        target = Files.createDirectory(directory.resolve("down")).resolve("a");
    }

    @AfterEach
    void close() {
        if (b2 != null) {
            b2.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "always"})
    void theContentIsForcedBeforeItsNameCountsAndTheDirectoryAfterIt(String fsync) throws Exception {
        List<String> calls = download("-Dfsync=" + fsync);

        assertThat(calls).hasSize(3);
        assertThat(calls.get(0)).startsWith("fsync " + target.getParent() + "/.b2-");
        assertThat(calls.get(1)).isEqualTo("rename " + target);
        assertThat(calls.get(2)).isEqualTo("fsync " + target.getParent());
    }

    @Test
    void neverLeavesItToTheOperatingSystem() throws Exception {
        assertThat(download("-Dfsync=never")).containsExactly("rename " + target);
    }

    /** The names that were forced to the disk and given below the target's directory, in order. */
    private List<String> download(String option) throws Exception {
        Path trace = directory.resolve("trace");
        run(List.of(
                STRACE.toString(),
                "-f",
                "-y",
                "-s",
                "1000",
                "-o",
                trace.toString(),
                "-e",
                "trace=fsync,fdatasync,rename,renameat,renameat2",
                option));
        assertThat(target).hasBinaryContent(new byte[100_000]);
        Pattern forced = Pattern.compile("(?:fsync|fdatasync)\\([0-9]+<([^>]*)>.*");
        Pattern renamed = Pattern.compile("rename(?:at2?)?\\(.*\"([^\"]*)\"[^\"]*");
        List<String> calls = new ArrayList<>();
        for (String line : Files.readAllLines(trace)) {
            String call = line.replaceFirst("^[0-9]+ +", "");
            Matcher force = forced.matcher(call);
            Matcher rename = renamed.matcher(call);
            if (force.matches() && force.group(1).startsWith(target.getParent().toString())) {
                calls.add("fsync " + force.group(1));
            } else if (rename.matches()
                    && rename.group(1).startsWith(target.getParent().toString())) {
                calls.add("rename " + rename.group(1));
            }
        }
        return calls;
    }

    private void run(List<String> before) throws Exception {
        Process process = TransferProcess.start(
                before, b2, directory.resolve("temporary"), 5_000_000, "down", "transfers", "a", target);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(directory.resolve("process.log")))
                .isZero();
    }
}
