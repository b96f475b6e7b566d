// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.apache.camel.Exchange;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.client.cost.CostModel;
import io.github.camelb2.sync.scrub.Damage;
import io.github.camelb2.sync.scrub.FileScrubMemory;
import io.github.camelb2.sync.scrub.ScrubFailedException;
import io.github.camelb2.sync.scrub.ScrubMemory;
import io.github.camelb2.sync.scrub.ScrubReport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** A scrub reads what a bucket holds, some of it each time, and repairs only what it can prove. */
class SyncScrubTest extends SyncTestSupport {
    private ScrubReport scrub(String... options) {
        return scrubOf(source.toString(), options);
    }

    private ScrubReport scrubOf(String second, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("mode=scrub");
        Exchange exchange = trySync(second, bucketUri(), all.toArray(String[]::new));
        if (exchange.getException() instanceof ScrubFailedException failed) {
            assertThat(failed.report().isGood()).isFalse();
            return failed.report();
        }
        assertThat(exchange.getException()).isNull();
        ScrubReport report = exchange.getMessage().getBody(ScrubReport.class);
        assertThat(report.isGood()).isTrue();
        return report;
    }

    private String memory() {
        return "scrubFile=" + temp.resolve("scrub.jsonl");
    }

    private long downloads() {
        return B2.emulator().count("b2_download_file_by_id");
    }

    @Test
    void everyVersionIsReadOnceInAPass() {
        givenInBucket("a", "old", 100);
        givenInBucket("a", "new", 10);
        givenInBucket("b", "hidden", 10);
        B2.emulator().state().hide(bucket, "b");
        long before = downloads();

        ScrubReport first = scrub(memory());
        ScrubReport second = scrub(memory());
        assertThat(downloads() - before).isEqualTo(3);
        givenInBucket("aa", "came later", 1);
        ScrubReport third = scrub(memory());
        ScrubReport anew = scrub(memory(), "scrubEvery=1");

        assertThat(first.good()).isEqualTo(3);
        assertThat(first.bytes()).isEqualTo(12);
        assertThat(first.isPassComplete()).isTrue();
        assertThat(second.good()).isZero();
        assertThat(second.earlier()).isEqualTo(3);
        assertThat(third.good()).isEqualTo(1);
        assertThat(anew.good()).isEqualTo(4);
    }

    /** A scrub that can never read anything must not say that all is well. */
    @Test
    void moneyForNothingAtAllIsATrouble() {
        givenInBucket("a", "a", 1);
        long before = B2.emulator().count("b2_list_file_versions");

        ScrubReport poor = scrub(memory(), "scrubCost=0.0000001");

        assertThat(poor.trouble()).contains("scrubCost has no room for one page of the listing");
        assertThat(B2.emulator().count("b2_list_file_versions")).isEqualTo(before);
        assertThat(scrub(memory(), "scrubCost=1").good()).isEqualTo(1);
    }

    /** What is listed costs as well, and a run that lists all names for nothing has no money left for reading. */
    @ParameterizedTest
    @CsvSource({"file, 0.0005, 8", "file, 0.00002, 400", "database, 0.0005, 8"})
    void listingEndsWithinItsCostAndTheNextRunGoesOnThere(String kind, BigDecimal cost, int mostRuns) {
        int files = cost.doubleValue() < 0.0001 ? 1_100 : 2_500;
        for (int i = 0; i < files; i++) {
            givenInBucket("f" + i, "x", 1);
        }
        String memory = kind.equals("file") ? memory() : database("money");
        long before = downloads();
        scrub("scrubBytes=1", memory);
        int runs = 0;
        boolean isComplete = false;
        while (!isComplete && runs < mostRuns) {
            ScrubReport report = scrub(memory, "scrubCost=" + cost.toPlainString(), "workers=4");
            assertThat(CostModel.PUBLISHED.of(report.bill()).amount()).isLessThanOrEqualTo(cost);
            isComplete = report.isPassComplete();
            assertThat(isComplete || !report.stopped().isEmpty() || report.left() > 0)
                    .as(report.summary())
                    .isTrue();
            runs++;
        }

        assertThat(isComplete).as("after " + runs + " runs").isTrue();
        assertThat(runs).isGreaterThan(1);
        assertThat(downloads() - before).isEqualTo(files);
    }

