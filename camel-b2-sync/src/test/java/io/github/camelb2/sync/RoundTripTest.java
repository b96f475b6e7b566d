// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;

/** What went up comes down, whatever it is called; what does not is told in both directions, and stays where it is. */
class RoundTripTest extends SyncTestSupport {
    private static final int SEEDS = 12;
    private static final List<String> PARTS = List.of(
            "a",
            "b",
            ".",
            "..",
            "...",
            " ",
            "a ",
            " a",
            "a.",
            "-",
            "--",
            "a:b",
            "C:",
            "a\\b",
            "..\\x",
            "\\",
            "notes.b2.sync.tmp",
            ".x.b2tmp",
            ".b2-1.b2tmp",
            ".b2-00112233445566778899aabbccddeeff.b2tmp",
            ".b2-run-x.b2.sync.tmp",
            "CON",
            "nul.txt",
            "aux",
            "é",
            "e\u0301",
            "\u212B",
            "\uFFFD",
            "\uE000",
            "😀",
            "%2F",
            "%",
            "+",
            "?",
            "*",
            "\"",
            "'",
            "|",
            "<>",
            "~",
            "$x",
            "#",
            "a\nb",
            "a\tb",
            "\u0001",
            "\u007F",
            "\u0085",
            "\u202E",
            "z".repeat(255),
            "é".repeat(127),
            "con.b2.sync.tmp",
            "...b2tmp",
            "!",
            "a!",
            "a-",
            "a0");

