// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.filter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.SizeAndAge;
import io.github.camelb2.filter.NameRule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What rclone lists of a tree with filters is what ours let take part. */
class RcloneFilterTest {
    private static final int ROUNDS = Boolean.getBoolean("soak") ? 1_500 : 15;

    @TempDir
    Path temp;

    /** Names that a shell, a glob or a disk may take for something else. */
    private static final List<String> HOSTILE = List.of(
            "-dash",
            "--config",
            "a b",
            " a",
            "a ",
            "[a]",
            "[a",
            "a]",
            "{a,b}",
            "{a",
            "*",
            "a*",
            "?",
            "\u00e9",
            "e\u0301",
            "\ud83d\ude00",
            "A",
            "AB",
            "a\\b",
            "#a",
            ";a",
            "+ a",
            "- a",
            "!",
            "a.B",
            "~",
            "\u2028",
            "'a'");

    private static final List<String> HOSTILE_GLOBS = List.of(
            "-*",
            "* *",
            "\\[a\\]",
            "{\\{a*,a\\,b}",
            "\\*",
            "a\\*",
            "[*?]",
            "\\?",
            "?\u0301",
            "\u00e9",
            "[\u00e9\u00e8]",
            "??",
            "[A-Z]*",
            "[^A-Z]",
            "a\\\\b",
            "a b/",
            "#*",
            ";*",
            "+ *",
            "{{[+-] a}}",
            "!",
            "*.B",
            "{{(?i)ab}}",
            "[^a]*",
            "[a-]*",
            "* ",
            "\ud83d*");

    private final TreeMap<String, Path> files = new TreeMap<>();

