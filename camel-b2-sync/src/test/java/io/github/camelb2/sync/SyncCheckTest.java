// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.check.Certificate;
import io.github.camelb2.sync.check.CheckFailedException;
import io.github.camelb2.sync.check.CheckReport;
import io.github.camelb2.sync.check.Verdict;
import io.github.camelb2.sync.check.Verify;
import io.github.camelb2.sync.filter.Explanation;
import io.github.camelb2.sync.report.SyncIncompleteException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** A check tells what is the same on both sides, and changes nothing. */
class SyncCheckTest extends SyncTestSupport {
    private CheckReport check(Object from, Object to, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("mode=check");
        Exchange exchange = trySync(from.toString(), to, all.toArray(String[]::new));
        if (exchange.getException() instanceof CheckFailedException failed) {
            assertThat(failed.report().isEqual()).isFalse();
            return failed.report();
        }
        assertThat(exchange.getException()).isNull();
        CheckReport report = exchange.getMessage().getBody(CheckReport.class);
        assertThat(report.isEqual()).isTrue();
        return report;
    }

    private static List<String> found(CheckReport report) {
        return report.findings().stream()
                .map(finding -> finding.verdict().sign() + " " + finding.path())
                .toList();
    }

    @Test
    void whatIsEqualDifferentMissingAndExtraIsToldAndNothingChanges() throws Exception {
        for (String name : List.of("same", "changed", "only here", "d/same")) {
            given(name, 100);
        }
        givenInBucket("same", "same", 100);
        givenInBucket("changed", "before", 50);
        givenInBucket("d/same", "d/same", 100);
        givenInBucket("only there", "x", 1);
        int versions = B2.emulator().state().versions(bucket).size();
        Path checkFile = temp.resolve("check.jsonl");
        Path combined = temp.resolve("combined");

        CheckReport report = check(source, bucketUri(), "checkFile=" + checkFile, "combinedFile=" + combined);

        assertThat(found(report)).containsExactly("* changed", "+ only here", "- only there");
        assertThat(report.count(Verdict.EQUAL)).isEqualTo(2);
        assertThat(report.bytes()).isEqualTo("same".length() + "d/same".length());
        assertThat(report.isComplete()).isTrue();
        assertThat(report.toString())
                .isEqualTo(
                        "check test: not the same, 2 equal, 1 different, 1 missing, 1 extra, 0 unknown (by metadata)");
        assertThat(combined).hasContent("* changed\n= d/same\n+ only here\n- only there\n= same\n");
        assertThat(Files.readAllLines(checkFile))
                .contains("{\"path\":\"only here\",\"result\":\"missing\",\"by\":\"metadata\"}")
                .hasSize(5)
                .anyMatch(line -> line.startsWith("{\"path\":\"changed\",\"result\":\"different\""));
        assertThat(B2.emulator().state().versions(bucket)).hasSize(versions);
        assertThat(tree(source)).hasSize(4);
    }

    /** The newer one may be on either side, and a sync would fail, leave or replace it. */
    @ParameterizedTest
    @ValueSource(strings = {"raiseError", "skip", "replace"})
    void whicheverIsNewerTheyAreNotEqual(String newer) throws Exception {
        given("a", 100);
        given("b", 10);
        givenInBucket("a", "a", 10);
        givenInBucket("b", "b", 100);

        assertThat(found(check(source, bucketUri(), "newerFileMode=" + newer))).containsExactly("* a", "* b");
    }

    @Test
    void digestTellsContentsOfOneSizeAndTimeApartAndTimesDoNotCount() throws Exception {
        given(source, "same", "content", 100);
        given(source, "swapped", "CONTENT", 100);
        givenInBucket("same", "content", 5);
        givenInBucket("swapped", "content", 100);

        CheckReport report = check(source, bucketUri(), "verify=digest");
        CheckReport down = check(bucketUri(), source, "verify=digest");

        assertThat(found(report)).containsExactly("* swapped");
        assertThat(found(down)).containsExactly("* swapped");
        assertThat(report.equalBy()).isEqualTo(Map.of(Verify.DIGEST, 1L));
        assertThat(report.bill().classB()).isZero();
    }