    @Test
    void whatWentUpComesDownAndWhatDoesNotIsToldBothWays() throws Exception {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Path from = Files.createDirectory(temp.resolve("from" + seed));
            Path to = temp.resolve("to" + seed);
            String place = bucketUri() + "/" + seed;
            fill(from, new Random(seed));
            Map<String, String> before = tree(from);

            SyncReport up = report(trySync("RAW(" + from + ")", place, "keepMode=delete", "allowEmptySource=true"));
            Set<String> leftUp = left(up);
            SyncReport down = report(trySync(place, "RAW(" + to + ")", "keepMode=delete", "allowEmptySource=true"));

            Map<String, String> expected = new HashMap<>(before);
            expected.keySet().removeIf(name -> isCovered(name, leftUp) || isCovered(name, left(down)));
            assertThat(tree(to)).as("seed %d", seed).isEqualTo(expected);
            assertThat(before.keySet()).as("seed %d", seed).allSatisfy(name -> assertThat(
                            expected.containsKey(name) || isCovered(name, leftUp))
                    .as(name)
                    .isTrue());
            assertThat(report(trySync("RAW(" + from + ")", place, "keepMode=delete", "allowEmptySource=true"))
                            .actions())
                    .isZero();
            assertThat(report(trySync(place, "RAW(" + to + ")", "keepMode=delete", "allowEmptySource=true"))
                            .actions())
                    .isZero();
        }
    }

    /** An upgrade, an option or another machine must not turn yesterday's backup into a vanished name. */
    @Test
    void whatIsLeftOutKeepsItsCopyAndAllBelowIt() throws Exception {
        given("file", 10);
        Files.createSymbolicLink(source.resolve("broken"), temp.resolve("nowhere"));
        Files.createSymbolicLink(source.resolve("out"), Files.createDirectory(temp.resolve("elsewhere")));
        Files.createSymbolicLink(source.resolve("loop"), source);
        assertThat(new ProcessBuilder("mkfifo", source.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        List<String> kept = List.of("broken", "broken/x", "loop/x", "out", "out/x", "pipe", "pipe/x");
        kept.forEach(name -> givenInBucket(name, "kept", 100));
        givenInBucket("gone", "gone", 100);

        SyncReport report =
                sync(source.toString(), bucketUri(), "keepMode=delete", "maxDelete=unlimited", "symlinks=followWithin");

        assertThat(bucketTree()).containsKeys(kept.toArray(String[]::new)).doesNotContainKey("gone");
        assertThat(report.skips()).extracting(Problem::path).containsExactlyInAnyOrder("broken", "out", "loop", "pipe");

        sync(source.toString(), bucketUri(), "keepMode=delete", "maxDelete=unlimited", "symlinks=skip");

        assertThat(bucketTree()).containsKeys(kept.toArray(String[]::new));
        assertThat(syncIncompletely(
                                source.toString(),
                                bucketUri(),
                                "keepMode=delete",
                                "maxDelete=unlimited",
                                "symlinks=followWithin",
                                "specialFiles=fail")
                        .failures())
                .extracting(Problem::path)
                .containsExactlyInAnyOrder("broken", "pipe");
        assertThat(bucketTree()).containsKeys(kept.toArray(String[]::new));
    }

    @Test
    void deleteExcludedTakesWhatIsLeftOutAway() throws Exception {
        given("file", 10);
        Files.createSymbolicLink(source.resolve("broken"), temp.resolve("nowhere"));
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("x"), "x");
        Files.createSymbolicLink(source.resolve("out"), elsewhere);
        assertThat(new ProcessBuilder("mkfifo", source.resolve("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        List.of("broken", "out/x", "pipe").forEach(name -> givenInBucket(name, "kept", 100));

        sync(
                source.toString(),
                bucketUri(),
                "keepMode=delete",
                "maxDelete=unlimited",
                "symlinks=skip",
                "deleteExcluded=true");

        assertThat(bucketTree()).containsOnlyKeys("file");
    }

    @Test
    void hiddenSourceIsAbsentUnlessItIsIgnored() throws Exception {
        givenInBucket("p/hidden", "x", 100);
        givenInBucket("p/shown", "x", 100);
        sync(bucketUri() + "/p", destination);
        B2.emulator().state().hide(bucket, "p/hidden");

        sync(bucketUri() + "/p", destination, "keepMode=delete", "hiddenSource=ignore");
        assertThat(tree(destination)).containsOnlyKeys("hidden", "shown");

        sync(bucketUri() + "/p", destination, "keepMode=delete");
        assertThat(tree(destination)).containsOnlyKeys("shown");
    }

    /** Before 1970 with a fraction, after 2262, and in between. */
    @Test
    void noTimeMovesAFileInEveryRun() throws Exception {
        long[] seconds = {-3_000_000_000L, -1, 0, 1, 1_700_000_000, 9_300_000_000L, 15_000_000_000L};
        for (long second : seconds) {
            for (int nanos : new int[] {0, 1, 999_999, 500_500_000, 999_999_999}) {
                Path file = given("t" + second + "-" + nanos, 0);
                assertThat(new ProcessBuilder(
                                        "touch", "-d", "@" + second + "." + "%09d".formatted(nanos), file.toString())
                                .start()
                                .waitFor())
                        .isZero();
            }
        }

        sync(source.toString(), bucketUri());
        assertThat(sync(source.toString(), bucketUri()).actions()).isZero();
        sync(bucketUri(), destination);
        assertThat(sync(bucketUri(), destination).actions()).isZero();
        assertThat(sync(destination.toString(), bucketUri()).actions()).isZero();
        assertThat(tree(destination)).isEqualTo(tree(source));
    }

    private static void fill(Path root, Random random) throws IOException {
        for (int i = 0; i < 25; i++) {
            Path file = root;
            int depth = 1 + random.nextInt(3);
            for (int d = 0; d < depth; d++) {
                file = file.resolve(PARTS.get(random.nextInt(PARTS.size())));
            }
            file = file.normalize();
            if (!file.startsWith(root) || file.equals(root) || Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, "content " + i);
            } catch (IOException e) {
                // A file stands where a directory is wanted: one of the two is enough.
                continue;
            }
        }
    }

    private static boolean isCovered(String name, Set<String> left) {
        return left.stream().anyMatch(path -> name.equals(path) || name.startsWith(path + "/"));
    }

    private static Set<String> left(SyncReport report) {
        return Stream.concat(report.failures().stream(), report.skips().stream())
                .map(Problem::path)
                .collect(Collectors.toSet());
    }

    private static SyncReport report(Exchange answer) {
        SyncReport report = answer.getException() instanceof SyncIncompleteException incomplete
                ? incomplete.report()
                : answer.getMessage().getBody(SyncReport.class);
        assertThat(report).as("%s", answer.getException()).isNotNull();
        return report;
    }
}
