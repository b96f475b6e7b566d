// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.sync.action.local.UnixFacts;
import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.policy.Preserve;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.scan.disk.TemporaryNames;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Permissions and owners of files of this machine, which go through a bucket that may be anybody's. */
@DisabledOnOs(OS.WINDOWS)
class SyncPreserveTest extends SyncTestSupport {
    private static final String MODE = "preserve=mode";

    @Test
    void modesGoUpAndComeDownUnderTheNamesThatRcloneGivesThem() throws Exception {
        givenWithMode("d/private", 0600);
        givenWithMode("script", 0755);
        givenWithMode("read-only", 0444);

        sync(source.toString(), bucketUri(), MODE);
        sync(bucketUri(), destination, MODE);

        assertThat(info("script")).containsEntry("mode", "100755").doesNotContainKeys("uid", "gid");
        assertThat(mode("d/private")).isEqualTo(0600);
        assertThat(mode("script")).isEqualTo(0755);
        assertThat(mode("read-only")).isEqualTo(0444);
        assertThat(tree(destination)).hasSize(3);
    }

    @Test
    void largeAndAppendedFilesHaveTheirModesToo() throws Exception {
        Path file = given(source, "log", "x".repeat(5_000_000), 100);
        setMode(file, 0640);
        String[] grown = {MODE, "uploadMode=incremental", "compareMode=sha1"};
        sync(source.toString(), bucketUri(), grown);
        Files.writeString(file, "x".repeat(5_000_000) + "y".repeat(2_000));
        setMode(file, 0600);

        sync(source.toString(), bucketUri(), grown);
        sync(bucketUri(), destination, MODE);

        assertThat(info("log")).containsEntry("mode", "100600").containsKey("large_file_sha1");
        assertThat(mode("log")).isEqualTo(0600);
    }

    @Test
    void movedFileThatIsCopiedHasTheModeOfItsNewName() throws Exception {
        Path file = givenWithMode("old", 0644);
        sync(source.toString(), bucketUri(), MODE);
        Files.move(file, source.resolve("new"));
        setMode(source.resolve("new"), 0600);

        sync(source.toString(), bucketUri(), MODE, "trackRenames=sha1", "keepMode=delete");

        assertThat(info("new")).containsEntry("mode", "100600");
    }

    /** As rclone does: the next version that is stored has it. */
    @Test
    void modeAloneMakesNoFileDifferent() throws Exception {
        Path file = givenWithMode("a", 0644);
        sync(source.toString(), bucketUri(), MODE);
        setMode(file, 0600);

        assertThat(sync(source.toString(), bucketUri(), MODE)
                        .done(ActionKind.UPLOAD)
                        .actions())
                .isZero();
        assertThat(info("a")).containsEntry("mode", "100644");
        given(source, "a", "changed", 10);
        assertThat(sync(source.toString(), bucketUri(), MODE)
                        .done(ActionKind.UPLOAD)
                        .actions())
                .isOne();
        assertThat(info("a")).containsEntry("mode", "100600");
    }

    @ParameterizedTest
    @CsvSource({"mode, 755, 7755", "'mode,setid', 7755, 7755", "'mode,setid', 644, 644", "mode, 600, 1600"})
    void bitsThatLetOthersActAsTheOwnerCountOnlyWhereTheyAreAskedFor(String preserve, String down, String there)
            throws Exception {
        givenInBucketWith("tool", Map.of("mode", "10" + "0000".substring(there.length()) + there));

        sync(bucketUri(), destination, "preserve=" + preserve);

        assertThat(mode("tool")).isEqualTo(Integer.parseInt(down, 8));
    }

    @Test
    void bitsThatLetOthersActAsTheOwnerAreStoredOnlyWhereTheyAreAskedFor() throws Exception {
        setMode(givenWithMode("tool", 0755), 06755);

        sync(source.toString(), bucketUri(), MODE);
        assertThat(info("tool")).containsEntry("mode", "100755");
        given("tool", 5);
        setMode(source.resolve("tool"), 06755);
        sync(source.toString(), bucketUri(), "preserve=mode,setid");
        assertThat(info("tool")).containsEntry("mode", "106755");
    }

