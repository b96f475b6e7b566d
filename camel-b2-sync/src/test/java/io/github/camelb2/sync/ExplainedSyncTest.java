// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.filter.Explanation;

import static org.assertj.core.api.Assertions.assertThat;

/** Of every name, {@code mode=explain} says what a run does. */
class ExplainedSyncTest extends SyncTestSupport {
    private static final List<String> PARTS = List.of("a", "b", "c.txt", "a-", "d e", "é");
    private static final int ROUNDS = Boolean.getBoolean("soak") ? 400 : 12;

    private static String name(Random random) {
        StringBuilder name = new StringBuilder(PARTS.get(random.nextInt(PARTS.size())));
        for (int i = random.nextInt(4); i > 0; i--) {
            name.append('/').append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return name.toString();
    }

    private String[] options(Random random, Path rules, boolean isUp) throws IOException {
        List<String> all = new ArrayList<>();
        pick(random, all, 3, "excludeDirRegex=RAW(a$)", "excludeDirRegex=RAW(b)", "excludeDirRegex=RAW(.*/a$)");
        pick(random, all, 4, "excludeRegex=RAW(.*txt$)", "excludeRegex=RAW(a/)");
        pick(random, all, 4, "antExclude=**/b", "antInclude=**/*.txt,a/**", "antExclude=a/b/**");
        pick(random, all, 4, "minSize=2", "maxSize=2");
        pick(random, all, 5, "maxAge=1h", "minAge=1h");
        pick(
                random,
                all,
                4,
                "preserve=symlinks",
                "preserve=symlinks,emptyDirs",
                isUp ? "symlinks=skip" : "preserve=emptyDirs");
        if (random.nextInt(3) == 0) {
            List<String> lines = List.of("- a/", "+ b/*", "- *.txt", "+ /a/**", "- *", "- /b/a");
            Files.write(rules, List.of(lines.get(random.nextInt(6)), lines.get(random.nextInt(6))));
            all.add("filterFrom=" + rules);
        }
        return all.toArray(String[]::new);
    }

    private static void pick(Random random, List<String> all, int of, String... options) {
        if (random.nextInt(of) == 0) {
            all.add(options[random.nextInt(options.length)]);
        }
    }

    private Explanation explain(Object from, Object to, String path, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("mode=explain");
        return template.requestBodyAndHeader(
                uri(from, to, all.toArray(String[]::new)), "", B2SyncConstants.PATH, path, Explanation.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void verdictOfEveryNameIsWhatTheRunDoes(boolean isUp) throws Exception {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Random random = new Random(seed);
            Set<String> asked = new TreeSet<>(List.of("none", "a/none", "a", "a/b", "b/.bzEmpty"));
            source = Files.createDirectory(temp.resolve((isUp ? "up" : "down") + seed));
            bucket = (isUp ? "explained-up-" : "explained-down-") + seed;
            B2.emulator().state().createBucket(bucket);
            for (int i = 0; i < 14; i++) {
                String name = name(random);
                asked.add(name);
                if (isUp) {
                    makeLocal(random, name);
                } else {
                    makeStored(random, name, asked);
                }
            }
            if (isUp) {
                addNamesOf(source, asked);
            }
            Path to = temp.resolve("to" + isUp + seed);
            Object from = isUp ? source : bucketUri();
            Object destination = isUp ? bucketUri() : to;
            String[] options = options(random, temp.resolve("rules" + isUp + seed), isUp);

            Exchange run = trySync(from.toString(), destination, with(options, "allowEmptySource=true", "dryRun=true"));
            Set<String> synced = new TreeSet<>();
            for (Exchange line : reported) {
                synced.add(line.getMessage().getHeader(B2SyncConstants.PATH, String.class));
            }
            asked.addAll(synced);
            for (String name : asked) {
                Explanation explained = explain(from, destination, name, options);
                assertThat(explained.takesPart())
                        .as(
                                "seed %d, %s: %s, the run syncs %s (%s)",
                                seed, List.of(options), explained, synced, run.getException())
                        .isEqualTo(synced.contains(name));
            }
        }
    }

    private static String[] with(String[] options, String... more) {
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Files, links to what is there and to nothing, empty directories. */
    private void makeLocal(Random random, String name) throws IOException {
        Path file = source.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            if (Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            if (random.nextInt(3) == 0) {
                Files.createSymbolicLink(file, source.resolve(name(random)));
            } else if (random.nextInt(4) == 0) {
                Files.createDirectory(file);
            } else {
                given(source, name, "x".repeat(random.nextInt(4)), random.nextInt(2) * 7_200);
            }
        } catch (IOException e) {
            // A file is in the way: such a name is asked for, and not there.
            assertThat(file.getParent()).isNotNull();
        }
    }

    private void makeStored(Random random, String name, Set<String> asked) {
        String stored = name + (random.nextInt(6) == 0 ? ".rclonelink" : random.nextInt(8) == 0 ? "/.bzEmpty" : "");
        asked.add(stored);
        String content = stored.endsWith("bzEmpty") ? "" : "x".repeat(random.nextInt(4));
        B2.emulator()
                .state()
                .put(
                        bucket,
                        stored,
                        content.getBytes(StandardCharsets.UTF_8),
                        java.util.Map.of(
                                "src_last_modified_millis", String.valueOf(NOW - random.nextInt(2) * 7_200_000L)));
        if (random.nextInt(6) == 0) {
            B2.emulator().state().hide(bucket, stored);
        }
    }

    /** Also those of links and markers, and what may be had through links. */
    private static void addNamesOf(Path root, Set<String> asked) throws IOException {
        List<String> found = new ArrayList<>();
        try (var files = Files.walk(root)) {
            files.skip(1).forEach(file -> found.add(root.relativize(file).toString()));
        }
        asked.addAll(found);
        for (String name : found) {
            if (Files.isSymbolicLink(root.resolve(name))) {
                asked.add(name + ".rclonelink");
                for (String part : PARTS) {
                    asked.add(name + "/" + part);
                    asked.add(name + "/b/" + part);
                }
            } else if (Files.isDirectory(root.resolve(name))) {
                asked.add(name + "/.bzEmpty");
            }
        }
    }

    @Test
    void secondLinkBesideAnotherOneIsExplainedAsItIsSynced() throws Exception {
        Path out = Files.createDirectory(temp.resolve("out"));
        given(out, "e/f", "x", 10);
        Files.createSymbolicLink(source.resolve("l"), out);
        Files.createSymbolicLink(source.resolve("m"), out);
        Files.createSymbolicLink(out.resolve("x1"), out.resolve("e"));
        Files.createSymbolicLink(out.resolve("x2"), out.resolve("e"));

        sync(source.toString(), bucketUri());

        assertThat(bucketTree()).containsOnlyKeys("l/e/f", "l/x1/f", "m/e/f", "m/x1/f");
        for (String name : bucketTree().keySet()) {
            assertThat(explain(source, bucketUri(), name).takesPart()).as(name).isTrue();
        }
        assertThat(explain(source, bucketUri(), "l/x2/f").reason())
                .contains("another link of the same branch has led to where");
        // The one before it is not followed then.
        assertThat(explain(source, bucketUri(), "l/x2/f", "excludeDirRegex=RAW(l/x1)")
                        .takesPart())
                .isTrue();
        assertThat(explain(source, bucketUri(), "l/x2/f", "antExclude=*/x1/**").takesPart())
                .isTrue();
    }
}