    @Test
    void whatNobodyKnowsTheDigestOfIsUnknownByDigestAndKnownByContent() throws Exception {
        String large = "0123456789".repeat(50_000);
        Path file = given(source, "large", large, 100);
        template.requestBodyAndHeaders(
                "b2:" + bucket + "?operation=uploadFile&largeFileSha1=never&partSize=100000",
                file.toFile(),
                Map.of("CamelB2FileName", "large"));

        CheckReport digest = check(source, bucketUri(), "verify=digest");
        CheckReport content = check(source, bucketUri(), "verify=content");

        assertThat(found(digest)).containsExactly("! large");
        assertThat(digest.findings().get(0).reason()).contains("verify=content");
        assertThat(content.equalBy()).isEqualTo(Map.of(Verify.CONTENT, 1L));
        assertThat(content.bill().downloadedBytes()).isEqualTo(500_000);
    }

    /** Its digest is that of the file, and what B2 gives out is another. */
    @Test
    void contentIsReadAndNotBelieved() throws Exception {
        given(source, "rotten", "content", 100);
        givenInBucket("rotten", "content", 100);
        B2.emulator().faults().add("b2_download_file_by_id #1+: flip response 3");

        assertThat(check(source, bucketUri(), "verify=digest").isEqual()).isTrue();
        CheckReport report = check(source, bucketUri(), "verify=content");

        assertThat(found(report)).containsExactly("* rotten");
        assertThat(report.findings().get(0).reason())
                .contains("the contents differ; the destination holds what its recorded SHA-1 does not say");
    }

    @Test
    void twoBucketsAreComparedByContent() throws Exception {
        String other = "other-" + bucket;
        B2.emulator().state().createBucket(other);
        for (String name : List.of("a", "b")) {
            givenInBucket(name, name, 100);
            B2.emulator().state().put(other, name, (name.equals("a") ? "a" : "x").getBytes());
        }

        assertThat(found(check(bucketUri(), "b2://" + other, "verify=content"))).containsExactly("* b");
        assertThat(found(check(bucketUri(), "b2://" + other, "verify=digest"))).containsExactly("* b");
    }

    @Test
    void sampleIsReadAndTheRestComparedByMetadata() throws Exception {
        for (int i = 0; i < 200; i++) {
            given("f" + i, 100);
            givenInBucket("f" + i, "f" + i, 100);
        }

        CheckReport report = check(source, bucketUri(), "verify=content", "sample=20%");

        assertThat(report.count(Verdict.EQUAL)).isEqualTo(200);
        assertThat(report.equalBy().get(Verify.CONTENT)).isBetween(10L, 80L);
        assertThat(report.equalBy().get(Verify.METADATA)).isBetween(120L, 190L);
        assertThat(report.read()).isEqualTo(report.equalBy().get(Verify.CONTENT));
        assertThat(report.toString()).endsWith("(by content of 20%, " + report.read() + " read, else by metadata)");
    }

    /** No name behind the break is called anything, and no file has the name of a whole one. */
    @Test
    void listingThatBreaksOffClaimsNothingOfWhatFollows() throws Exception {
        for (String name : List.of("a", "z")) {
            given(name, 100);
            givenInBucket(name, name, 100);
        }
        for (int i = 0; i < 1_005; i++) {
            B2.emulator().state().putUnkept(bucket, "f" + i, 1);
        }
        Path combined = temp.resolve("combined");
        check(source, bucketUri() + "/none", "combinedFile=" + combined);
        B2.emulator().faults().add("b2_list_file_versions #2+: status 400 bad_request");

        // Where transactions are limited a page has a thousand names.
        CheckReport report = check(source, bucketUri(), "combinedFile=" + combined, "maxTransactionsC=100");

        assertThat(report.isComplete()).isFalse();
        assertThat(report.names().keySet()).isSubsetOf(Verdict.EQUAL, Verdict.EXTRA);
        assertThat(report.count(Verdict.EQUAL)).isLessThanOrEqualTo(1);
        assertThat(report.trouble()).contains("the scan of the destination broke off");
        assertThat(report.toString()).contains("not finished");
        assertThat(combined).doesNotExist();
        assertThat(temp.resolve("combined.incomplete")).exists();
    }

