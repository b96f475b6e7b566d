// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.account.SqliteAccountInfoRepository;
import io.github.camelb2.cli.Run.Ended;
import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.Allowed;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** All commands, on an emulator, in this JVM. */
class CommandsTest {
    private static final int BIG = 100_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final AtomicInteger buckets = new AtomicInteger();
    private static B2Emulator b2;

    @TempDir
    Path directory;

    private String bucket;
    private String place;

    @BeforeAll
    static void startEmulator() {
        b2 = B2Emulator.builder().synthetic("big", BIG).start();
    }

    @AfterAll
    static void stopEmulator() {
        b2.close();
    }

    @BeforeEach
    void makeBucket() {
        b2.faults().clear();
        bucket = "bucket-" + buckets.incrementAndGet();
        b2.state().createBucket(bucket);
        place = "b2://" + bucket;
    }

    private static Run camelB2() {
        return Run.on(b2);
    }

    private void stored(String... names) {
        for (String name : names) {
            b2.state().put(bucket, name, name.getBytes(StandardCharsets.UTF_8));
        }
    }

    private Path file(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Test
    void lsTellsFoldersAndFilesOfOneLevelAndAllWithRecursive() {
        stored("a.txt", "d/b.txt", "d/e/c.txt", "d2/x");

        assertThat(camelB2().run("ls", place).lines()).containsExactly("a.txt", "d/", "d2/");
        assertThat(camelB2().run("ls", place + "/d").lines()).containsExactly("d/b.txt", "d/e/");
        assertThat(camelB2().run("ls", "-r", place + "/d/").lines()).containsExactly("d/b.txt", "d/e/c.txt");
        assertThat(camelB2().run("ls", place + "/a.txt").lines()).containsExactly("a.txt");
        assertThat(camelB2().run("ls").lines()).contains("big", bucket);
    }

    @Test
    void lsOfNothingFailsAndOfAnEmptyBucketDoesNot() {
        assertThat(camelB2().run("ls", place)).isEqualTo(new Ended(0, "", ""));
        assertThat(camelB2().run("ls", place + "/none").code()).isEqualTo(1);
        assertThat(camelB2().run("ls", "b2://no-such-bucket").code()).isEqualTo(1);
    }

    @Test
    void lsLongTellsTimeSizeAndVersions() {
        stored("a.txt", "a.txt");
        b2.state().hide(bucket, "a.txt");

        assertThat(camelB2().run("ls", "-l", "--versions", place).lines())
                .satisfiesExactly(
                        marker -> assertThat(marker).contains("Z  ", " -  hide", "a.txt"),
                        second -> assertThat(second)
                                .containsPattern("\\d{4}-\\d\\d-\\d\\dT.*Z +5  upload  4_z.* a\\.txt"),
                        first -> assertThat(first).contains("upload"));
        assertThat(camelB2().run("ls", place).lines()).isEmpty();
    }

    @Test
    void lsInJsonTellsNamesAsTheyAre() throws Exception {
        String hostile = "d/\u202egpj.\u009b2J😀'\"";
        b2.state().put(bucket, hostile, new byte[3]);

        Ended ended = camelB2().run("ls", "-r", "--json", place);

        JsonNode line = MAPPER.readTree(ended.out());
        assertThat(line.get("fileName").asText()).isEqualTo(hostile);
        assertThat(line.get("contentLength").asLong()).isEqualTo(3);
        assertThat(ended.out()).matches("\\p{ASCII}+");
    }

    @Test
    void namesDoNothingToATerminal() {
        b2.state().put(bucket, "d/\u202egpj.\u009b2J😀", new byte[3]);

        Ended ls = camelB2().onATerminal().run("ls", "-r", place);
        Ended sync = camelB2()
                .onATerminal()
                .run("sync", "--no-progress", place, directory.resolve("down").toString());
        Ended rm = camelB2().run("rm", "-ry", place);

        assertThat(ls.out()).isEqualTo("d/\\u202egpj.\\x9b2J😀\n");
        assertThat(List.of(sync.out(), sync.err(), rm.out(), rm.err()))
                .allSatisfy(text -> assertThat(text.replace("\n", "")).doesNotContainPattern("[\\p{Cc}\\u202e]"));
    }

    @Test
    void lsOfManyNamesTakesThemAsTheyCome() {
        long[] lines = {0};
        OutputStream counting = new OutputStream() {
            @Override
            public void write(int b) {
                lines[0] += b == '\n' ? 1 : 0;
            }
        };

        Ended ended = camelB2().run(counting, new ByteArrayOutputStream(), "ls", "-r", "b2://big");

        assertThat(ended.code()).isZero();
        assertThat(lines[0]).isEqualTo(BIG);
    }

    /** Takes some bytes, and fails then. */
    private static OutputStream breaking(String reason) {
        return new OutputStream() {
            private int left = 100_000;

            @Override
            public void write(int b) throws IOException {
                if (--left < 0) {
                    throw new IOException(reason);
                }
            }
        };
    }

    @Test
    void readerThatGoesEndsAListingWithoutAWord() {
        long before = b2.count("b2_list_file_names");

        Ended ended = camelB2().run(breaking("Broken pipe"), new ByteArrayOutputStream(), "ls", "-r", "b2://big");

        assertThat(ended).isEqualTo(new Ended(ExitCodes.NOBODY_READS, "", ""));
        assertThat(b2.count("b2_list_file_names") - before).isLessThan(BIG / 1000 / 2);
    }

    @Test
    void fullDiskAtStandardOutputIsAFailure() {
        b2.state().put(bucket, "f", new byte[300_000]);

        for (String[] command : new String[][] {{"ls", "-r", "b2://big"}, {"cp", place + "/f", "-"}}) {
            Ended ended = camelB2().run(breaking("No space left on device"), new ByteArrayOutputStream(), command);

            assertThat(ended.code()).isEqualTo(ExitCodes.FAILED);
            assertThat(ended.err()).contains("No space left on device");
        }
    }

    @Test
    void syncTellsLinesAndASummary() throws Exception {
        file("src/a.txt", "a");
        file("src/d/b c.txt", "bb");

        Ended first = camelB2().run("sync", directory.resolve("src").toString(), place + "/x");
        Ended second = camelB2().run("sync", directory.resolve("src").toString(), place + "/x");

        assertThat(first.code()).isZero();
        assertThat(first.lines())
                .contains("upload a.txt", "upload 'd/b c.txt'")
                .endsWith("sync camel-b2: 2 compared, 2 upload (3 bytes), 0 failed, 0 skipped");
        assertThat(second.lines()).containsExactly("sync camel-b2: 2 compared, 0 failed, 0 skipped");
        assertThat(b2.state().names(bucket)).containsExactly("x/a.txt", "x/d/b c.txt");
    }

    @Test
    void estimateOfASyncChangesNothingAndTellsWhatItWouldCost() throws Exception {
        file("src/a.txt", "a");

        Ended ended =
                camelB2().run("sync", "--estimate", directory.resolve("src").toString(), place + "/x");

        assertThat(ended.code()).isZero();
        assertThat(ended.lines())
                .endsWith(
                        "sync camel-b2: 1 compared, 1 upload (1 bytes), 0 failed, 0 skipped; 1 A, 0 B, 1 C, 0 bytes out,"
                                + " at most 0.0001 USD (estimate)");
        assertThat(b2.state().names(bucket)).isEmpty();
    }

    @Test
    void checkTellsWhatIsNotTheSameAndExitsWithIncomplete() throws Exception {
        file("src/a.txt", "a");
        String source = directory.resolve("src").toString();

        Ended before = camelB2().run("sync", "--option", "mode=check", source, place + "/x");
        camelB2().run("sync", source, place + "/x");
        Ended after = camelB2().run("sync", "--option", "mode=check", source, place + "/x");
        Ended json = camelB2().run("sync", "--json", "-o", "mode=check", "-o", "verify=content", source, place + "/x");

        assertThat(before.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(before.lines())
                .containsExactly(
                        "+ a.txt",
                        "check camel-b2: not the same, 0 equal, 0 different, 1 missing, 0 extra, 0 unknown (by metadata)");
        assertThat(after.code()).isZero();
        assertThat(json.code()).isZero();
        assertThat(MAPPER.readTree(json.lines().get(0)).get("equalCount").asInt())
                .isEqualTo(1);
    }

    @Test
    void scrubTellsWhatItHasRead() throws Exception {
        file("src/a.txt", "a");
        String source = directory.resolve("src").toString();
        camelB2().run("sync", source, place + "/x");

        Ended ended = camelB2().run("sync", "-o", "mode=scrub", source, place + "/x");
        Ended json = camelB2().run("sync", "--json", "-o", "mode=scrub", source, place + "/x");

        assertThat(ended.code()).isZero();
        assertThat(ended.lines()).singleElement().asString().contains("1 versions, 1 read and good (1 bytes)");
        assertThat(MAPPER.readTree(json.lines().get(0)).get("goodCount").asInt())
                .isEqualTo(1);
    }

    @Test
    void syncInJsonTellsEventsAndAReport() throws Exception {
        file("src/a.txt", "a");

        Ended ended = camelB2().run("sync", "--json", directory.resolve("src").toString(), place);

        JsonNode event = MAPPER.readTree(ended.lines().get(0));
        JsonNode report = MAPPER.readTree(ended.lines().get(1));
        assertThat(event.get("event").asText()
                        + event.get("path").asText()
                        + event.get("bytes").asLong())
                .isEqualTo("uploada.txt1");
        assertThat(report.get("event").asText()).isEqualTo("report");
        assertThat(report.get("complete").asBoolean()).isTrue();
        assertThat(report.at("/done/upload/bytes").asLong()).isOne();
    }

    @Test
    void syncWithAFailureIsIncompleteAndSaysWhat() throws Exception {
        file("src/a", "a");
        file("src/z", "z");
        b2.faults().add("b2_upload_file file a: status 403 access_denied");

        Ended ended = camelB2().run("sync", directory.resolve("src").toString(), place);

        assertThat(ended.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(ended.lines()).contains("upload z").doesNotContain("upload a");
        assertThat(ended.err()).contains("failed: a: ", "INCOMPLETE: 1 failed");
    }

    @Test
    void syncTakesFlagsByTheNamesOfB2AndRcloneAndAnyOption() throws Exception {
        file("src/a", "new");
        file("src/skip.tmp", "s");
        file("src/cache/c", "c");
        stored("a", "old");

        Ended dry = camelB2()
                .run(
                        "sync",
                        "-n",
                        "--delete",
                        "--exclude-regex",
                        ".*\\.tmp$",
                        "--exclude-dir-regex",
                        "cache",
                        "--transfers",
                        "3",
                        "-c",
                        "--replace-newer",
                        directory.resolve("src").toString(),
                        place);
        Ended real = camelB2()
                .run(
                        "sync",
                        "--keep-days",
                        "30",
                        "--exclude-regex",
                        ".*\\.tmp$",
                        "-o",
                        "excludeDirRegex=cache",
                        "-o",
                        "workers=3",
                        "--replace-newer",
                        "-o",
                        "contentType=text/x-a+b",
                        directory.resolve("src").toString(),
                        place);

        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.lines())
                .contains("upload a", "delete old ")
                .last()
                .asString()
                .endsWith("(dry run)");
        assertThat(real.lines()).contains("upload a", "hide   old");
        assertThat(b2.state().names(bucket)).containsExactly("a");
        assertThat(b2.state().versions(bucket, "a").get(0).contentType()).isEqualTo("text/x-a+b");
    }

    @Test
    void syncOfDirectoriesWhoseNamesAUriWouldChangeGoesThere() throws Exception {
        file("#a+b%20c {{d}}/x", "x");

        Ended ended = camelB2().run("sync", directory.resolve("#a+b%20c {{d}}").toString(), place + "/#e+f%20");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(b2.state().names(bucket)).containsExactly("#e+f%20/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sync",
                "sync a",
                "sync a b",
                "sync --delete --keep-days 3 a b2://b",
                "sync -o workers=0 a b2://b",
                "sync -o nonsense=1 a b2://b",
                "sync --threads 3 -o workers=4 a b2://b",
                "sync -o source=c . b2://b",
                "sync -o Destination=b2://c . b2://b",
                "sync -o report-to=log:x . b2://b",
                "sync --name {{env:B2_APPLICATION_KEY}} . b2://b",
                "sync --name a%20b . b2://b",
                "sync pom.xml b2://b",
                "cp -o fileName=c pom.xml b2://b/d",
                "cp -o operation=deleteFile pom.xml b2://b/d",
                "cp a b",
                "cp b2://b c",
                "cp . b2://b",
                "rm b2://b",
                "rm b2://b/d/",
                "rm -r b2://b",
                "rm --versions b2://b/a",
                "rm b2id://4_z",
                "rm -r b2id://4_z",
                "ls b2://B%41",
                "ls file:x",
                "ls b2id://x",
                "nonsense",
                "",
                "ls --nonsense",
                "cp --key-file a --profile b x b2://b",
                "cp - b2://b/",
                "cp none b2://b/x",
                "ls b2://b/\ufffd"
            })
    void commandLineThatCannotBeIsRefusedBeforeAnythingIsDone(String line) {
        b2.resetRequests();

        Ended ended = camelB2().run(line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(ended.code()).as(ended.toString()).isEqualTo(ExitCodes.USAGE);
        assertThat(ended.err()).isNotBlank();
        assertThat(b2.count("b2_list_file_versions") + b2.count("b2_upload_file") + b2.count("b2_hide_file"))
                .isZero();
    }

    @Test
    void cpInJsonTellsEventsAlsoOfADryRun() throws Exception {
        file("up", "u");
        stored("down");
        String up = directory.resolve("up").toString();

        assertThat(camelB2().run("cp", "--json", "--dry-run", up, place + "/x").out())
                .isEqualTo("{\"event\":\"would upload\",\"place\":\"" + place + "/x\"}\n");
        assertThat(camelB2()
                        .run("cp", "--json", "-n", place + "/down", place + "/x")
                        .out())
                .startsWith("{\"event\":\"would copy\",");
        assertThat(camelB2().run("cp", "--json", "-n", place + "/down", up).out())
                .startsWith("{\"event\":\"would download\",");
        assertThat(camelB2().run("cp", "--json", place + "/down", up).out())
                .isEqualTo("{\"event\":\"download\",\"path\":\"" + up + "\"}\n");
        assertThat(b2.state().names(bucket)).containsExactly("down");
    }

    @Test
    void helpOfTheEmulatorNamesTheCommandThatRunsIt() {
        assertThat(camelB2().run("emulator", "--help").out()).startsWith("Usage: camel-b2 emulator ");
    }

    @Test
    void cpUpAndDownKeepsContentTimeAndName() throws Exception {
        Path source = file("report.csv", "1,2");
        Files.setLastModifiedTime(source, FileTime.fromMillis(1_700_000_000_000L));

        Ended up = camelB2()
                .run("cp", "--info", "color=blue", "--content-type", "text/csv", source.toString(), place + "/in/");
        Ended down = camelB2()
                .run("cp", place + "/in/report.csv", directory.resolve("copy").toString());
        Ended into = camelB2()
                .run(
                        "cp",
                        place + "/in/report.csv",
                        Files.createDirectory(directory.resolve("d")).toString());

        assertThat(up).isEqualTo(new Ended(0, "upload " + place + "/in/report.csv\n", ""));
        StoredVersion stored = b2.state().versions(bucket, "in/report.csv").get(0);
        assertThat(stored.contentType()).isEqualTo("text/csv");
        assertThat(stored.info()).containsEntry("color", "blue");
        assertThat(down.code() + into.code()).isZero();
        assertThat(directory.resolve("copy")).hasContent("1,2");
        assertThat(directory.resolve("d/report.csv")).hasContent("1,2");
        assertThat(Files.getLastModifiedTime(directory.resolve("copy")).toMillis())
                .isEqualTo(1_700_000_000_000L);
        assertThat(directory.toFile().list()).containsExactlyInAnyOrder("report.csv", "copy", "d");
    }

    @Test
    void cpTakesStandardInputAndOutput() {
        Ended up = camelB2().typing("from a pipe").run("cp", "-", place + "/p");
        Ended down = camelB2().run("cp", place + "/p", "-");

        assertThat(up.code()).as(up.err()).isZero();
        assertThat(down).isEqualTo(new Ended(0, "from a pipe", ""));
    }

    @Test
    void cpWithinB2DoesNotDownload() {
        stored("a");
        b2.resetRequests();

        Ended ended = camelB2().run("cp", place + "/a", place + "/b/");
        String id = b2.state().versions(bucket, "a").get(0).fileId();
        Ended byId = camelB2().run("cp", "b2id://" + id, place + "/c/");

        assertThat(ended.code() + byId.code()).as(ended.err() + byId.err()).isZero();
        assertThat(b2.state().names(bucket)).containsExactly("a", "b/a", "c/a");
        assertThat(b2.count("b2_copy_file")).isEqualTo(2);
    }

    @Test
    void cpOfANameThatNoFileHereCanHaveGoesToTheFileThatIsNamed() {
        b2.state().put(bucket, "a//../b", "x".getBytes(StandardCharsets.UTF_8));

        Ended ended = camelB2()
                .run("cp", place + "/a//../b", directory.resolve("there").toString());
        Ended escaping = camelB2().run("cp", place + "/a//..", directory + "/");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(directory.resolve("there")).hasContent("x");
        assertThat(escaping.code()).isNotZero();
        assertThat(directory.toFile().list()).containsExactly("there");
    }

    @Test
    void cpThatFailsLeavesWhatWasThere() throws Exception {
        Path target = file("target", "before");
        stored("a");
        b2.faults().add("b2_download_file_by_name: status 403 access_denied");

        Ended failed = camelB2().run("cp", place + "/a", target.toString());
        b2.faults().clear();
        Ended kept = camelB2().run("cp", "--no-clobber", place + "/a", target.toString());
        Ended keptInB2 = camelB2().run("cp", "--no-clobber", target.toString(), place + "/a");
        Ended dry = camelB2().run("cp", "-n", target.toString(), place + "/a");

        assertThat(List.of(failed.code(), kept.code(), keptInB2.code(), dry.code()))
                .containsExactly(1, 1, 1, 0);
        assertThat(target).hasContent("before");
        assertThat(directory.toFile().list()).containsExactly("target");
        assertThat(b2.state().versions(bucket, "a")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "link"})
    void cpThatMayNotReplaceAlsoKeepsWhatComesMeanwhile(String what) throws Exception {
        stored("a");
        b2.faults().add("b2_download_file_by_name: delay 2s");
        Path target = directory.resolve("target");
        CompletableFuture<Ended> copied = CompletableFuture.supplyAsync(
                () -> camelB2().run("cp", "--no-clobber", place + "/a", target.toString()));
        await().until(() -> !b2.requests("b2_download_file_by_name").isEmpty());
        if (what.equals("link")) {
            Files.createSymbolicLink(target, Path.of("nowhere"));
        } else {
            Files.writeString(target, "quicker");
        }

        assertThat(copied.get().code()).isEqualTo(1);
        if (what.equals("link")) {
            assertThat(target).isSymbolicLink();
        } else {
            assertThat(target).hasContent("quicker");
        }
        assertThat(directory.toFile().list()).containsExactly("target");
    }

    @Test
    void cpThatMayNotReplaceMakesANewFile() throws Exception {
        stored("a");

        Ended ended = camelB2().run("cp", "--no-clobber", place + "/a", directory + "/new/");

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(directory.resolve("new")).isDirectoryContaining("glob:**/a");
        assertThat(directory.resolve("new").toFile().list()).containsExactly("a");
    }

    @Test
    void cpThatFailsOrIsDryMakesNoDirectory() throws Exception {
        Ended failed = camelB2().run("cp", place + "/absent", directory + "/new/");
        stored("a");
        Ended dry = camelB2().run("cp", "-n", place + "/a", directory + "/new/");

        assertThat(List.of(failed.code(), dry.code())).containsExactly(1, 0);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void rmHidesAndKeepsTheVersions() {
        stored("a", "ab");

        Ended ended = camelB2().run("rm", place + "/a");

        assertThat(ended).isEqualTo(new Ended(0, "hide a\n", "hidden 1\n"));
        assertThat(b2.state().names(bucket)).containsExactly("ab");
        assertThat(b2.state().versions(bucket, "a")).hasSize(2);
        assertThat(camelB2().run("rm", place + "/a").code()).isEqualTo(1);
    }

    @Test
    void rmOfAFolderTakesNeitherItsNeighboursNorAnythingWithoutAYes() {
        stored("d/a", "d/a", "d/e/b", "d2/c", "d");

        Ended dry = camelB2().run("rm", "-rn", "--versions", place + "/d");
        Ended no = camelB2().onATerminal().typing("n\n").run("rm", "-r", "--versions", place + "/d");
        Ended silent = camelB2().onATerminal().run("rm", "-r", "--versions", place + "/d");

        assertThat(dry.lines()).hasSize(3).allMatch(line -> line.startsWith("would delete d/"));
        assertThat(no.err()).contains("Delete for ever all files in " + place + "/d/? [y/N]", "Nothing was removed");
        assertThat(List.of(no.code(), silent.code())).containsOnly(1);
        assertThat(b2.state().names(bucket)).containsExactly("d", "d/a", "d/e/b", "d2/c");

        Ended yes = camelB2().onATerminal().typing("y\n").run("rm", "-r", "--versions", place + "/d");

        assertThat(yes.code()).as(yes.err()).isZero();
        assertThat(b2.state().names(bucket)).containsExactly("d", "d2/c");
        assertThat(b2.state().versions(bucket, "d/a")).isEmpty();
    }

    @Test
    void rmGoesThroughBatchesAndTellsWhatFailed() {
        stored(IntStream.range(0, 450).mapToObj("n/%03d"::formatted).toArray(String[]::new));
        b2.faults().add("b2_hide_file #301: status 403 access_denied");

        Ended ended = camelB2().run("rm", "-ry", place + "/n");

        assertThat(ended.code()).isEqualTo(ExitCodes.INCOMPLETE);
        assertThat(ended.err()).contains("failed: n/", "INCOMPLETE: 1 failed");
        assertThat(b2.state().names(bucket)).hasSize(1);
    }

    @Test
    void rmOfOneVersionTakesThatOne() {
        stored("a", "a");
        String older = b2.state().versions(bucket, "a").get(1).fileId();

        Ended ended = camelB2().run("rm", "-y", "b2id://" + older);

        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(b2.state().versions(bucket, "a")).hasSize(1).noneMatch(left -> left.fileId()
                .equals(older));
    }

    @Test
    void keyComesFromAFileOrTheAccountFileOfTheB2ToolToo() throws Exception {
        stored("a");
        Path keys = file(
                "keys",
                "# mine\nexport=no\nB2_APPLICATION_KEY_ID=" + b2.applicationKeyId() + "\nB2_APPLICATION_KEY='"
                        + b2.applicationKey() + "'\nB2_ENVIRONMENT=" + b2.url() + "\n");
        Path account = directory.resolve("account_info");
        new SqliteAccountInfoRepository(account)
                .store(new AccountInfo(
                        b2.accountId(),
                        b2.applicationKeyId(),
                        b2.applicationKey(),
                        "old-token",
                        b2.url(),
                        b2.url(),
                        b2.url(),
                        100_000_000,
                        5_000_000,
                        new Allowed(List.of(), List.of(Capability.LIST_FILES), null),
                        b2.url()));
        byte[] before = Files.readAllBytes(account);

        assertThat(new Run().run("ls", "--key-file", keys.toString(), place).lines())
                .containsExactly("a");
        assertThat(new Run()
                        .run("ls", "--account-file", account.toString(), place)
                        .lines())
                .containsExactly("a");
        assertThat(account).hasBinaryContent(before);
    }

    @Test
    void wrongKeyAndNoKeySayWhatToDoAndNoSecret() {
        String secret = "K000wrongwrongwrongwrongwrongwro";

        Ended wrong = camelB2().with("B2_APPLICATION_KEY", secret).run("ls", "-v", place);
        Ended none = new Run()
                .with("B2_ACCOUNT_INFO", directory.resolve("none").toString())
                .run("ls", place);

        assertThat(wrong.code() + none.code()).isEqualTo(2);
        assertThat(wrong.err() + wrong.out()).contains("401").doesNotContain(secret);
        assertThat(none.err()).contains("B2_APPLICATION_KEY_ID").doesNotContain("Exception");
    }

    @Test
    void secretOnTheCommandLineIsRefusedAndNotRepeated() throws Exception {
        String secret = "K000secretsecretsecretsecretsecr";
        for (String name : List.of("destinationApplicationKey", "destinationAplicationKey", "planKey", "customerKey")) {
            Ended ended = camelB2().run("sync", "-v", "-o", name + "=" + secret, directory.toString(), place);

            assertThat(ended.code()).isEqualTo(ExitCodes.USAGE);
            assertThat(ended.err()).contains(name, "env:VARIABLE").doesNotContain(secret);
        }
        file("src/a", "a");
        Ended ended = camelB2()
                .with("PLAN", secret)
                .run(
                        "sync",
                        "-v",
                        "-o",
                        "planKey=env:PLAN",
                        directory.resolve("src").toString(),
                        place);
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.out() + ended.err()).doesNotContain(secret);
    }

    @Test
    void serviceThatIsAwayIsToldWhileItIsWaitedFor() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Hearing hearing = new Hearing(
                new Screen(
                        new Shell(InputStream.nullInputStream(), err, err, name -> null, Shell.Terminal.NONE, false)),
                (bytes, total) -> {});

        hearing.onRetry("b2_list_buckets", "it is quick", 1, Duration.ofMillis(300));
        hearing.onRetry("b2_list_buckets", "503 \u001b[2J", 2, Duration.ofSeconds(2));
        hearing.onRetry("b2_list_buckets", "with the others", 2, Duration.ofSeconds(2));

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("waiting 2 s to try b2_list_buckets again: 503 \\x1b[2J\n");
    }

    @Test
    void languageOfTheMachineChangesNoAnswer() {
        b2.state().put(bucket, "a", new byte[1234]);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));

            assertThat(camelB2().run("ls", "-l", place).out()).contains("         1234  a");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void warmUpRunsEveryCommandWell() {
        assertThat(new Run().run("warm-up")).isEqualTo(new Ended(0, "", ""));
    }

    @Test
    void helpVersionAndCompletionNeedNoAccount() {
        Ended help = new Run().run("--help");
        Ended completion = new Run().run("generate-completion");

        assertThat(help.out())
                .contains("sync", "ls", "cp", "rm", "emulator", "Exit codes")
                .doesNotContain("warm-up");
        assertThat(completion.out()).contains("--keep-days", "complete -F");
        assertThat(new Run().run("--version").code() + help.code() + completion.code())
                .isZero();
    }
}
