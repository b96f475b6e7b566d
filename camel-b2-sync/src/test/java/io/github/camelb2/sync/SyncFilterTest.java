// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.sync.filter.Explanation;
import io.github.camelb2.sync.plan.actions.PathPlan;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.wire.PathPlanJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Filters choose the same files in both directions, shield what they leave out, and say why. */
class SyncFilterTest extends SyncTestSupport {
    private static final String DELETE = "keepMode=delete";

    private Path lines(String name, String... lines) throws IOException {
        return Files.write(temp.resolve(name), List.of(lines));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "antInclude=**/*.jpg,*.txt             | d/e/new.jpg top.txt",
                "antExclude=d/**                       | top.txt",
                "antInclude=d/**&antExclude=**/*.jpg   | d/big.bin d/old.txt",
                "minSize=10                            | d/big.bin",
                "maxSize=9                             | d/e/new.jpg d/old.txt top.txt",
                "minAge=1h                             | d/old.txt",
                "maxAge=1h                             | d/big.bin d/e/new.jpg top.txt",
                "filesFrom=list                        | d/old.txt top.txt",
                "filterFrom=rules                      | d/big.bin d/old.txt",
                "filterFrom=rules&filesFrom=list       | d/old.txt",
                "filterFrom=rules&antExclude=**/*.txt&minSize=1 | d/big.bin",
                "excludeRegex=RAW(top)&maxAge=1h       | d/big.bin d/e/new.jpg",
            })
    void filtersChooseTheSameFilesInEveryDirection(String options, String expected) throws Exception {
        Path list = lines("list", "/d/old.txt", "top.txt", "gone.txt");
        Path rules = lines("rules", "- *.jpg", "+ /d/**", "- *");
        String written = options.strip()
                .replace("filesFrom=list", "filesFrom=" + list)
                .replace("filterFrom=rules", "filterFrom=" + rules);
        given(source, "top.txt", "top", 10);
        given(source, "d/big.bin", "0123456789", 10);
        given(source, "d/old.txt", "old", 7_200);
        given(source, "d/e/new.jpg", "new", 10);

        sync(source.toString(), bucketUri() + "/up", written);
        sync(source.toString(), bucketUri() + "/all");
        sync(bucketUri() + "/all", destination, written);
        sync(bucketUri() + "/all", bucketUri() + "/across", written);

        String[] names = expected.split(" ");
        assertThat(tree(destination)).containsOnlyKeys(names);
        assertThat(bucketTree().keySet().stream().filter(name -> name.startsWith("up/") || name.startsWith("across/")))
                .containsExactlyInAnyOrder(Stream.of(names)
                        .flatMap(name -> Stream.of("up/" + name, "across/" + name))
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "antInclude=?,?/?                | 'a,d/a'",
                "antInclude=??,??/??             | ' a,a ,d / a'",
                "antExclude=a,d/**               | ' a,a ,d / a'",
                "antExclude=?a,a?,d /**          | 'a,d/a'"
            })
    void blanksAtTheEndsOfNamesAreMatchedAsTheyAre(String option, String expected) throws Exception {
        for (String name : List.of("a", " a", "a ", "d/a", "d / a")) {
            given(source, name, name, 10);
        }

        sync(source.toString(), bucketUri(), option);
        sync(bucketUri(), destination, option);

        assertThat(bucketTree()).containsOnlyKeys(expected.split(","));
        assertThat(tree(destination)).containsOnlyKeys(expected.split(","));
    }

    @ParameterizedTest
    @CsvSource({
        "antInclude=*.txt",
        "antExclude=d/**",
        "minSize=3",
        "maxSize=3",
        "minAge=1h",
        "maxAge=1h",
        "filesFrom",
        "filterFrom"
    })
    void whatAFilterLeavesOutStaysAtTheDestinationUnlessTheUserSaysOtherwise(String option) throws Exception {
        Path list = lines("list", "a.txt");
        Path rules = lines("rules", "+ a.txt", "- **");
        String written = option
                + (option.startsWith("files") ? "=" + list : "")
                + (option.startsWith("filter") ? "=" + rules : "");
        int age = option.startsWith("minAge") ? 7_200 : 10;
        int otherAge = option.startsWith("maxAge") ? 7_200 : 10;
        given(source, "a.txt", "123", age);
        // One that the filter leaves out is in the source, the other is not.
        given(source, "d/there", option.startsWith("max") ? "1234" : "12", otherAge);
        givenInBucket("d/there", option.startsWith("max") ? "12345" : "1", otherAge + 1);
        givenInBucket("d/gone", option.startsWith("max") ? "1234" : "12", otherAge);
        givenInBucket("gone.txt", "123", age);

        sync(source.toString(), bucketUri(), DELETE, written);

        assertThat(bucketTree()).containsKeys("d/there", "d/gone", "a.txt");
        if (!option.startsWith("files") && !option.startsWith("filter")) {
            assertThat(bucketTree()).doesNotContainKey("gone.txt");
        }
        sync(source.toString(), bucketUri(), DELETE, written, "deleteExcluded=true");
        assertThat(bucketTree()).containsOnlyKeys("a.txt");
    }

    @Test
    void theFileOfFiltersIsReadWhenARunBegins() throws Exception {
        given("a", 10);
        given("b", 10);
        Path rules = lines("rules", "- a");
        String to = uri(source, bucketUri(), "filterFrom=" + rules);
        template.requestBody(to, "");
        assertThat(bucketTree()).containsOnlyKeys("b");

        lines("rules", "- c");
        template.requestBody(to, "");

        assertThat(bucketTree()).containsOnlyKeys("a", "b");
        Files.delete(rules);
        Exchange refused = template.request(to, exchange -> {});
        assertThat(refused.getException())
                .hasMessageContaining("filterFrom=" + rules)
                .hasMessageContaining("no such file");
        assertThat(bucketTree()).containsOnlyKeys("a", "b");
    }

    @Test
    void aPlanIsNotCarriedOutWhereOtherFiltersHold() throws Exception {
        given("a", 10);
        String plan = uri(source, bucketUri(), "mode=plan", "planKey=0123456789abcdef", "antExclude=b");
        String other = uri(source, bucketUri(), "mode=execute", "planKey=0123456789abcdef", "antExclude=c")
                .replace("b2-sync:test", "b2-sync:other");
        List<String> refusals = new ArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:plan")
                        .to(plan)
                        .split(body())
                        .process(exchange -> exchange.getMessage()
                                .setBody(
                                        PathPlanJson.write(exchange.getMessage().getBody(PathPlan.class))))
                        .doTry()
                        .to(other)
                        .doCatch(Exception.class)
                        .process(exchange ->
                                refusals.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)
                                        .getMessage()));
            }
        });

        template.requestBody("direct:plan", "");

        assertThat(refusals).hasSize(1);
        assertThat(bucketTree()).isEmpty();
    }

    /** No later run stores it either, so it is no failure, and nobody is told that the next one would. */
    @ParameterizedTest
    @CsvSource({
        "maxSize=5,                1234567890, maxSize: it has 10 bytes, true",
        "minSize=2,                1,          minSize: it has 1 bytes,  true",
        "minAge=1h,                12,         minAge: it is,            true",
        "excludeModifiedAfter=NOW, 12,         excludeModifiedAfter:,    true",
        "maxSize=5,                1234,       has changed since,        false",
    })
    void fileThatFallsOutOfTheFiltersBeforeItsTransferIsToldAndCounted(
            String filter, String content, String reason, boolean isLeftOut) throws Exception {
        given(source, "a", "12", 7_200);
        Path changing = given(source, "b", "12", 7_200);
        givenInBucket("up/b", "old", 9_000);
        givenInBucket("up/gone", "gone", 9_000);
        B2.emulator().faults().add("b2_upload_file file up/a: delay 1500ms");
        long before = B2.emulator().count("b2_upload_file");
        Thread editor = new Thread(() -> {
            await().pollInterval(Duration.ofMillis(5)).until(() -> B2.emulator().count("b2_upload_file") > before);
            try {
                Files.writeString(changing, content);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        editor.start();
        String option = filter.replace("NOW", String.valueOf(NOW - 3_600_000));

        Exchange run = trySync(source.toString(), bucketUri() + "/up", DELETE, option, "workers=1");

        editor.join();
        B2.emulator().faults().clear();
        if (isLeftOut) {
            assertThat(run.getException()).isNull();
            SyncReport report = run.getMessage().getBody(SyncReport.class);
            assertThat(report.skipCount()).isEqualTo(1);
            assertThat(report.skips().get(0).path()).isEqualTo("b");
            assertThat(report.skips().get(0).reason())
                    .contains("takes no part any more")
                    .contains(reason);
        } else {
            assertThat(run.getException()).hasStackTraceContaining(reason);
        }
        // What the filters leave out stays, with its old version; what is gone goes.
        assertThat(bucketTree()).containsEntry("up/b", "old").containsKey("up/a");
        assertThat(bucketTree().containsKey("up/gone")).isEqualTo(!isLeftOut);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.tmp         | false | excluded by line 2 of RULES: - *.tmp",
                "/keep/a.tmp   | true  | takes part: no filter leaves it out (line 1 of RULES: + /keep/**)",
                "keep/none     | false | the source has no such file; no filter leaves its name out (line 1 of RULES: + /keep/**)",
                "none.tmp      | false | excluded by line 2 of RULES: - *.tmp",
                "cache/x       | false | excluded by excludeDirRegex=cache, which matches its directory cache",
                "top.bak       | false | excluded by excludeRegex=.*bak",
                "top.txt       | true  | takes part: no filter leaves it out",
                "x.jpg         | false | excluded by antExclude=*.gif,x.*, where x.* matches",
                "empty         | false | excluded by minSize: it has 0 bytes, less than 1",
                "big           | false | excluded by maxSize: it has 12 bytes, more than 10",
                "new           | false | excluded by minAge: it is ",
                "old           | false | excluded by maxAge: it is ",
                "ancient       | false | excluded by excludeModifiedBefore: it was modified at ",
            })
    void explainNamesWhatLeavesAFileOut(String path, boolean takesPart, String reason) throws Exception {
        Path rules = lines("rules", "+ /keep/**", "- *.tmp");
        for (String name : List.of("a.tmp", "keep/a.tmp", "cache/x", "top.bak", "top.txt", "x.jpg")) {
            given(source, name, "text", 7_200);
        }
        given(source, "empty", "", 7_200);
        given(source, "big", "0123456789ab", 7_200);
        given(source, "new", "new", 10);
        given(source, "old", "old", 100_000_000);
        given(source, "ancient", "old", 50_000_000);
        String[] options = {
            "mode=explain",
            "filterFrom=" + rules,
            "excludeDirRegex=cache",
            "excludeRegex=RAW(.*bak)",
            "antExclude=*.gif,x.*",
            "minSize=1",
            "maxSize=10",
            "minAge=1h",
            "maxAge=1000d",
            "excludeModifiedBefore=" + (NOW - 40_000_000_000L)
        };
        String expected = reason.replace("RULES", rules.toString());

        for (Object side : List.of(source, bucketUri() + "/all")) {
            if (side instanceof String) {
                sync(source.toString(), side);
            }
            Explanation explained = template.requestBodyAndHeader(
                    uri(side, bucketUri() + "/to", options), "", B2SyncConstants.PATH, path, Explanation.class);

            assertThat(explained.takesPart()).as(String.valueOf(explained)).isEqualTo(takesPart);
            assertThat(explained.reason()).startsWith(expected);
            assertThat(template.requestBody(
                            uri(side, bucketUri() + "/to", with(options, "path=" + path)), "", String.class))
                    .startsWith(path.replaceFirst("^/", "") + ": " + expected);
        }
        assertThat(bucketTree().keySet()).noneMatch(name -> name.startsWith("to/"));
    }

    private static String[] with(String[] options, String more) {
        return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void explainSaysWhatElseASyncWouldSay() throws Exception {
        given("d/f", 10);
        Files.createSymbolicLink(source.resolve("link"), source.resolve("d/f"));
        givenInBucket("hidden", "x", 10);
        B2.emulator().state().hide(bucket, "hidden");

        assertThat(explain(source, "link", "symlinks=skip")).contains("symlinks=skip: link is a link");
        assertThat(explain(source, "link")).contains("takes part");
        assertThat(explain(source, "d")).contains("the source has no such file");
        assertThat(explain(source, "d/f/g")).contains("the source has no such file");
        assertThat(explain(source, "../secret")).contains("it is no path below the source");
        assertThat(explain(source, "d/../../secret")).contains("it is no path below the source");
        assertThat(explain(source, "//etc/hostname")).contains("it is no path below the source");
        assertThat(explain(source, "d/./f")).contains("it is no path below the source");
        assertThat(explain(source, "d//f")).contains("it is no path below the source");
        assertThat(explain(source, "d/f/")).contains("it is no path below the source");
        Files.createSymbolicLink(source.resolve("d/loop"), source.resolve("d"));
        Files.createSymbolicLink(source.resolve("again"), source);
        Files.createSymbolicLink(source.resolve("other"), source.resolve("d"));
        assertThat(explain(source, "d/loop/f")).contains("leads back to a directory above it");
        assertThat(explain(source, "again/d/f")).contains("leads back to a directory above it");
        assertThat(explain(source, "other/loop/f")).contains("leads back to a directory above it");
        assertThat(explain(source, "other/f")).contains("takes part");
        assertThat(explain(source, "a\tb")).contains("the source has no such file");
        assertThat(explain(bucketUri(), "hidden")).contains("hidden in the source");
        assertThat(explain(bucketUri(), "hid")).contains("the source has no such file");
        assertThat(template.request(uri(source, bucketUri(), "mode=explain"), exchange -> {})
                        .getException())
                .hasMessageContaining("Option path is missing");
    }

    private String explain(Object from, String path, String... options) {
        Object to = from.equals(source) ? bucketUri() : destination;
        return template.requestBodyAndHeader(
                uri(from, to, with(options, "mode=explain")), "", B2SyncConstants.PATH, path, String.class);
    }

    @Test
    void theRouteOfTheManualAnswers() throws Exception {
        given("old.tmp", 10);
        Path rules = lines("rules", "# the first line that matches decides", "+ /photos/best/**", "- *.{tmp,bak}");
        Properties known = new Properties();
        known.setProperty("directory", source.toString());
        known.setProperty("bucket", bucket);
        known.setProperty("rules", rules.toString());
        context.getPropertiesComponent().setInitialProperties(known);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:why")
                        .to(
                                "b2-sync:why?source={{directory}}&destination=b2://{{bucket}}&filterFrom={{rules}}&mode=explain")
                        .log("${body}");
            }
        });

        String answer = template.requestBodyAndHeader("direct:why", "", B2SyncConstants.PATH, "old.tmp", String.class);

        assertThat(answer).isEqualTo("old.tmp: excluded by line 3 of " + rules + ": - *.{tmp,bak}");
    }
}
