// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.state.file.SyntheticVersions;
import io.github.camelb2.sync.scan.disk.FileTimes;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many files in a JVM with 128 MiB of heap. With -Psoak: 20,000 files up, and 1,000,000 against 1,000,000; the figures are
 * in the log of the test.
 */
class SyncScaleTest {
    private static final Logger LOG = LoggerFactory.getLogger(SyncScaleTest.class);
    private static final boolean SOAK = Boolean.getBoolean("soak");
    private static final int UPLOADS = SOAK ? 20_000 : 1_500;
    private static final int FEW_NAMES = SOAK ? 200_000 : 4_000;
    private static final int NAMES = SOAK ? 1_000_000 : 20_000;
    private static final int MOVED = SOAK ? 1_000_000 : 500;
    private static final int COPIED = Integer.getInteger("moved", SOAK ? 1_000_000 : 300);
    private static final int WIDE = SOAK ? 1_000_000 : 10_000;
    private static final int VERSIONS = Integer.getInteger("versions", 100_000);
    /** Of files that look the same on both sides, for their content. */
    private static final int READ_AT_MOST = 32_768;

    private static final Pattern FIGURES = Pattern.compile("FIGURES wall=([\\d.]+)s cpu=([\\d.]+)s (.*)");

    @TempDir
    Path temp;

    @Test
    void manySmallFilesGoUpInLittleMemoryByAllWorkers() throws Exception {
        byte[] content = new byte[4096];
        for (int i = 0; i < UPLOADS; i++) {
            Path file = temp.resolve("source/d" + i / 1_000 + "/f" + i);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        }
        try (B2Emulator b2 = B2Emulator.builder().latency(Duration.ofMillis(20)).start()) {
            b2.state().createBucket("many-files");

            Matcher figures =
                    run(b2, "b2-sync:up?workers=10&source=" + temp.resolve("source") + "&destination=b2://many-files");

            long perSecond = (long) (UPLOADS / Double.parseDouble(figures.group(1)));
            LOG.info("{} files up with 20 ms of latency: {} a second, {}", UPLOADS, perSecond, figures.group());
            assertThat(b2.state().names("many-files")).hasSize(UPLOADS);
            assertThat(b2.maxConcurrent("b2_upload_file")).isBetween(2, 10);
            if (SOAK) {
                assertThat(perSecond).isGreaterThan(425);
            }
        }
    }

    @Test
    void treeThatIsTheSameOnBothSidesIsComparedInLittleMemory() throws Exception {
        try (B2Emulator b2 = B2Emulator.builder()
                .synthetic("few-names", FEW_NAMES)
                .synthetic("many-names", NAMES)
                .start()) {
            double few = compare(b2, "few-names", FEW_NAMES);
            double many = compare(b2, "many-names", NAMES);

            LOG.info(
                    "{} CPU seconds for each 100,000 names from {} to {}",
                    String.format(Locale.ROOT, "%.2f", (many - few) * 100_000 / (NAMES - FEW_NAMES)),
                    FEW_NAMES,
                    NAMES);
        }
    }

    @Test
    void namesAreCheckedInLittleMemory() throws Exception {
        try (B2Emulator b2 = B2Emulator.builder()
                .synthetic("here-names", NAMES)
                .synthetic("there-names", NAMES)
                .start()) {
            Matcher check = run(
                    b2,
                    "b2-sync:check?mode=check&verify=digest&source=b2://here-names&destination=b2://there-names&checkFile="
                            + temp.resolve("check"));

            LOG.info("{} names checked: {}", NAMES, check.group());
            assertThat(check.group(3)).contains("the same, " + NAMES + " equal, 0 different");
        }
    }

    /** A whole run but for the copies: both scans, the sorting outside of the heap, the reading of what came, and the plans. */
    @Test
    void movedNamesAreFoundInLittleMemory() throws Exception {
        Path source = temp.resolve("moved-names");
        for (int i = 0; i < MOVED; i++) {
            Path file = source.resolve("moved").resolve(SyntheticVersions.name(i));
            Files.createDirectories(file.getParent());
            Files.write(file, SyntheticVersions.bytes(i));
            Files.setLastModifiedTime(file, FileTimes.of(SyntheticVersions.modified(i)));
        }
        try (B2Emulator b2 =
                B2Emulator.builder().synthetic("moved-names", MOVED).start()) {
            Matcher figures = run(
                    b2,
                    "b2-sync:moved?trackRenames=sha1&dryRun=true&source=" + source + "&destination=b2://moved-names");

            LOG.info("{} moved names: {}", MOVED, figures.group());
            // One in a hundred is empty, and nothing moves for it.
            assertThat(figures.group(3))
                    .contains(MOVED / 100 + " upload, " + (MOVED - MOVED / 100) + " rename")
                    .contains("0 failed, 0 skipped");
        }
    }