    @Test
    void emptySourceIsAMistakeUnlessItIsAllowed() {
        assertThat(check(bucketUri() + "/typo", temp.resolve("none")).trouble()).contains("no file at all");
        assertThat(check(bucketUri() + "/typo", temp.resolve("none"), "allowEmptySource=true")
                        .isEqual())
                .isTrue();
    }

    @Test
    void missingDirectoryIsNoEmptyOne() {
        givenInBucket("a", "a", 1);

        CheckReport report = check(temp.resolve("typo"), bucketUri());

        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void whatTheFiltersLeaveOutIsNoDifference() throws Exception {
        given("a.txt", 100);
        given("b.tmp", 100);
        givenInBucket("a.txt", "a.txt", 100);
        givenInBucket("c.tmp", "x", 1);

        assertThat(check(source, bucketUri(), "excludeRegex=RAW(.*tmp)").isEqual())
                .isTrue();
    }

    /** A link whose disk is not mounted is left out of a sync, and nobody knows what it leads to. */
    @Test
    void whatTheSourceCannotShowIsUnknownWhereTheOtherSideHasIt() throws Exception {
        given("a", 100);
        Files.createSymbolicLink(source.resolve("photo"), temp.resolve("not mounted"));
        Files.createSymbolicLink(source.resolve("photos"), temp.resolve("not mounted either"));
        for (String name : List.of("a", "photo", "photos/1")) {
            givenInBucket(name, name, 100);
        }

        CheckReport report = check(source, bucketUri(), "checkFile=" + temp.resolve("check"));

        assertThat(found(report)).containsExactly("! photo", "! photos", "! photos/1");
        assertThat(Files.readAllLines(temp.resolve("check"))).hasSize(4);
        assertThat(found(check(source, bucketUri() + "/none", "allowEmptySource=true")))
                .containsExactly("+ a", "! photo", "! photos");
        assertThat(check(source, bucketUri(), "antExclude=photo*,photos/**").isEqual())
                .isTrue();
    }

    /** No sync can store or remove them, and still the sides are not the same. */
    @Test
    void whatNoSyncWouldTouchAtTheDestinationIsExtraOrUnknown() throws Exception {
        given("a", 100);
        givenInBucket("a", "a", 100);
        for (String name : List.of("a//b", "../up", "./dot", "/abs", "x/./y")) {
            givenInBucket(name, "precious", 1);
        }
        String other = "other-" + bucket;
        B2.emulator().state().createBucket(other);
        Path combined = temp.resolve("combined");

        CheckReport report = check(source, bucketUri(), "verify=content", "combinedFile=" + combined);

        assertThat(found(report)).containsExactly("- ../up", "- ./dot", "- /abs", "- a//b", "- x/./y");
        assertThat(Files.readAllLines(combined)).hasSize(6);
        assertThat(check(source, bucketUri(), "excludeRegex=RAW((.*/)?[.].*|.*//.*|/.*|x.*)")
                        .isEqual())
                .isTrue();
        assertThat(found(check(bucketUri(), bucketUri().replace(bucket, other))))
                .contains("+ a")
                .doesNotHaveDuplicates();

        Files.createDirectories(destination.resolve("real"));
        given(destination, "a", "a", 100);
        Files.createSymbolicLink(destination.resolve("link"), destination.resolve("real"));
        assertThat(found(check(bucketUri(), destination, "antInclude=a,link"))).containsExactly("! link/");
    }

    /** Whoever can store a file could write lines into the log, or turn what a terminal shows. */
    @Test
    void namesOfStrangersStayWithinTheirLine() throws Exception {
        String name = "a\nFAKE INFO all is well\u001b[2J\rzz\u2028\u202e";
        given(source, name, "x", 1);
        Path filter = temp.resolve("none");
        Files.writeString(filter, "- *\n");
        List<String> texts = new ArrayList<>();

        for (String mode : List.of("run", "check", "estimate")) {
            Exchange exchange = trySync(source.toString(), bucketUri(), "mode=" + mode);
            for (Throwable e = exchange.getException(); e != null; e = e.getCause()) {
                texts.add(e.getMessage());
            }
            if (exchange.getException() instanceof CheckFailedException failed) {
                texts.add(failed.report().findings().toString());
            } else if (exchange.getException() instanceof SyncIncompleteException incomplete) {
                texts.add(incomplete.report().failures().toString());
            }
        }
        Exchange explained =
                template.request(uri(source, bucketUri(), "mode=explain", "filterFrom=" + filter), it -> it.getMessage()
                        .setHeader(B2SyncConstants.PATH, name));
        texts.add(explained.getMessage().getBody(Explanation.class).toString());

        assertThat(texts).hasSizeGreaterThan(5).allSatisfy(text -> assertThat(text)
                .contains("\\u{a}FAKE INFO all is well\\u{1b}[2J\\u{d}zz\\u{2028}\\u{202e}")
                .doesNotContain("\n", "\u001b", "\r", "\u2028", "\u202e"));
    }

    @Test
    void sampleReadsAtLeastOneFileAndSaysHowMany() throws Exception {
        for (int i = 10; i < 50; i++) {
            given(source, "f" + i, "AAAA", 100);
            givenInBucket("f" + i, "BBBB", 100);
        }
        CheckReport report = check(
                source,
                bucketUri(),
                "verify=content",
                "sample=RAW(0.0001%)",
                "planKey=RAW(a key for certificates)",
                "certificateFile=" + temp.resolve("c.json"),
                "antExclude=f49");

        assertThat(found(report)).containsExactly("* f10");
        assertThat(report.toString()).endsWith("(by content of 0.0001%, 1 read, else by metadata)");
        assertThat(report.notes())
                .containsExactly("the filters left out 2 names or directories, which were not compared");
        assertThat(Certificate.verify(temp.resolve("c.json"), "a key for certificates"))
                .contains("\"read\":1");
    }

    @Test
    void hiddenNamesAreNotThere() throws Exception {
        given("a", 100);
        givenInBucket("a", "a", 100);
        givenInBucket("b", "b", 100);
        B2.emulator().state().hide(bucket, "a");
        B2.emulator().state().hide(bucket, "b");

        assertThat(found(check(source, bucketUri()))).containsExactly("+ a");
    }

    @Test
    void fileThatCannotBeReadIsUnknown() throws Exception {
        given("a", 100);
        givenInBucket("a", "a", 100);
        B2.emulator().faults().add("b2_download_file_by_id #1+: status 404 not_found");

        CheckReport report = check(source, bucketUri(), "verify=content");

        assertThat(found(report)).containsExactly("! a");
    }

    @Test
    void asOfATimeIsComparedToo() throws Exception {
        CLOCK.at(NOW - 100_000_000, () -> B2.emulator().state().put(bucket, "a", "old".getBytes()));
        sync(bucketUri(), destination);
        givenInBucket("a", "new", 1);

        assertThat(check(bucketUri(), destination, "asOf=-1d", "verify=content").isEqual())
                .isTrue();
        assertThat(found(check(bucketUri(), destination, "verify=content"))).containsExactly("* a");
    }

    /** One name, one line: a name with a line break must not forge another line. */
    @Test
    void namesWithLineBreaksStayOneLine() throws Exception {
        given("a\n= b", 100);
        given("c\\d", 100);
        given("d\u001b[2J\r\u240a", 100);
        given("b\u2028+ x", 100);
        given("c\u0085= x", 100);
        Path combined = temp.resolve("combined");

        check(source, bucketUri(), "combinedFile=" + combined);
        CheckReport again = check(source, bucketUri(), "combinedFile=" + combined, "checkFile=" + temp.resolve("j"));

        assertThat(Files.readString(combined))
                .isEqualTo("! a\u240a= b\n+ b\u2028+ x\n+ c\\d\n+ c\u0085= x\n! d\u241b[2J\u240d\u201b\u240a\n");
        assertThat(Files.readString(temp.resolve("j")).split("\n")).hasSize(5);
        assertThat(again.count(Verdict.UNKNOWN)).isEqualTo(2);
        String[] both = {"combinedFile=" + combined, "checkFile=" + temp.resolve("j")};
        assertThat(check(source, bucketUri(), both).isComplete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"checkFile    | a diary", "combinedFile | - milk; - eggs", "combinedFile | * item; * another"})
    void filesOfOthersAreNotReplaced(String option, String lines) throws Exception {
        String content = lines.replace("; ", "\n");
        Path file = temp.resolve("mine");
        Files.writeString(file, content);

        Exchange exchange = trySync(source.toString(), bucketUri(), "mode=check", option + "=" + file);

        assertThat(exchange.getException()).hasMessageContaining("Option " + option + "=" + file);
        assertThat(file).hasContent(content);
    }

    /** Edits, moves and deletions while it reads: what is called equal was so, whatever else happens. */
    @Test
    void treeThatChangesMakesNothingEqualThatWasNever() throws Exception {
        Random random = new Random(7);
        TreeSet<String> never = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            given("f" + i, 100);
            givenInBucket("f" + i, random.nextInt(5) == 0 ? "different" : "f" + i, 100);
        }
        never.addAll(found(check(source, bucketUri(), "verify=content")));
        Thread editor = new Thread(() -> {
            Random edits = new Random(8);
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    Path file = source.resolve("f" + edits.nextInt(60));
                    if (edits.nextBoolean()) {
                        Files.writeString(file, "edited " + edits.nextInt());
                    } else {
                        Files.deleteIfExists(file);
                    }
                } catch (Exception e) {
                    return;
                }
            }
        });
        editor.start();
        try {
            for (int i = 0; i < 3; i++) {
                Path json = temp.resolve("check" + i);
                check(source, bucketUri(), "verify=content", "checkFile=" + json, "workers=4");
                for (String line : Files.readAllLines(json)) {
                    boolean saysEqual = line.contains("\"result\":\"equal\"");
                    String name = line.replaceAll(".*\"path\":\"(f\\d+)\".*", "$1");
                    assertThat(saysEqual && never.contains("* " + name))
                            .as(line)
                            .isFalse();
                }
            }
        } finally {
            editor.interrupt();
            editor.join();
        }
    }

    @Test
    void certificateTellsWhatWasFoundAndIsSigned() throws Exception {
        given("a", 100);
        given("<script>alert(1)</script>\u202e", 100);
        givenInBucket("a", "a", 100);
        Path json = temp.resolve("certificate.json");
        String key = "a key for certificates";

        check(
                source,
                bucketUri(),
                "verify=content",
                "planKey=RAW(" + key + ")",
                "certificateFile=" + json,
                "checkFile=" + temp.resolve("names"));

        assertThat(Certificate.verify(json, key))
                .contains("\"destination\":\"" + bucketUri() + "\"")
                .contains("\"verify\":\"content\"")
                .contains("\"equal\":false")
                .contains("\"names\":{\"equal\":1,\"different\":0,\"missing\":1,\"extra\":0,\"unknown\":0}")
                .containsPattern("\"checkFileSha256\":\"[0-9a-f]{64}\"");
        assertThat(temp.resolve("certificate.html"))
                .content()
                .contains("Both sides do not have the same.")
                .doesNotContain("<script")
                .doesNotContain("\u202e")
                .doesNotContain("&#8238;")
                .contains("\\u{202e}</bdi>");
        assertThatThrownBy(() -> Certificate.verify(json, "another key of another"))
                .hasMessageContaining("is no certificate that was signed with this planKey");
        String text = Files.readString(json);
        Files.writeString(json, text.replace("\"equal\":false", "\"equal\":true"));
        assertThatThrownBy(() -> Certificate.verify(json, key)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Equal may mean little where much was left out; whoever reads it did not see the options. */
    @Test
    void certificateTellsWhatWasLeftOut() throws Exception {
        given("a", 100);
        given("secret.tmp", 100);
        given("big", 100);
        givenInBucket("a", "a", 100);
        Path json = temp.resolve("certificate.json");
        Path filter = temp.resolve("filter");
        Files.writeString(filter, "- big\n");

        assertThat(check(
                                source,
                                bucketUri(),
                                "planKey=RAW(a key for certificates)",
                                "certificateFile=" + json,
                                "excludeRegex=RAW(secret.*)",
                                "filterFrom=" + filter,
                                "compareThreshold=1h",
                                "maxAge=1000d")
                        .isEqual())
                .isTrue();

        assertThat(Certificate.verify(json, "a key for certificates"))
                .contains("\"excludeRegex\":\"secret.*\"")
                .contains("\"compareThreshold\":\"1h\"")
                .contains("\"maxAge\":\"PT24000H\"")
                .containsPattern("\"filterFrom\":\"" + filter + " .SHA-256 [0-9a-f]{64}.\"");
        assertThat(temp.resolve("certificate.html"))
                .content()
                .contains("Both sides have the same.")
                .contains("all that no option leaves out")
                .contains("Option excludeRegex</bdi>")
                .contains("secret.&#42;");
    }

    /** A link that leads where it did says nothing of the file there, and a check looks at no permissions. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions and links")
    void certificateTellsWhatOfLinksAndPermissionsWasNotCompared() throws Exception {
        Path outside = Files.writeString(temp.resolve("outside"), "as it was");
        given("a", 100);
        Files.createSymbolicLink(source.resolve("l"), outside);
        String preserve = "preserve=mode,allSymlinks";
        sync(source.toString(), bucketUri(), preserve);
        Files.writeString(outside, "another content");
        Path json = temp.resolve("certificate.json");

        CheckReport report = check(
                source,
                bucketUri(),
                preserve,
                "verify=content",
                "planKey=RAW(a key for certificates)",
                "certificateFile=" + json);

        assertThat(report.isEqual()).isTrue();
        assertThat(Certificate.verify(json, "a key for certificates"))
                .contains("\"preserve\":\"mode,allSymlinks\"")
                .contains("\"symlinks\":\"neither followed nor left out")
                .contains("permissions and owners, which preserve keeps, were not compared")
                .contains("of links it was compared where they lead to, and nothing of what lies there");
        assertThat(temp.resolve("certificate.html"))
                .content()
                .contains("Option preserve</bdi>")
                .contains("of links it was compared where they lead to");
        assertThat(check(source, bucketUri(), "symlinks=skip").notes())
                .noneMatch(note -> note.contains("compared where"));
    }

    @Test
    void certificateOfAnUnfinishedCheckSaysSoAndReplacesNothingElse() throws Exception {
        Path json = temp.resolve("c.json");
        String key = "planKey=RAW(a key for certificates)";
        check(temp.resolve("typo"), bucketUri(), key, "certificateFile=" + json);
        assertThat(Certificate.verify(json, "a key for certificates")).contains("\"complete\":false");

        Files.writeString(temp.resolve("d.html"), "my page");
        assertThat(trySync(
                                source.toString(),
                                bucketUri(),
                                "mode=check",
                                key,
                                "certificateFile=" + temp.resolve("d.json"))
                        .getException())
                .hasMessageContaining("is no certificate");
        assertThat(temp.resolve("d.html")).hasContent("my page");
    }

    /** Without its own sign for quoting, whose files rclone lists and cannot open. */
    private static final List<String> HOSTILE = List.of(
            "-dash",
            "--config",
            "a b",
            " lead",
            "trail ",
            "br[1]",
            "{x,y}",
            "*star",
            "q?",
            "\u00e9",
            "e\u0301",
            "\ud83d\ude00",
            "Case",
            "case",
            "back\\slash",
            "'q'",
            "\"d\"",
            "#h",
            ";s",
            "+ p",
            "- m",
            "= e",
            "\u240a",
            "\u2421",
            "\u2028x",
            "\u0085x");

    @ParameterizedTest
    @ValueSource(ints = {20, 21})
    void combinedFileIsWhatRcloneSays(int seed) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/rclone")), "rclone is not installed");
        Random random = new Random(seed);
        Path other = Files.createDirectory(temp.resolve("other"));
        for (int i = 0; i < 60; i++) {
            String name = (random.nextBoolean() ? "d" + random.nextInt(4) + "/" : "")
                    + (i < HOSTILE.size() ? HOSTILE.get(i) : "n" + i);
            String content = "content of " + name;
            boolean isHere = random.nextInt(4) > 0;
            boolean isThere = random.nextInt(4) > 0;
            if (isHere) {
                given(source, name, content, random.nextInt(1_000));
            }
            if (isThere || !isHere) {
                String there = random.nextInt(4) > 0 ? content : content.replace('o', '0');
                given(other, name, there, 5);
                givenInBucket(name, there, 5);
            }
        }
        Path ours = temp.resolve("ours");
        Path theirs = temp.resolve("theirs");

        check(source, bucketUri(), "verify=digest", "combinedFile=" + ours);
        rcloneCheck(source, other, theirs);

        assertThat(linesOf(ours)).isEqualTo(linesOf(theirs));
        // And the other way round.
        check(bucketUri(), source, "verify=digest", "combinedFile=" + ours);
        rcloneCheck(other, source, theirs);
        assertThat(linesOf(ours)).isEqualTo(linesOf(theirs));
    }

    /** Control characters cannot be stored, and their lines are as rclone's all the same. */
    @Test
    void namesOfAnyCharactersAreWrittenAsRcloneWritesThem() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/rclone")), "rclone is not installed");
        Random random = new Random(7);
        String alphabet =
                "a.\n\r\u001b\t\u007f\u0001\u001f\u201b\u2400\u2401\u240a\u241f\u2420\u2421\u2422\uff0f\uff0e \\\u0085\u2028";
        for (int i = 0; i < 300; i++) {
            StringBuilder name = new StringBuilder("n");
            for (int j = random.nextInt(4); j >= 0; j--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            given(source, name.toString(), "x", 5);
        }
        Path ours = temp.resolve("ours");
        Path theirs = temp.resolve("theirs");

        check(source, bucketUri(), "combinedFile=" + ours);
        rcloneCheck(source, Files.createDirectory(temp.resolve("empty")), theirs);

        assertThat(namesOf(ours)).isEqualTo(namesOf(theirs));
    }

    private static TreeSet<String> namesOf(Path file) throws Exception {
        TreeSet<String> names = new TreeSet<>();
        linesOf(file).forEach(line -> names.add(line.substring(2)));
        return names;
    }

    private static TreeSet<String> linesOf(Path file) throws Exception {
        return new TreeSet<>(List.of(Files.readString(file).split("\n")));
    }

    private static void rcloneCheck(Path from, Path to, Path combined) throws Exception {
        Process rclone = new ProcessBuilder(
                        "/usr/bin/rclone",
                        "check",
                        from.toString(),
                        to.toString(),
                        "--combined",
                        combined.toString(),
                        "--config",
                        "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(rclone.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
