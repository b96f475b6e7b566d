// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.scan.disk.FileTimes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What was moved keeps its copy until it has one under its new name, wherever that is. */
class SyncMovedFilesTest extends SyncTestSupport {
    private static final String DELETE = "keepMode=delete";

    @ParameterizedTest
    @ValueSource(longs = {0, 900})
    void fileThatMovedOverOneThatLooksTheSameIsStoredBeforeItsOldNameGoes(long millisApart) throws Exception {
        Path a = given(source, "a", "AAAA", 500);
        Path b = given(source, "b", "BBBB", 500);
        given("c", 400);
        Files.setLastModifiedTime(b, FileTimes.of(NOW - 500_000 + millisApart));
        sync(source.toString(), bucketUri(), DELETE);
        Files.move(a, b, StandardCopyOption.REPLACE_EXISTING);

        sync(source.toString(), bucketUri(), DELETE, "compareThreshold=1s");

        assertThat(bucketTree()).containsOnlyKeys("b", "c").containsEntry("b", "AAAA");
    }

    /** The log of yesterday moves over one of the same size and time, and today's takes its name. */
    @Test
    void supersededVersionThatMovedOverOneThatLooksTheSameStaysUntilItIsStored() throws Exception {
        Path log = given(source, "log", "AAAA", 500);
        Path old = given(source, "log.1", "BBBB", 500);
        sync(source.toString(), bucketUri(), DELETE);
        Files.move(log, old, StandardCopyOption.REPLACE_EXISTING);
        given(source, "log", "CCCC", 100);

        sync(source.toString(), bucketUri(), DELETE);

        assertThat(bucketTree()).containsEntry("log", "CCCC").containsEntry("log.1", "AAAA");
        assertThat(B2.emulator().state().versions(bucket)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compareMode=size", "compareMode=none"})
    void whereOnlySizeOrNameCountsItKeepsItsOldName(String compare) throws Exception {
        Path a = given(source, "a", "AAAA", 500);
        Path b = given(source, "b", "BBBB", 500);
        sync(source.toString(), bucketUri(), DELETE, compare);
        Files.move(a, b, StandardCopyOption.REPLACE_EXISTING);

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, compare);

        assertThat(report.withheld()).hasSize(1);
        assertThat(bucketTree()).containsEntry("a", "AAAA").containsEntry("b", "BBBB");
    }

    /** What another program has stored has the time of its upload, so that no time tells what was moved. */
    @ParameterizedTest
    @ValueSource(strings = {"compareMode=size", "compareMode=none", "newerFileMode=skip"})
    void whatAnotherProgramStoredKeepsItsOldNameUntilItsContentIsStored(String compare) throws Exception {
        Path a = given(source, "a", "AAAA", 500);
        Path b = given(source, "b", "BBBB", 400);
        given(source, "gone", "GGGG", 300);
        for (String content : List.of("AAAA", "BBBB", "GGGG")) {
            storedByAnother(
                    content.equals("GGGG") ? "gone" : content.substring(0, 1).toLowerCase(Locale.ROOT), content);
        }
        sync(source.toString(), bucketUri(), DELETE, compare);
        Files.move(a, b, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(source.resolve("gone"));

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, compare, "maxDelete=100");

        assertThat(report.withheld()).singleElement().satisfies(withheld -> assertThat(withheld.cause())
                .isEqualTo("a"));
        assertThat(bucketTree()).containsOnlyKeys("a", "b").containsEntry("a", "AAAA");
    }

    /** By a rename, and by a copy, which has a time of its own. */
    @ParameterizedTest
    @CsvSource({"a.tmp,true", "a.tmp,false", "'a\nb',true", "'a\nb',false"})
    void whatAnotherProgramStoredKeepsItsOldNameWhereTheNewOneIsNotStored(String escaped, boolean moves)
            throws Exception {
        Path a = given(source, "a", "AAAA", 500);
        given(source, "a.gone", "GGGG", 500);
        given(source, "c", "c", 400);
        storedByAnother("a", "AAAA");
        storedByAnother("a.gone", "GGGG");
        String[] options = {DELETE, "newerFileMode=skip", "maxDelete=100", "excludeRegex=RAW(.*\\.tmp)"};
        sync(source.toString(), bucketUri(), options);
        Path to = source.resolve(escaped.replace("\\n", "\n"));
        if (moves) {
            Files.move(a, to);
        } else {
            Files.copy(a, to);
            Files.delete(a);
        }
        Files.delete(source.resolve("a.gone"));

        syncIncompletely(source.toString(), bucketUri(), options);

        assertThat(bucketTree()).containsOnlyKeys("a", "c");
    }

    /** cp and rm, and editors that save by copy: the copy has a time of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"compareMode=size", "compareMode=none", "compareMode=modTime&newerFileMode=skip"})
    void copyOverAnotherFileKeepsTheOldNameOfItsContent(String compare) throws Exception {
        Path a = given(source, "a", "AAAA", 500);
        Path b = given(source, "b", "BBBB", 400);
        sync(source.toString(), bucketUri(), DELETE, compare);
        Files.copy(a, b, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(b, FileTimes.of(NOW - 900_000));
        Files.delete(a);

        syncIncompletely(source.toString(), bucketUri(), DELETE, compare);

        assertThat(bucketTree()).containsEntry("a", "AAAA");
    }

    /**
     * The copy got the size and time of the file that it replaced, long ago, so that nothing but its content tells that it
     * is another. The old name is gone, or shows something new.
     */
    @ParameterizedTest
    @CsvSource({
        "compareMode=modTime, true",
        "compareMode=modTime, false",
        "compareMode=size, true",
        "compareMode=size, false",
        "newerFileMode=skip, true"
    })
    void copyThatLooksLikeTheFileThatItReplacedKeepsItsContentStored(String options, boolean isGone) throws Exception {
        Path a = given(source, "a", "AAAA", 800_000);
        Path b = given(source, "b", "BBBB", 900_000);
        given(source, "gone", "GGGG", 700_000);
        sync(source.toString(), bucketUri(), DELETE, options);
        Files.copy(a, b, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(b, FileTimes.of(NOW - 900_000_000));
        Files.delete(a);
        Files.delete(source.resolve("gone"));
        if (!isGone) {
            given(source, "a", "something new", 100);
        }

        trySync(source.toString(), bucketUri(), DELETE, options, "maxDelete=100");
        trySync(source.toString(), bucketUri(), DELETE, options, "maxDelete=100");

        assertThat(B2.emulator().state().versions(bucket))
                .extracting(
                        version -> new String(B2.emulator().state().bytes(version.fileId()), StandardCharsets.UTF_8))
                .contains("AAAA")
                .doesNotContain("GGGG");
    }

    /**
     * What a transfer superseded lies below a name that the next run finds unchanged. The log was moved or copied to a name
     * that is left out, or stays as it is.
     */
    @ParameterizedTest
    @CsvSource({
        "excludeRegex=RAW(log[.].*), false, true",
        "excludeRegex=RAW(log[.].*), false, false",
        "excludeRegex=RAW(log[.].*)&newerFileMode=skip, true, false",
        "compareMode=size, false, true",
        "compareMode=size, true, true",
        "compareMode=modTime&newerFileMode=skip, true, true"
    })
    void oldVersionStaysInEveryRunUntilItsContentIsStored(String options, boolean byAnother, boolean moves)
            throws Exception {
        Path log = given(source, "log", "AAAA", 500);
        Path old = given(source, "log.1", "BBBB", 600);
        given(source, "c", "c", 400);
        if (byAnother) {
            storedByAnother("log", "AAAA");
            storedByAnother("log.1", "BBBB");
        }
        sync(source.toString(), bucketUri(), DELETE, options);
        Files.copy(log, old, StandardCopyOption.REPLACE_EXISTING);
        if (moves) {
            Files.setLastModifiedTime(old, Files.getLastModifiedTime(log));
        }
        given(source, "log", "CCCCC", -3_600);

        for (int run = 0; run < 3; run++) {
            SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, options);
            assertThat(report.withheld()).extracting(Withheld::cause).contains("log");
        }

        assertThat(contents("log")).containsExactly("CCCCC", "AAAA");
        Files.delete(old);
        sync(source.toString(), bucketUri(), DELETE, "maxDelete=unlimited");
        assertThat(contents("log")).containsExactly("CCCCC");
    }

    /** It was stored and superseded by a run that was killed, or is what a hidden name showed before. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void versionBelowAnotherStaysUntilItsContentIsStored(boolean isHidden) throws Exception {
        given(source, "log.1", "AAAA", 500);
        given(source, "c", "c", 400);
        storedByAnother("log", "AAAA");
        storedByAnother("log.1", "BBBB");
        if (isHidden) {
            B2.emulator().state().hide(bucket, "log");
        } else {
            storedByAnother("log", "NEWER");
        }

        syncIncompletely(source.toString(), bucketUri(), DELETE, "compareMode=size", "maxDelete=100");

        assertThat(contents("log")).contains("AAAA");
    }

    /** The clock of this machine, or of the one that has the disk, is behind B2's. */
    @ParameterizedTest
    @ValueSource(strings = {"compareMode=size", "compareMode=modTime&newerFileMode=skip"})
    void noClockTellsWhetherAFileWasMoved(String options) throws Exception {
        Path a = given(source, "a", "AAAA", 500);
        Path b = given(source, "b", "BBBB", 400);
        CLOCK.at(System.currentTimeMillis() + 7_200_000, () -> {
            storedByAnother("a", "AAAA");
            storedByAnother("b", "BBBB");
            return bucket;
        });
        Files.move(a, b, StandardCopyOption.REPLACE_EXISTING);

        trySync(source.toString(), bucketUri(), DELETE, options);

        assertThat(bucketTree()).containsEntry("a", "AAAA");
    }

    private List<String> contents(String name) {
        return B2.emulator().state().versions(bucket).stream()
                .filter(version ->
                        version.name().equals(name) && !version.action().equals("hide"))
                .map(version -> new String(B2.emulator().state().bytes(version.fileId()), StandardCharsets.UTF_8))
                .toList();
    }

    /** The name that stays as it is holds the same content, so nothing is missing. */
    @Test
    void whatIsStoredUnderItsNewNameAsWellGoes() throws Exception {
        given(source, "a", "AAAA", 500);
        given(source, "b", "AAAA", 400);
        storedByAnother("a", "AAAA");
        storedByAnother("b", "AAAA");
        sync(source.toString(), bucketUri(), DELETE, "compareMode=size");
        Files.delete(source.resolve("a"));

        sync(source.toString(), bucketUri(), DELETE, "compareMode=size");

        assertThat(bucketTree()).containsOnlyKeys("b");
    }

    /** B2 does not know what a large file holds that was stored without its SHA-1. */
    @Test
    void whereNobodyKnowsTheContentTheOldNameStays() throws Exception {
        Path a = given(source, "a", "A".repeat(250_000), 500);
        Path b = given(source, "b", "B".repeat(250_000), 400);
        sync(source.toString(), bucketUri(), DELETE, "compareMode=none");
        Files.copy(a, b, StandardCopyOption.REPLACE_EXISTING);
        Files.delete(a);

        syncIncompletely(source.toString(), bucketUri(), DELETE, "compareMode=none");

        assertThat(bucketTree()).containsKey("a");
    }

    @Test
    void localFileOfAnotherProgramStaysUntilItsContentIsDownloaded() throws Exception {
        Files.createDirectories(destination);
        given(destination, "a", "AAAA", 900);
        given(destination, "b", "BBBB", 800);
        given(destination, "gone", "GGGG", 800);
        givenInBucket("b", "AAAA", 500);

        syncIncompletely(bucketUri(), destination, DELETE, "compareMode=size", "maxDelete=100");

        assertThat(tree(destination)).containsOnlyKeys("a", "b").containsEntry("a", "AAAA");
    }

    private void storedByAnother(String name, String content) {
        B2.emulator().state().put(bucket, name, content.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** A name that B2 does not take, one that is left out, a directory of such a name. */
    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a.tmp", "d\n/x/y"})
    void fileThatMovedToANameThatIsNotStoredKeepsItsOldOne(String name) throws Exception {
        Path a = given(source, "a", "AAAA", 500);
        given(source, "gone", "other", 300);
        given("c", 400);
        sync(source.toString(), bucketUri(), DELETE);
        Files.createDirectories(source.resolve(name).getParent());
        Files.move(a, source.resolve(name));
        Files.delete(source.resolve("gone"));

        SyncReport report =
                syncIncompletely(source.toString(), bucketUri(), DELETE, "excludeRegex=RAW(.*\\.tmp)", "maxDelete=100");

        assertThat(report.withheld()).singleElement().satisfies(withheld -> assertThat(withheld.cause())
                .isEqualTo("a"));
        assertThat(bucketTree()).containsOnlyKeys("a", "c");
    }

    /** Filters that pass by a directory which the user has not named. */
    @ParameterizedTest
    @ValueSource(strings = {"antInclude=a,c", "antExclude=d/**", "filesFrom=", "filterFrom="})
    void fileThatMovedToADirectoryThatAFilterPassesByKeepsItsOldName(String filter) throws Exception {
        Path a = given(source, "a", "AAAA", 500);
        given("c", 400);
        Path list = Files.writeString(temp.resolve("list"), filter.startsWith("filesFrom") ? "a\nc\n" : "- d/**\n");
        String option = filter.endsWith("=") ? filter + list : filter;
        sync(source.toString(), bucketUri(), DELETE, option);
        Files.createDirectories(source.resolve("d"));
        Files.move(a, source.resolve("d/a"));

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, option);

        assertThat(report.withheld()).hasSize(1);
        assertThat(bucketTree()).containsOnlyKeys("a", "c");
    }

    @Test
    void whatIsLeftOutAndToBeRemovedShieldsNothing() throws Exception {
        Path a = given(source, "a", "AAAA", 500);
        given("c", 400);
        sync(source.toString(), bucketUri(), DELETE);
        Files.move(a, source.resolve("a.tmp"));

        sync(source.toString(), bucketUri(), DELETE, "excludeRegex=RAW(.*\\.tmp)", "deleteExcluded=true");

        assertThat(bucketTree()).containsOnlyKeys("c");
    }

    /** The scan reads 4,000 names ahead and waits while the only worker is busy. A copy has a time of its own. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fileThatMovesBehindTheScanIsStoredBeforeItsOldNameGoes(boolean moves) throws Exception {
        given("a/x", 400);
        Path old = given(source, "z/f", "moved", 500);
        given("z/stays", 500);
        sync(source.toString(), bucketUri(), DELETE);
        given("a/new", 400);
        for (int i = 0; i < 4_500; i++) {
            Files.createFile(source.resolve("m" + i));
        }
        meanwhile = () -> {
            Files.copy(old, source.resolve("a/f"));
            if (moves) {
                Files.setLastModifiedTime(source.resolve("a/f"), Files.getLastModifiedTime(old));
            }
            Files.delete(old);
        };
        reportTo = "direct:meanwhile";

        sync(source.toString(), bucketUri(), DELETE, "excludeRegex=RAW(m.*)");

        assertThat(bucketTree()).containsEntry("a/f", "moved").doesNotContainKey("z/f");
    }

    /** Between two of its versions, as the report of the first tells. */
    @Test
    void whatComesBackWhileItsVersionsAreDeletedStays() throws Exception {
        given("c", 400);
        givenInBucket("a", "A1", 900);
        givenInBucket("a", "A2", 800);
        givenInBucket("a", "AAAA", 500);
        meanwhile = () -> given(source, "a", "AAAA", 500);
        reportTo = "direct:meanwhile";
        B2.emulator().state().put(bucket, "c", "c".getBytes(StandardCharsets.UTF_8), Map.of());

        sync(source.toString(), bucketUri(), DELETE, "newerFileMode=skip", "maxDelete=100");

        assertThat(contents("a")).containsExactly("AAAA", "A2");
    }

    /** B2 is busy for a while, and the client tries again. */
    @ParameterizedTest
    @CsvSource({"b2_delete_file_version,keepMode=delete", "b2_hide_file,keepMode=keepBeforeDelete&keepDays=3"})
    void whatComesBackWhileItsRemovalIsTriedAgainStays(String call, String keep) throws Exception {
        Path a = given(source, "a", "AAAA", 500);
        given("c", 400);
        sync(source.toString(), bucketUri(), keep);
        Path away = Files.move(a, temp.resolve("away"));
        B2.emulator().resetRequests();
        B2.emulator().faults().add(call + " #1-5000: status 503");
        CompletableFuture<?> back = CompletableFuture.runAsync(() -> {
            await().atMost(Duration.ofSeconds(20)).until(() -> B2.emulator().count(call) > 0);
            try {
                Files.move(away, a);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        trySync(source.toString(), bucketUri(), keep, "maxDelete=100");

        back.get(30, TimeUnit.SECONDS);
        B2.emulator().faults().clear();
        assertThat(bucketTree()).containsKeys("a", "c");
    }

    /** No look can come in the same moment as the removal; the run says what it did. */
    @Test
    void whatCameBackInTheMomentOfItsRemovalMakesTheRunIncomplete() throws Exception {
        Path a = given(source, "a", "AAAA", 500);
        given("c", 400);
        sync(source.toString(), bucketUri(), DELETE);
        Path away = Files.move(a, temp.resolve("away"));
        meanwhile = () -> Files.move(away, a);
        reportTo = "direct:meanwhile";

        SyncReport report = syncIncompletely(source.toString(), bucketUri(), DELETE, "maxDelete=100");

        assertThat(report.failures()).singleElement().satisfies(problem -> assertThat(problem.reason())
                .contains("came back to the source while it was removed"));
        sync(source.toString(), bucketUri(), DELETE);
        assertThat(bucketTree()).containsKeys("a", "c");
    }

    /** The scan comes to it later; nobody has seen it when the run began. */
    @Test
    void whatComesToTheDestinationDuringTheRunIsLeftToTheNext() throws Exception {
        given("a", 400);
        given("b", 400);
        B2.emulator().faults().add("b2_list_file_versions #1: delay 300ms");
        B2.emulator().resetRequests();
        CompletableFuture<?> somebody = CompletableFuture.runAsync(() -> {
            await().atMost(Duration.ofSeconds(20)).until(() -> B2.emulator().count("b2_list_file_versions") > 0);
            storedByAnother("somebody", "NEW");
        });

        SyncReport report = sync(source.toString(), bucketUri(), DELETE, "maxDelete=100");

        somebody.get(30, TimeUnit.SECONDS);
        B2.emulator().faults().clear();
        assertThat(report.compared()).isEqualTo(2);
        assertThat(bucketTree()).containsOnlyKeys("a", "b", "somebody");
        sync(source.toString(), bucketUri(), DELETE, "maxDelete=100");
        assertThat(bucketTree()).containsOnlyKeys("a", "b");
    }

    @Test
    void localFileThatIsMadeDuringTheRunIsLeftToTheNext() throws Exception {
        Files.createDirectories(destination);
        given(destination, "gone", "old", 500);
        givenInBucket("a", "AAAA", 500);
        meanwhile = () -> given(destination, "z/letter", "mine", 900);
        reportTo = "direct:meanwhile";
        for (int i = 0; i < 2_500; i++) {
            given(destination, "m" + i, "x", 500);
        }

        sync(bucketUri(), destination, DELETE, "maxDelete=unlimited");

        assertThat(tree(destination)).containsOnlyKeys("a", "z/letter");
    }

    private interface Step {
        void run() throws Exception;
    }

    private Step meanwhile = () -> {};

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:report").process(exchange -> reported.add(exchange.copy()));
                from("direct:meanwhile").process(exchange -> {
                    Step step = meanwhile;
                    meanwhile = () -> {};
                    step.run();
                });
            }
        };
    }

    /** With unicode=normalize a file under the other spelling is the same only if it holds the same. */
    @Test
    void otherFileUnderAnotherSpellingIsStored() throws Exception {
        Path composed = given(source, "\u00e9", "A1", 500);
        Path x = given(source, "x", "xx", 500);
        sync(source.toString(), bucketUri(), DELETE, "unicode=normalize");
        Files.delete(composed);
        Files.move(x, source.resolve("e\u0301"));

        trySync(source.toString(), bucketUri(), DELETE, "unicode=normalize", "maxDelete=unlimited");

        assertThat(bucketTree()).containsValue("xx");
    }

    @Test
    void copyWithinABucketOverOneThatLooksTheSameIsCopiedBeforeItsOldNameGoes() throws Exception {
        String other = B2.bucketName("moved");
        B2.emulator().state().createBucket(other);
        givenInBucket("a", "AAAA", 500);
        givenInBucket("b", "BBBB", 500);
        sync(bucketUri(), "b2://" + other, DELETE);
        B2.emulator().state().hide(bucket, "a");
        givenInBucket("b", "AAAA", 500);

        sync(bucketUri(), "b2://" + other, DELETE);

        assertThat(B2.emulator().state().names(other)).containsExactly("b");
        assertThat(new String(B2.emulator().state().bytes(other, "b"), StandardCharsets.UTF_8))
                .isEqualTo("AAAA");
    }

    @Test
    void downloadToAFileThatLooksTheSameIsMadeBeforeTheOldNameGoes() throws Exception {
        givenInBucket("a", "AAAA", 500);
        givenInBucket("b", "BBBB", 500);
        sync(bucketUri(), destination, DELETE);
        B2.emulator().state().hide(bucket, "a");
        givenInBucket("b", "AAAA", 500);

        sync(bucketUri(), destination, DELETE);

        assertThat(tree(destination)).containsOnlyKeys("b").containsEntry("b", "AAAA");
    }
}