    @ParameterizedTest
    @CsvSource({
        "mode, banana",
        "mode, 9",
        "mode, -1",
        "mode, 1234567",
        "mode, 777777",
        "mode, ''",
        "mode, ' 755'",
        "mode, +755",
        "mode, 99999999999999999999999",
        "uid, root",
        "uid, -1",
        "uid, 4294967295",
        "gid, 99999999999",
        "gid, 1e3",
        "gid, ''",
        "uid, '\u0661'"
    })
    void informationThatNobodyCanBelieveFailsItsFileAloneAndSaysSo(String name, String value) throws Exception {
        givenInBucketWith("bad", Map.of(name, value));
        givenInBucket("good", "good", 10);

        SyncReport report = syncIncompletely(bucketUri(), destination, "preserve=mode,owner");

        assertThat(report.failures()).extracting(Problem::path).containsExactly("bad");
        assertThat(report.failures().get(0).reason()).contains("its file information has " + name + "=");
        assertThat(tree(destination)).containsOnlyKeys("good");
        sync(bucketUri(), destination);
        assertThat(tree(destination)).containsOnlyKeys("good", "bad");
    }

    @Test
    void whatIsNotKnownOrOfAnotherKindLeavesAFileAsAnyNewOne() throws Exception {
        givenInBucket("plain", "x", 10);
        givenInBucketWith("link", Map.of("mode", "120777"));
        givenInBucketWith("kindless", Map.of("mode", "0640"));
        given(destination, "replaced", "old", 100);
        setMode(destination.resolve("replaced"), 0606);
        givenInBucket("replaced", "new", 10);
        int usual = modeOf(Files.createFile(temp.resolve("usual")));

        sync(bucketUri(), destination, "preserve=mode,owner");

        assertThat(mode("plain")).isEqualTo(usual);
        assertThat(mode("link")).isEqualTo(usual);
        assertThat(mode("kindless")).isEqualTo(0640);
        assertThat(mode("replaced")).isEqualTo(0606);
    }