    private String database(String name) {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + name + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
        context.getRegistry().bind(name, database);
        return "scrubDataSource=#" + name;
    }

    /** Whatever the budgets are: no run goes beyond, each file is read, and what is damaged is told from then on. */
    @Test
    void budgetsOfAnySizeAreKeptAndKnownDamageIsAlwaysTold() throws Exception {
        Random random = new Random(20);
        for (int round = 0; round < (Boolean.getBoolean("soak") ? 60 : 3); round++) {
            bucket = "any-budget-" + round;
            B2.emulator().state().createBucket(bucket);
            int files = 900 + random.nextInt(1_200);
            for (int i = 0; i < files; i++) {
                givenInBucket("f" + i, "content", 1);
            }
            given(source, "f500", "content", 1);
            B2.emulator().faults().add("b2_download_file_by_id #40-41: flip response 3");
            B2.emulator().faults().add("b2_download_file_by_id #50-60: status 503");
            String memory = round % 2 == 0 ? "scrubFile=" + temp.resolve("scrub" + round) : database("any" + round);
            BigDecimal cost = new BigDecimal("0.00004").add(BigDecimal.valueOf(random.nextInt(40), 5));
            boolean isKnown = false;
            boolean isComplete = false;
            for (int run = 0; !isComplete && run < 300; run++) {
                ScrubReport report = scrub(memory, "scrubCost=" + cost.toPlainString(), "scrubBytes=5KB");
                assertThat(CostModel.PUBLISHED.of(report.bill()).amount())
                        .as(report.summary())
                        .isLessThanOrEqualTo(cost);
                assertThat(report.bill().downloadedBytes()).isLessThanOrEqualTo(5_000);
                assertThat(isKnown && report.damage().isEmpty())
                        .as(report.summary())
                        .isFalse();
                isKnown |= report.damagedCount() > 0;
                isComplete = report.isPassComplete();
            }
            assertThat(isComplete).isTrue();
            assertThat(isKnown).isTrue();
            B2.emulator().faults().clear();
        }
    }

    /** It is never read, and must not keep all others from being read once more. */
    @Test
    void fileThatNoRunHasRoomForKeepsNoPassOpen() {
        givenInBucket("large", "0123456789".repeat(10), 1);
        givenInBucket("small", "x", 1);

        ScrubReport first = scrub(memory(), "scrubBytes=50");
        ScrubReport next = scrub(memory(), "scrubBytes=50", "scrubEvery=1");

        assertThat(List.of(first.good(), next.good())).containsExactly(1L, 1L);
        assertThat(List.of(first.left(), next.left())).containsExactly(1L, 1L);
        assertThat(first.isPassComplete()).isFalse();
    }

    /** That the newest has the same content says nothing as long as that is damaged, too. */
    @Test
    void eachDamagedVersionIsToldUnlessWhatTheNameShowsIsGoodAndTheSame() throws Exception {
        givenInBucket("a", "content", 100);
        givenInBucket("a", "content", 10);
        B2.emulator().faults().add("b2_download_file_by_id #1+: flip response 3");

        ScrubReport both = scrub(memory());
        ScrubReport again = scrub(memory());
        ScrubReport poor = scrub(memory(), "scrubBytes=1");
        B2.emulator().faults().clear();
        B2.emulator().faults().add("b2_download_file_by_id #2+: flip response 3");
        ScrubReport one = scrub(memory());

        assertThat(both.damagedCount()).isEqualTo(2);
        assertThat(again.damagedCount()).isEqualTo(2);
        assertThat(poor.damagedCount()).isEqualTo(2);
        assertThat(List.of(one.good(), one.damagedCount())).containsExactly(1L, 0L);
    }

    @Test
    void versionsOfATimeAreNoneOfAScrub() {
        givenInBucket("a", "a", 1);
        assertThatThrownBy(() -> template.requestBody(
                        "b2-sync:alone?mode=scrub&asOf=-1d&source=" + bucketUri() + "&destination=" + destination, ""))
                .hasStackTraceContaining("Option asOf cannot be with mode=scrub");
        for (String side : List.of("source", "destination")) {
            assertThatThrownBy(() -> template.requestBody(
                            "b2-sync:one?mode=scrub&asOf=2026-01-31T08:00:00Z&" + side + "=" + bucketUri(), ""))
                    .hasStackTraceContaining("Option asOf cannot be with mode=scrub");
        }
    }