    private void givenTree(Random random) throws IOException {
        assumeTrue(isInstalled(), "rclone is not installed");
        for (int i = 0; i < 80 + HOSTILE.size(); i++) {
            String name = FilterFilesTest.Names.path(random);
            if (i >= 80) {
                name = (random.nextBoolean() ? name.replace('/', '-') + "d/" : "") + HOSTILE.get(i - 80);
            }
            Path file = temp.resolve("tree").resolve(name);
            if (Files.exists(file) || isBelowFile(file)) {
                continue;
            }
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[random.nextInt(3) * 500 + random.nextInt(3)]);
            Files.setLastModifiedTime(
                    file, FileTime.fromMillis(System.currentTimeMillis() - 3_600_000L * random.nextInt(100)));
            files.put(name, file);
        }
    }

    private boolean isBelowFile(Path file) {
        for (Path above = file.getParent(); !above.equals(temp); above = above.getParent()) {
            if (Files.isRegularFile(above)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":")).anyMatch(it -> Files.isExecutable(Path.of(it, "rclone")));
    }

    private TreeSet<String> rclone(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("rclone", "lsf", "-R", "--files-only", "--config", "/dev/null"));
        command.addAll(List.of(options));
        command.add(temp.resolve("tree").toString());
        Path out = temp.resolve("out");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(temp.resolve("err").toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(temp.resolve("err")))
                .isZero();
        // A name may have what Java takes for the end of a line.
        String all = Files.readString(out);
        return all.isEmpty() ? new TreeSet<>() : new TreeSet<>(List.of(all.split("\n")));
    }

    private TreeSet<String> ours(Predicate<String> takesPart) {
        return files.keySet().stream().filter(takesPart).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void globsChooseTheSameFiles() throws Exception {
        Random random = new Random(3);
        givenTree(random);
        for (int round = 0; round < ROUNDS; round++) {
            List<String> lines = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                lines.add((random.nextBoolean() ? "+ " : "- ") + FilterFilesTest.Names.glob(random));
            }
            if (random.nextBoolean()) {
                lines.add("- *");
            }
            Path rules = Files.write(temp.resolve("rules" + round), lines);

            NameRule rule = new FilterFiles().filterFrom(rules);

            assertThat(ours(name -> !rule.excludes(name)))
                    .as(String.join("; ", lines))
                    .isEqualTo(rclone("--filter-from", rules.toString()));
        }
    }

    /** What is special elsewhere, and what stands for itself only behind a backslash. */
    @Test
    void globsOfAnyCharactersChooseTheSameFiles() throws Exception {
        Random random = new Random(11);
        givenTree(random);
        List<String> globs = HOSTILE_GLOBS.stream()
                .filter(glob -> !glob.startsWith("\ud83d"))
                .toList();
        for (int i = 0; i < globs.size(); i++) {
            Path rules = Files.write(
                    temp.resolve("hostile" + i),
                    List.of((i % 2 == 0 ? "+ " : "- ") + globs.get(i), i % 2 == 0 ? "- *" : "+ *"));

            NameRule rule = new FilterFiles().filterFrom(rules);

            assertThat(ours(name -> !rule.excludes(name)))
                    .as(globs.get(i))
                    .isEqualTo(rclone("--filter-from", rules.toString()));
        }
    }

    /** A blank more or less is another name, which would be left out of a backup, or deleted from it. */
    @Test
    void blanksOfLinesBelongToTheSameNames() throws Exception {
        assumeTrue(isInstalled(), "rclone is not installed");
        for (String name : List.of(
                "lead",
                " lead",
                "  lead",
                "lead ",
                " lead ",
                "le ad",
                "d/lead",
                "d/ lead",
                " d/lead",
                "\u00a0lead",
                "lead\u00a0",
                "\u2007lead",
                "lead\u2007",
                "lead\u200b",
                "lead\u2028",
                "\u3000lead")) {
            Path file = temp.resolve("tree").resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, new byte[1]);
            files.put(name, file);
        }
        List<String> globs = List.of(
                "lead",
                " lead",
                "  lead",
                "/ lead",
                "lead ",
                " lead ",
                "[ ]lead",
                "{{ lead}}",
                "{{lead }}",
                "lead[ ]",
                " *",
                " d/",
                " d/**",
                "d/ lead",
                "\tlead",
                "lead\t",
                "\u00a0lead",
                "lead\u00a0",
                "\u2007lead",
                "lead\u2007",
                "lead\u200b",
                "lead\u2028",
                "\u3000lead",
                "lead\u0085",
                "lead\u001c",
                "lead\r",
                "lead\r\r",
                "lead\u000b");
        List<String> before =
                List.of("", " ", "\t", "\u00a0", "\u2028", "\u3000", "# c\r\n ;c\n\t# c\n \u00a0\n", "- **\n ! \n");
        for (int i = 0; i < globs.size(); i++) {
            for (String sign : List.of("- ", "+ ")) {
                String text =
                        before.get(i % before.size()) + sign + globs.get(i) + (sign.equals("+ ") ? "\n- *\n" : "\n");
                Path rules = Files.writeString(temp.resolve("blanks" + sign.charAt(0) + i), text);

                NameRule rule = new FilterFiles().filterFrom(rules);

                assertThat(ours(name -> !rule.excludes(name)))
                        .as("\"" + text + "\"")
                        .isEqualTo(rclone("--filter-from", rules.toString()));
            }
        }
    }

    /** To the second; rclone counts from a moment of its own, so that the very bound is only ours. */
    @Test
    void timesAtTheBoundsOfAgesChooseTheSameFiles() throws Exception {
        assumeTrue(isInstalled(), "rclone is not installed");
        long from = 1_700_000_000_000L;
        long to = from + 86_400_000;
        long now = to + 500_000;
        for (long bound : List.of(from, to)) {
            for (long offset : List.of(-1_000L, 1_000L)) {
                String name = bound + " " + offset;
                Path file = temp.resolve("tree").resolve(name);
                Files.createDirectories(file.getParent());
                Files.write(file, new byte[5]);
                Files.setLastModifiedTime(file, FileTime.fromMillis(bound + offset));
                files.put(name, file);
            }
        }
        SizeAndAge bounds = SizeAndAge.of("5", "5", now - to, now - from);

        TreeSet<String> chosen = ours(name -> {
            String[] time = name.split(" ");
            return bounds.acceptsSize(5) && bounds.acceptsTime(Long.parseLong(time[0]) + Long.parseLong(time[1]), now);
        });

        assertThat(chosen)
                .hasSize(2)
                .isEqualTo(rclone(
                        "--min-size",
                        "5b",
                        "--max-size",
                        "5b",
                        "--min-age",
                        Instant.ofEpochMilli(to).toString(),
                        "--max-age",
                        Instant.ofEpochMilli(from).toString()));
        assertThat(List.of(from, to)).allMatch(time -> bounds.acceptsTime(time, now));
        assertThat(List.of(from - 1, to + 1)).noneMatch(time -> bounds.acceptsTime(time, now));
        assertThat(rclone("--min-size", "6b")).isEmpty();
        assertThat(SizeAndAge.of("6", null, 0, 0).acceptsSize(5)).isFalse();
        assertThat(rclone("--max-size", "4b")).isEmpty();
        assertThat(SizeAndAge.of(null, "4", 0, 0).acceptsSize(5)).isFalse();
    }

    @Test
    void aListOfNamesChoosesTheSameFiles() throws Exception {
        givenTree(new Random(4));
        Path list = temp.resolve("list");
        Files.writeString(
                list,
                "# names\n/" + files.firstKey() + "\n" + files.lastKey() + "\n  " + files.lastKey()
                        + "\nnot/there\n\n;x\n");

        NameRule rule = new FilterFiles().filesFrom(list);

        assertThat(ours(name -> !rule.excludes(name)))
                .hasSize(2)
                .isEqualTo(rclone("--files-from-raw", list.toString()));
    }

    @Test
    void sizesAndAgesChooseTheSameFiles() throws Exception {
        givenTree(new Random(5));
        // Ages lie half an hour off those of the files.
        long least = 20 * 3_600_000L + 1_800_000;
        long most = 70 * 3_600_000L + 1_800_000;
        SizeAndAge bounds = SizeAndAge.of("1", "1000", least, most);

        TreeSet<String> chosen = ours(name -> {
            try {
                Path file = files.get(name);
                return bounds.acceptsSize(Files.size(file))
                        && bounds.acceptsTime(Files.getLastModifiedTime(file).toMillis(), System.currentTimeMillis());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        assertThat(chosen)
                .isNotEmpty()
                .isEqualTo(rclone(
                        "--min-size", "1b", "--max-size", "1000b", "--min-age", "20h30m", "--max-age", "70h30m"));
    }
}