    /** A user who is not meant to read a file must not read the first half of it either. */
    @Test
    void nobodyElseCanOpenAFileBeforeItIsComplete() throws Exception {
        // A shorter one is written at once.
        String content = "s".repeat(300_000);
        B2.emulator().state().put(bucket, "secret", content.getBytes(StandardCharsets.UTF_8), Map.of("mode", "100640"));
        B2.emulator().faults().add("b2_download_file_by_id #1: stall response 2000");
        CompletableFuture<SyncReport> run = CompletableFuture.supplyAsync(() -> {
            try {
                return sync(bucketUri(), destination, MODE);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });

        await().until(() ->
                temporaries().stream().anyMatch(file -> file.toString().endsWith(".b2tmp")));
        for (Path file : temporaries()) {
            assertThat(modeOf(file) & 077).as("%s", file).isZero();
        }
        B2.emulator().faults().clear();
        run.get(60, TimeUnit.SECONDS);

        assertThat(mode("secret")).isEqualTo(0640);
        assertThat(destination.resolve("secret")).hasContent(content);
    }

    /** Downloads that are under way; the mark of the run holds nothing. */
    private List<Path> temporaries() throws IOException {
        if (Files.notExists(destination)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(destination)) {
            return files.filter(
                            file -> TemporaryNames.runOfMark(file.getFileName().toString())
                                    .isEmpty())
                    .toList();
        }
    }

    @Test
    void ownersComeDownWhereTheyAreAskedForAndNowhereElse() throws Exception {
        assumeTrue(isRoot(), "only root may give files away");
        givenInBucketWith("theirs", Map.of("uid", "12345", "gid", "54321", "mode", "104755"));

        sync(bucketUri(), destination, MODE);
        assertThat(attribute("theirs", "unix:uid")).isEqualTo(0);
        Files.delete(destination.resolve("theirs"));
        sync(bucketUri(), destination, "preserve=owner,mode,setid");

        assertThat(attribute("theirs", "unix:uid")).isEqualTo(12345);
        assertThat(attribute("theirs", "unix:gid")).isEqualTo(54321);
        assertThat(mode("theirs")).isEqualTo(04755);
    }

    @Test
    void ownersGoUpAsNumbers() throws Exception {
        Path file = given("mine", 10);

        sync(source.toString(), bucketUri(), "preserve=owner");

        assertThat(info("mine"))
                .containsEntry("uid", String.valueOf(Files.getAttribute(file, "unix:uid")))
                .containsEntry("gid", String.valueOf(Files.getAttribute(file, "unix:gid")))
                .doesNotContainKey("mode");
    }

    @Test
    void ownerThatThisProcessMayNotGiveFailsItsFileAlone() throws Exception {
        assumeTrue(!isRoot(), "root may give files to anybody");
        givenInBucketWith("theirs", Map.of("uid", "0", "gid", "0"));
        givenInBucket("plain", "x", 10);

        SyncReport report = syncIncompletely(bucketUri(), destination, "preserve=owner");

        assertThat(report.failures().get(0).reason()).contains("may not give a file to user 0 and group 0");
        assertThat(tree(destination)).containsOnlyKeys("plain");
    }

    @Test
    void whatTheDiskSaysWinsOverFileInformationOfTheSameName() throws Exception {
        givenWithMode("a", 0600);

        sync(source.toString(), bucketUri(), MODE, "fileInfo=mode=100777,color=blue");

        assertThat(info("a")).containsEntry("mode", "100600").containsEntry("color", "blue");
    }

    @Test
    void diskWithoutPermissionsIsRefusedBeforeAnythingChanges() throws Exception {
        Path archive = temp.resolve("a.zip");
        try (FileSystem zip =
                FileSystems.newFileSystem(URI.create("jar:" + archive.toUri()), Map.of("create", "true"))) {
            assertThatThrownBy(
                            () -> UnixFacts.checkKnownTo(zip.getPath("/a"), new Preserve(Set.of(Preserve.What.MODE))))
                    .hasMessageContaining("Option preserve cannot have mode or owner")
                    .hasMessageContaining("take them away");
            UnixFacts.checkKnownTo(zip.getPath("/a"), Preserve.NOTHING);
        }
        UnixFacts.checkKnownTo(temp.resolve("not/there/yet"), new Preserve(EnumSet.allOf(Preserve.What.class)));
    }

    @Test
    void plansOfAnotherPreserveAreRefused() throws Exception {
        givenWithMode("a", 0600);
        Path plan = temp.resolve("plan.jsonl");
        String key = "planKey=0123456789abcdef0123456789abcdef";
        template.requestBody(uri(source, bucketUri(), MODE, "mode=plan", "planFile=" + plan, key), "");

        Exchange other = template.request(uri(source, bucketUri(), "mode=apply", "planFile=" + plan, key), e -> {});
        assertThat(other.getException()).isNotNull();
        assertThat(bucketTree()).isEmpty();
        template.requestBody(uri(source, bucketUri(), MODE, "mode=apply", "planFile=" + plan, key), "");

        assertThat(info("a")).containsEntry("mode", "100600");
    }

    private Path givenWithMode(String name, int mode) throws IOException {
        Path file = given(name, 100);
        setMode(file, mode);
        return file;
    }

    private static void setMode(Path file, int mode) throws IOException {
        Files.setAttribute(file, "unix:mode", mode);
    }

    private int mode(String name) throws IOException {
        return modeOf(destination.resolve(name));
    }

    private static int modeOf(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777;
    }

    private Object attribute(String name, String attribute) throws IOException {
        return Files.getAttribute(destination.resolve(name), attribute, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(temp, "unix:uid"));
    }

    private Map<String, String> info(String name) {
        return B2.emulator().state().versions(bucket, name).get(0).info();
    }

    private void givenInBucketWith(String name, Map<String, String> info) {
        Map<String, String> all = new HashMap<>(info);
        all.put("src_last_modified_millis", String.valueOf(NOW - 50_000));
        B2.emulator().state().put(bucket, name, name.getBytes(StandardCharsets.UTF_8), all);
    }
}