    @ParameterizedTest
    @CsvSource({"source", "destination"})
    void directoryAloneIsNothingToScrub(String side) {
        assertThatThrownBy(() -> template.requestBody("b2-sync:one?mode=scrub&" + side + "=" + source, ""))
                .hasStackTraceContaining(
                        "Option " + side + "=" + source + " cannot be: mode=scrub reads what a bucket holds");
    }

    /** Each run reads within its budget and goes on where the last one ended. */
    @Test
    void bytesThatAreUsedUpLeaveTheRestForLater() {
        for (int i = 0; i < 7; i++) {
            givenInBucket("f" + i, "123456789" + i, 1);
        }
        long before = downloads();
        List<Long> good = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            good.add(scrub(memory(), "scrubBytes=25").good());
        }

        assertThat(good).containsExactly(2L, 2L, 2L, 1L);
        assertThat(downloads() - before).isEqualTo(7);
    }

    @Test
    void damageIsToldInEachRunAndOneBadReadIsNone() {
        givenInBucket("bad", "content", 1);
        givenInBucket("once", "content", 1);
        // In their order: both reads of "bad", the first of "once", and "bad" twice in the second run.
        B2.emulator().faults().add("b2_download_file_by_id #1-3: flip response 3");
        B2.emulator().faults().add("b2_download_file_by_id #5-6: flip response 3");

        ScrubReport first = scrub(memory());
        ScrubReport second = scrub(memory());
        ScrubReport third = scrub(memory());

        assertThat(first.damagedCount()).isEqualTo(1);
        assertThat(first.good()).isEqualTo(1);
        assertThat(first.damage()).extracting(Damage::path).containsExactly("bad");
        assertThat(first.damage().get(0).what())
                .contains("holds content of SHA-1")
                .contains("and was stored with");
        assertThat(second.damagedCount()).isEqualTo(1);
        assertThat(third.good()).isEqualTo(1);
    }

    @Test
    void damagedFileIsStoredAgainFromTheOtherSideAndNothingIsDeleted() throws Exception {
        given(source, "a", "content", 50);
        givenInBucket("a", "content", 100);
        String damaged = B2.emulator().state().versions(bucket).get(0).fileId();
        B2.emulator().faults().add("b2_download_file_by_id #1-2: flip response 3");

        ScrubReport report = scrub(memory(), "repair=true");

        assertThat(report.repairedCount()).isEqualTo(1);
        assertThat(report.damage().get(0).state()).isEqualTo(Damage.State.REPAIRED);
        assertThat(B2.emulator().state().versions(bucket)).hasSize(2).anyMatch(one -> one.fileId()
                .equals(damaged));
        assertThat(bucketTree()).isEqualTo(Map.of("a", "content"));
        assertThat(B2.emulator().state().versions(bucket).get(0).info())
                .containsEntry("src_last_modified_millis", String.valueOf(NOW - 100_000));
    }

    /** B2 has no condition for uploads, and a second side may take hours to be read. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "b2_upload_file         | b2_upload_file #1: delay 1000ms                                | stores",
                "b2_upload_file         | b2_upload_file #1: delay 1000ms; b2_upload_file #1: status 503 | stores",
                "b2_upload_file         | b2_upload_file #1: delay 1000ms                                | hides",
                "b2_download_file_by_id | b2_download_file_by_id #3: delay 1000ms                        | stores",
                "b2_copy_file           | b2_copy_file #1: delay 1000ms                                  | stores",
                "b2_copy_file           | b2_copy_file #1: delay 1000ms; b2_copy_file #1: status 503     | hides"
            })
    void whatSomebodyStoresDuringARepairIsNotCovered(String call, String faults, String what) throws Exception {
        String other = "other-" + bucket;
        B2.emulator().state().createBucket(other);
        B2.emulator().state().put(other, "a", "content".getBytes(StandardCharsets.UTF_8));
        given(source, "a", "content", 100);
        givenInBucket("a", "content", 100);
        B2.emulator().faults().add("b2_download_file_by_id #1-2: flip response 3");
        for (String fault : faults.split("; ")) {
            B2.emulator().faults().add(fault);
        }
        long until = B2.emulator().count(call) + (call.startsWith("b2_download") ? 3 : 1);
        Thread user = new Thread(() -> {
            await().pollInterval(Duration.ofMillis(5)).until(() -> B2.emulator().count(call) >= until);
            if (what.equals("stores")) {
                givenInBucket("a", "theirs", 0);
            } else {
                B2.emulator().state().hide(bucket, "a");
            }
        });
        user.start();

        ScrubReport report =
                scrubOf(call.equals("b2_upload_file") ? source.toString() : "b2://" + other, "repair=true");

        user.join();
        assertThat(bucketTree()).isEqualTo(what.equals("stores") ? Map.of("a", "theirs") : Map.of());
        assertThat(report.damage()).hasSize(1);
        assertThat(report.damage().get(0).state())
                .as(report.damage().get(0).what())
                .isEqualTo(Damage.State.LEFT);
    }

    /** Each run would store all of it again, although B2 has it as it was. */
    @ParameterizedTest
    @CsvSource({"workers=1, true", "workers=4, true", "workers=4, false"})
    void lineThatDamagesWhatComesGetsNoFurtherVersions(String workers, boolean remembers) throws Exception {
        for (int i = 0; i < 8; i++) {
            given(source, "f" + i, "content " + i, 100);
            givenInBucket("f" + i, "content " + i, 100);
        }
        B2.emulator().faults().add("b2_download_file_by_id: flip response 3");
        List<ScrubReport> runs = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            runs.add(remembers ? scrub(memory(), "repair=true", workers) : scrub("repair=true", workers));
        }

        assertThat(B2.emulator().state().versions(bucket)).hasSize(9);
        assertThat(runs).allSatisfy(run -> assertThat(run.repairedCount()).isZero());
        assertThat(runs.get(0).damage().get(0).what())
                .contains("which B2 took as good, and that holds content of SHA-1")
                .contains("what comes from B2 is damaged on its way here");
        assertThat(runs.get(0).damage().get(1).what())
                .contains("after what was found at f0, this run repairs nothing more");
        assertThat(runs.get(3).damage().get(0).what()).contains("so it was stored again before");
        B2.emulator().faults().clear();
        assertThat(scrub(memory(), "repair=true").good()).isEqualTo(9);
    }

    /** Nothing of that is about what B2 holds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "status 400 bad_request",
                "status 403 access_denied",
                "gateway 403",
                "gateway 404",
                "status 416 range_not_satisfiable"
            })
    void answerThatIsNotAboutTheContentIsNoDamage(String answer) throws Exception {
        given(source, "a", "content", 100);
        givenInBucket("a", "content", 100);
        givenInBucket("b", "content", 100);
        B2.emulator().faults().add("b2_download_file_by_id #1-2: " + answer);

        ScrubReport report = scrub(memory(), "repair=true", "workers=1");

        assertThat(report.damagedCount()).isZero();
        assertThat(List.of(report.good(), report.left())).containsExactly(1L, 1L);
        assertThat(report.trouble())
                .startsWith("of 1 versions nothing is known, because they could not be read; the first: a (");
        assertThat(report.isPassComplete()).isFalse();
        assertThat(B2.emulator().state().versions(bucket)).hasSize(2);
        ScrubReport again = scrub(memory());
        assertThat(List.of(again.good(), again.earlier())).containsExactly(1L, 1L);
    }

    @Test
    void whoeverCanReadNothingAsksForNoMillionOfFiles() {
        for (int i = 0; i < 400; i++) {
            givenInBucket("f" + i, "x", 1);
        }
        B2.emulator().faults().add("b2_download_file_by_id: gateway 403");
        long before = downloads();

        ScrubReport report = scrub(memory());

        assertThat(report.trouble()).contains("none of 100 versions could be read");
        assertThat(report.damagedCount()).isZero();
        assertThat(downloads() - before).isLessThan(600);
    }

    @Test
    void wrongOrMissingCustomerKeyIsNoDamage() throws Exception {
        String key = "destinationEncryption=SSE-C&destinationCustomerKey=RAW(%s)";
        given(source, "a", "content", 100);
        sync(source.toString(), bucketUri(), key.formatted("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));

        ScrubReport wrong = scrub("repair=true", key.formatted("MTEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));
        ScrubReport missing = scrub("repair=true");

        assertThat(List.of(wrong, missing)).allSatisfy(report -> {
            assertThat(report.damagedCount()).isZero();
            assertThat(report.trouble()).contains("of 1 versions nothing is known");
        });
        assertThat(B2.emulator().state().versions(bucket)).hasSize(1);
    }

    /** What was found damaged is told until it was read again. */
    @Test
    void knownDamageThatCannotBeReadNowIsToldAsDamage() {
        givenInBucket("a", "content", 100);
        B2.emulator().faults().add("b2_download_file_by_id #1-2: flip response 3");
        scrub(memory());
        B2.emulator().faults().clear();
        B2.emulator().faults().add("b2_download_file_by_id: gateway 403");

        ScrubReport report = scrub(memory());

        assertThat(report.damage()).singleElement().satisfies(one -> assertThat(one.what())
                .contains("was found damaged at ")
                .contains("and could not be read"));
        B2.emulator().faults().clear();
        assertThat(scrub(memory()).good()).isEqualTo(1);
    }

    @Test
    void damagedFileIsCopiedFromAnotherBucket() {
        String other = "other-" + bucket;
        B2.emulator().state().createBucket(other);
        B2.emulator().state().put(other, "a", "content".getBytes(StandardCharsets.UTF_8));
        givenInBucket("a", "content", 100);
        B2.emulator().faults().add("b2_download_file_by_id #1-2: flip response 3");

        ScrubReport report = scrubOf("b2://" + other, "repair=true");

        assertThat(report.repairedCount()).isEqualTo(1);
        assertThat(B2.emulator().state().versions(bucket)).hasSize(2);
        assertThat(B2.emulator().state().versions(bucket).get(0).info())
                .containsEntry("src_last_modified_millis", String.valueOf(NOW - 100_000));
    }

    /** Else the next scrub could not tell whether it is good. */
    @Test
    void largeFileThatIsStoredAgainKeepsItsDigest() throws Exception {
        Path file = given(source, "large", "0123456789".repeat(50_000), 100);
        template.requestBodyAndHeaders(
                "b2:" + bucket + "?operation=uploadFile&partSize=100000",
                file.toFile(),
                Map.of("CamelB2FileName", "large"));
        B2.emulator().faults().add("b2_download_file_by_id #1-2: flip response 3");

        ScrubReport report = scrub("repair=true");

        assertThat(report.repairedCount()).isEqualTo(1);
        assertThat(B2.emulator().state().versions(bucket)).hasSize(2).allSatisfy(version -> assertThat(version.info())
                .containsKey("large_file_sha1"));
        assertThat(scrub().withoutDigest()).isZero();
    }

    /** The same name, size and time prove nothing. */
    @Test
    void otherContentRepairsNothing() throws Exception {
        given(source, "a", "CONTENT", 100);
        givenInBucket("a", "content", 100);
        givenInBucket("b", "nobody else has it", 100);
        B2.emulator().faults().add("b2_download_file_by_id #1+: flip response 3");

        ScrubReport report = scrub("repair=true");

        assertThat(report.damagedCount()).isEqualTo(2);
        assertThat(report.damage().get(0).what()).contains("not repaired: the second side holds other content");
        assertThat(report.damage().get(1).what()).contains("the second side has no file of that name and size");
        assertThat(B2.emulator().state().versions(bucket)).hasSize(2);
    }

    /** Stored again, an old version would take the place of what the name shows. */
    @Test
    void oldVersionIsNotStoredOverTheNewOne() throws Exception {
        given(source, "a", "old", 100);
        givenInBucket("a", "old", 100);
        givenInBucket("a", "newer", 10);
        // The newest is read first, with one worker.
        B2.emulator().faults().add("b2_download_file_by_id #2+: flip response 1");

        ScrubReport report = scrub("repair=true", "workers=1");

        assertThat(report.damage().get(0).what()).contains("it is an old version");
        assertThat(bucketTree()).isEqualTo(Map.of("a", "newer"));
    }

    @Test
    void whatHasNoDigestIsCountedAndNeitherReadNorRepaired() throws Exception {
        Path file = given(source, "large", "0123456789".repeat(50_000), 100);
        template.requestBodyAndHeaders(
                "b2:" + bucket + "?operation=uploadFile&largeFileSha1=never&partSize=100000",
                file.toFile(),
                Map.of("CamelB2FileName", "large"));
        long before = downloads();

        ScrubReport report = scrub("repair=true");

        assertThat(report.withoutDigest()).isEqualTo(1);
        assertThat(report.good()).isZero();
        assertThat(downloads()).isEqualTo(before);
        assertThat(B2.emulator().state().versions(bucket)).hasSize(1);
    }

    /** Damage costs more than a look, and none of it goes beyond what the user gave. */
    @ParameterizedTest
    @CsvSource({
        "7,  1, LEFT,     (read once: the budget has no room for a second look)",
        "20, 2, LEFT,     not repaired: what is left of scrubBytes or scrubCost has no room for 1 more readings of its 7 bytes",
        "21, 3, REPAIRED, its content was stored again as"
    })
    void damageIsReadAndRepairedWithinTheBudgetToo(int bytes, int downloads, Damage.State state, String what)
            throws Exception {
        given(source, "a", "content", 100);
        givenInBucket("a", "content", 100);
        B2.emulator().faults().add("b2_download_file_by_id #1-2: flip response 3");
        long before = downloads();

        ScrubReport report = scrub(memory(), "repair=true", "scrubBytes=" + bytes);

        assertThat(downloads() - before).isEqualTo(downloads);
        assertThat(report.damage()).hasSize(1);
        assertThat(report.damage().get(0).state()).isEqualTo(state);
        assertThat(report.damage().get(0).what()).contains(what);
    }

    /** A restore would not get it either. */
    @Test
    void whatIsListedAndNotThereIsNotGood() {
        givenInBucket("a", "content", 100);
        givenInBucket("b", "content", 100);
        B2.emulator().faults().add("b2_download_file_by_id #1-2: status 404 not_found");

        ScrubReport report = scrub(memory());

        assertThat(report.damagedCount()).isEqualTo(1);
        assertThat(report.good()).isEqualTo(1);
        assertThat(report.damage().get(0).what()).startsWith("a (").contains("is listed and cannot be read");
        assertThat(scrub(memory()).good()).isEqualTo(1);
    }

    @Test
    void oneFailureIsNoDamageAndALimitIsNoneEither() {
        givenInBucket("a", "content", 100);
        B2.emulator().faults().add("b2_download_file_by_id #1: status 403 access_denied");

        assertThat(scrub().good()).isEqualTo(1);

        ScrubReport limited = scrub("maxDownloadBytes=3");
        assertThat(limited.damagedCount()).isZero();
        assertThat(limited.good()).isZero();
        assertThat(limited.trouble()).contains("maxDownloadBytes=3");
    }

    /** A new pass begins with other files, and what is known to be damaged is not good for that. */
    @Test
    void knownDamageIsToldInEachRunWhateverTheBudget() {
        givenInBucket("a", "content", 100);
        givenInBucket("z", "content", 100);
        B2.emulator().faults().add("b2_download_file_by_id #2-3: flip response 3");
        assertThat(scrub(memory()).damagedCount()).isEqualTo(1);

        ScrubReport poor = scrub(memory(), "scrubEvery=1", "scrubBytes=7");
        ScrubReport poorer = scrub(memory(), "scrubEvery=1", "scrubBytes=1");
        ScrubReport rich = scrub(memory(), "scrubEvery=1");

        assertThat(poor.good()).isEqualTo(1);
        assertThat(poor.damagedCount()).isEqualTo(1);
        assertThat(poor.damage().get(0).what()).startsWith("z (").contains("was found damaged at ");
        assertThat(poorer.damagedCount()).isEqualTo(1);
        assertThat(rich.damagedCount()).isZero();
        assertThat(rich.good()).isEqualTo(2);
    }

    /** First looks at everything would use up the bytes of each run, and nothing would ever be repaired. */
    @Test
    void knownDamageIsRepairedBeforeOthersAreLookedAt() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            given(source, name, "content", 100);
            givenInBucket(name, "content", 100);
        }
        B2.emulator().faults().add("b2_download_file_by_id #1-6: flip response 3");

        ScrubReport first = scrub(memory(), "repair=true", "scrubBytes=28");
        ScrubReport second = scrub(memory(), "repair=true", "scrubBytes=28");

        assertThat(first.damagedCount()).isEqualTo(3);
        assertThat(first.repairedCount()).isZero();
        assertThat(second.repairedCount()).isEqualTo(1);
        assertThat(second.damagedCount()).isEqualTo(2);
    }

    @Test
    void dryRunOfAMessageRepairsNothing() throws Exception {
        given(source, "a", "content", 100);
        givenInBucket("a", "content", 100);
        B2.emulator().faults().add("b2_download_file_by_id #1+: flip response 3");

        Exchange exchange =
                template.request(uri(source, bucketUri(), "mode=scrub", "repair=true"), message -> message.getMessage()
                        .setHeader(B2SyncConstants.DRY_RUN, true));

        assertThat(exchange.getException()).isInstanceOf(ScrubFailedException.class);
        assertThat(B2.emulator().state().versions(bucket)).hasSize(1);
    }

    /** Reports are read on terminals, which such a character may command. */
    @Test
    void nameOfDamageIsShownWithoutControlCharacters() {
        givenInBucket("a\u009b2Jb", "content", 100);
        B2.emulator().faults().add("b2_download_file_by_id #1-2: flip response 3");

        assertThat(scrub().damage().get(0).what()).startsWith("'a\\x9b2Jb' (");
    }

    /** A clock that was years ahead once must not end all scrubs until then, with reports that all is good. */
    @Test
    void memoryOfTheFutureIsNotBelieved() throws Exception {
        givenInBucket("a", "a", 1);
        long future = NOW + 1_000L * 24 * 3_600_000;
        String id = B2.emulator().state().versions(bucket, "a").get(0).fileId();
        for (boolean isEnded : new boolean[] {true, false}) {
            Files.deleteIfExists(temp.resolve("scrub.jsonl"));
            FileScrubMemory ahead = new FileScrubMemory(temp.resolve("scrub.jsonl"), bucketUri());
            ahead.begin(new ScrubMemory.Pass(isEnded ? future : NOW, false));
            ahead.keep("a", id, future);
            ahead.finish(new ScrubMemory.Pass(isEnded ? future : NOW, isEnded));
            ahead.close();

            assertThat(scrub(memory()).good()).isEqualTo(1);
            assertThat(scrub(memory()).earlier()).isEqualTo(1);
        }
    }

    @Test
    void oneBucketIsEnoughWhereNothingIsRepaired() {
        givenInBucket("a", "a", 1);
        for (String side : List.of("source", "destination")) {
            String uri = "b2-sync:alone?mode=scrub&" + side + "=" + bucketUri();
            assertThat(template.requestBody(uri, null, ScrubReport.class).good())
                    .isEqualTo(1);
        }
        assertThatThrownBy(() -> template.requestBody(
                        "b2-sync:alone?mode=scrub&repair=true&destination=" + bucketUri(), null, ScrubReport.class))
                .hasStackTraceContaining("Option source is missing");
        assertThatThrownBy(() -> template.requestBody("b2-sync:alone?mode=scrub", null, ScrubReport.class))
                .hasStackTraceContaining("Option source is missing");
        assertThatThrownBy(() -> template.requestBody("b2-sync:alone?mode=check&destination=" + bucketUri(), ""))
                .hasStackTraceContaining("Option source is missing");
    }

    @Test
    void rateHolds() {
        givenInBucket("a", "x".repeat(60_000), 1);
        long begun = System.nanoTime();

        assertThat(scrub("rate=50KB").good()).isEqualTo(1);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(500));
    }

    /** Nothing is listed either: outside of its hours a scrub asks for nothing. */
    @Test
    void timeThatIsOverLeavesTheRestForLater() throws Exception {
        givenInBucket("a", "content", 1);
        givenInBucket("b", "content", 1);
        String closed = SyncLimitTest.window(60, 120);

        ScrubReport never = scrub(memory(), closed);
        ScrubReport open = scrub(memory(), SyncLimitTest.window(-60, 60), "maxDuration=1h");
        B2.emulator().faults().add("b2_download_file_by_id #1-2: flip response 3");
        ScrubReport bad = scrub(memory(), "scrubEvery=1");
        ScrubReport told = scrub(memory(), closed);

        assertThat(List.of(never.versions(), never.good())).containsExactly(0L, 0L);
        assertThat(never.bill().classC()).isLessThanOrEqualTo(1);
        assertThat(never.stopped()).contains("outside of window=");
        assertThat(never.isPassComplete()).isFalse();
        assertThat(open.good()).isEqualTo(2);
        assertThat(bad.damagedCount()).as(bad.summary()).isEqualTo(1);
        assertThat(told.damage()).hasSize(1);
        assertThat(told.damage().get(0).what()).startsWith("a (").endsWith("and this run did not come to it");
    }

    @Test
    void dryRunRepairsNothing() throws Exception {
        given(source, "a", "content", 100);
        givenInBucket("a", "content", 100);
        B2.emulator().faults().add("b2_download_file_by_id #1+: flip response 3");

        assertThat(scrub("repair=true", "dryRun=true").damagedCount()).isEqualTo(1);
        assertThat(B2.emulator().state().versions(bucket)).hasSize(1);
    }

    /** What a killed run had found is known, whatever its last line looks like. */
    @Test
    void killedRunIsGoneOnWith() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            givenInBucket(name, name, 1);
        }
        Path file = temp.resolve("scrub.jsonl");
        String id = B2.emulator().state().versions(bucket, "a").get(0).fileId();
        FileScrubMemory killed = new FileScrubMemory(file, bucketUri());
        killed.begin(new ScrubMemory.Pass(NOW, false));
        killed.keep("a", id, NOW + 1);
        killed.close();
        Files.writeString(temp.resolve("scrub.jsonl.incomplete"), "{\"name\":\"b\",\"i", StandardOpenOption.APPEND);
        assertThat(file).doesNotExist();

        ScrubReport report = scrub(memory());

        assertThat(report.earlier()).isEqualTo(1);
        assertThat(report.good()).isEqualTo(2);
        assertThat(temp.resolve("scrub.jsonl.incomplete")).doesNotExist();
    }

    @Test
    void databaseRemembersAsTheFileDoes() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:scrub;DB_CLOSE_DELAY=-1");
        context.getRegistry().bind("scrubs", database);
        for (int i = 0; i < 3; i++) {
            givenInBucket("f" + i, "123456789" + i, 1);
        }

        ScrubReport first = scrub("scrubDataSource=#scrubs", "scrubBytes=25");
        ScrubReport second = scrub("scrubDataSource=#scrubs", "scrubBytes=25");
        ScrubReport third = scrub("scrubDataSource=#scrubs");

        assertThat(List.of(first.good(), second.good(), third.good())).containsExactly(2L, 1L, 0L);
        assertThat(third.earlier()).isEqualTo(3);
        assertThat(scrub("scrubDataSource=#scrubs", "scrubEvery=1").good()).isEqualTo(3);
    }

    @Test
    void listingThatBreaksOffEndsNoPass() {
        givenInBucket("a", "a", 1);
        B2.emulator().faults().add("b2_list_file_versions #1: status 400 bad_request");

        ScrubReport broken = scrub(memory());
        ScrubReport next = scrub(memory());

        assertThat(broken.isPassComplete()).isFalse();
        assertThat(broken.trouble()).contains("the listing broke off");
        assertThat(next.good()).isEqualTo(1);
    }

    @Test
    void fileOfAnotherPlaceOrOfSomebodyElseIsRefused() throws Exception {
        givenInBucket("p/a", "a", 1);
        scrub(memory());
        Exchange elsewhere = trySync(source.toString(), bucketUri() + "/p", "mode=scrub", memory());
        assertThat(elsewhere.getException()).hasMessageContaining("is about " + bucketUri() + ", not about");

        Files.writeString(temp.resolve("diary"), "mine");
        Exchange diary = trySync(source.toString(), bucketUri(), "mode=scrub", "scrubFile=" + temp.resolve("diary"));
        assertThat(diary.getException()).hasMessageContaining("is no file of a scrub");
        assertThat(temp.resolve("diary")).hasContent("mine");
    }
}