    /** The same with all copies and removals. */
    @ParameterizedTest
    @ValueSource(strings = {"keepMode=delete", "keepMode=keepBeforeDelete&keepDays=30"})
    void movedNamesAreCopiedAndTheirOldNamesGoInLittleMemory(String keepMode) throws Exception {
        Path source = temp.resolve("moved-names");
        for (int i = 0; i < COPIED; i++) {
            Path file = source.resolve(SyntheticVersions.movedName(i));
            Files.createDirectories(file.getParent());
            Files.write(file, SyntheticVersions.bytes(i));
            Files.setLastModifiedTime(file, FileTimes.of(SyntheticVersions.modified(i)));
        }
        try (B2Emulator b2 =
                B2Emulator.builder().synthetic("moved-names", COPIED).start()) {
            String uri = "b2-sync:moved?trackRenames=sha1&maxDelete=unlimited&source=" + source
                    + "&destination=b2://moved-names&" + keepMode;

            Matcher figures = run(b2, uri);
            Matcher again = run(b2, uri);

            LOG.info("{} moved names copied, {}: {}", COPIED, keepMode, figures.group());
            String went = COPIED + (keepMode.equals("keepMode=delete") ? " delete" : " hide");
            assertThat(figures.group(3))
                    .contains(COPIED / 100 + " upload, " + (COPIED - COPIED / 100) + " rename")
                    .contains(went)
                    .contains("0 failed, 0 skipped");
            // Markers of these buckets are old from the beginning, so the next run takes them away.
            String old = keepMode.equals("keepMode=delete") ? "" : 2 * COPIED + " delete, ";
            // All that are not empty have the size of something that goes; so many of them are read at most.
            boolean areTooManyToRead = !old.isEmpty() && COPIED - COPIED / 100 > READ_AT_MOST;
            String log = Files.readString(temp.resolve("log"));
            assertThat(again.group(3))
                    .as(log)
                    .contains(COPIED + " compared, " + old + "0 failed, " + (areTooManyToRead ? 1 : 0) + " skipped");
            assertThat(log.contains("were not compared by content with what goes of their size"))
                    .isEqualTo(areTooManyToRead);
        }
    }

    /** Its names are read first, packed, and its entries looked at one by one. */
    @Test
    void oneWideDirectoryIsReadInLittleMemory() throws Exception {
        Path wide = Files.createDirectory(temp.resolve("wide"));
        for (int i = 0; i < WIDE; i++) {
            Files.createFile(wide.resolve("a name of some length " + i));
        }
        try (B2Emulator b2 = B2Emulator.builder().start()) {
            b2.state().createBucket("wide-bucket");

            Matcher figures =
                    run(b2, "96m", "b2-sync:wide?dryRun=true&source=" + wide + "&destination=b2://wide-bucket");

            LOG.info("{} entries of one directory: {}", WIDE, figures.group());
            assertThat(figures.group(3)).contains(WIDE + " compared, " + WIDE + " upload, 0 failed, 0 skipped");
        }
    }

    /** A log that was backed up for months; the oldest versions go, run by run, and what it shows stays. */
    @EnabledIfSystemProperty(named = "soak", matches = "true")
    @ParameterizedTest
    @ValueSource(strings = {"keepMode=delete", "keepMode=keepBeforeDelete&keepDays=1"})
    void nameWithVeryManyVersionsIsRemovedInLittleMemory(String keepMode) throws Exception {
        Path source = Files.createDirectory(temp.resolve("source"));
        Files.writeString(source.resolve("stays"), "x");
        Files.writeString(source.resolve("log"), "newest");
        SettableClock clock = new SettableClock();
        try (B2Emulator b2 = B2Emulator.builder().clock(clock).start()) {
            b2.state().createBucket("versions");
            byte[] content = {1};
            clock.at(Instant.now().minus(Duration.ofDays(10)).toEpochMilli(), () -> {
                for (int i = 0; i < VERSIONS; i++) {
                    b2.state().put("versions", "log", content, Map.of());
                }
                for (int i = 0; i < VERSIONS / 5; i++) {
                    b2.state().put("versions", "vanished", content, Map.of());
                }
                return content;
            });
            long before = b2.state().versions("versions").size();

            Matcher figures = run(
                    b2,
                    "64m",
                    "b2-sync:versions?source=" + source + "&destination=b2://versions&maxDelete=unlimited&" + keepMode);

            long after = b2.state().versions("versions").size();
            LOG.info("{} versions of a name, {}: {} went, {}", VERSIONS, keepMode, before - after, figures.group());
            assertThat(b2.state().names("versions"))
                    .as(Files.readString(temp.resolve("log")))
                    .containsExactly("log", "stays");
            assertThat(before - after).isGreaterThan(15_000);
        }
    }

    /** Compares a bucket with a directory of the same names, finds nothing to do, and returns the CPU seconds. */
    private double compare(B2Emulator b2, String bucket, int names) throws Exception {
        Path source = temp.resolve(bucket);
        for (int i = 0; i < names; i++) {
            Path file = source.resolve(SyntheticVersions.name(i));
            Files.createDirectories(file.getParent());
            Files.write(file, SyntheticVersions.bytes(i));
            Files.setLastModifiedTime(file, FileTimes.of(SyntheticVersions.modified(i)));
        }

        Matcher figures =
                run(b2, "b2-sync:names?source=" + source + "&destination=b2://" + bucket + "&keepMode=delete");

        LOG.info("{} names compared: {}", names, figures.group());
        assertThat(figures.group(3)).contains(names + " compared, 0 failed, 0 skipped");
        return Double.parseDouble(figures.group(2));
    }

    private Matcher run(B2Emulator b2, String uri) throws Exception {
        return run(b2, "128m", uri);
    }

    private Matcher run(B2Emulator b2, String memory, String uri) throws Exception {
        Path log = temp.resolve("log");
        Process process = SyncProcess.start(b2, log, memory, uri);
        assertThat(process.waitFor(SOAK ? 60 : 5, TimeUnit.MINUTES)).isTrue();
        Matcher figures = FIGURES.matcher(Files.readString(log));
        assertThat(figures.find()).as(Files.readString(log)).isTrue();
        return figures;
    }
}
