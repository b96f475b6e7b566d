// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.plan.actions.ActionKind;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.plan.actions.Withheld;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;

/** A plan in a file is carried out as it was signed off, or not at all. */
class SyncPlanFileTest extends SyncTestSupport {
    private static final String KEY = "planKey=RAW(a key for plans of tests)";

    private Path planFile() {
        return temp.resolve("plan.jsonl");
    }

    private SyncReport plan(Object from, Object to, String... options) throws Exception {
        return sync(from.toString(), to, with(options, "mode=plan", KEY, "planFile=" + planFile()));
    }

    private SyncReport apply(Object from, Object to, String... options) throws Exception {
        return sync(from.toString(), to, with(options, "mode=apply", KEY, "planFile=" + planFile()));
    }

    private Exchange tryApply(Object from, Object to, String... options) {
        return trySync(from.toString(), to, with(options, "mode=apply", KEY, "planFile=" + planFile()));
    }

    private static String[] with(String[] options, String... more) {
        return Stream.concat(Stream.of(options), Stream.of(more)).toArray(String[]::new);
    }

    /** Something of each kind: new, changed, vanished. */
    private void givenChanges() throws IOException {
        given("new", 100);
        given("changed", 50);
        given("same", 100);
        givenInBucket("changed", "old", 500);
        givenInBucket("same", "same", 100);
        givenInBucket("vanished", "x", 100);
    }

    @Test
    void planIsWrittenForReviewAndCarriedOutAsItIs() throws Exception {
        givenChanges();
        int before = B2.emulator().state().versions(bucket).size();

        SyncReport planned = plan(source, bucketUri(), "keepMode=delete");
        assertThat(B2.emulator().state().versions(bucket)).hasSize(before);
        List<String> lines = Files.readAllLines(planFile());
        SyncReport applied = apply(source, bucketUri(), "keepMode=delete");

        assertThat(planned.mode()).isEqualTo(SyncReport.Mode.ESTIMATE);
        assertThat(lines.get(0))
                .contains("\"source\":\"" + source + "\"")
                .contains("\"destination\":\"" + bucketUri() + "\"");
        assertThat(lines).hasSize(6);
        assertThat(lines.get(5))
                .contains("\"upload\":{\"actions\":2,\"bytes\":10}")
                .contains("costAtMost");
        assertThat(bucketTree()).isEqualTo(tree(source));
        assertThat(B2.emulator().state().versions(bucket)).hasSize(3);
        assertThat(applied.done()).isEqualTo(planned.done());
        assertThat(applied.runId()).isNotEqualTo(planned.runId());
        assertThat(sync(source.toString(), bucketUri(), "keepMode=delete").actions())
                .isZero();
    }

    @Test
    void planIsCarriedOutDownAndBetweenBuckets() throws Exception {
        givenInBucket("a", "a", 100);
        givenInBucket("b", "new b", 10);
        given(destination, "b", "old", 100);
        given(destination, "gone", "x", 100);
        String other = "other-" + bucket;
        B2.emulator().state().createBucket(other);

        plan(bucketUri(), destination, "keepMode=delete");
        assertThat(tree(destination)).hasSize(2);
        apply(bucketUri(), destination, "keepMode=delete");
        plan(bucketUri(), "b2://" + other);
        apply(bucketUri(), "b2://" + other);

        assertThat(tree(destination)).isEqualTo(bucketTree());
        assertThat(B2.emulator().state().names(other)).containsExactly("a", "b");
    }

    @Test
    void planThatWasCarriedOutDoesNothingMore() throws Exception {
        givenChanges();
        plan(source, bucketUri(), "keepMode=delete");
        apply(source, bucketUri(), "keepMode=delete");
        List<String> before = versions();

        SyncReport again = apply(source, bucketUri(), "keepMode=delete");

        assertThat(versions()).isEqualTo(before);
        assertThat(again.isComplete()).isTrue();
    }

    private List<String> versions() {
        return B2.emulator().state().versions(bucket).stream()
                .map(version -> version.name() + "@" + version.fileId())
                .toList();
    }

    @Test
    void fileThatWasEditedSinceIsNotStoredAndNothingVanishesForIt() throws Exception {
        givenChanges();
        plan(source, bucketUri(), "keepMode=delete");
        Files.writeString(source.resolve("new"), "edited");

        SyncReport report = incomplete(tryApply(source, bucketUri(), "keepMode=delete"));

        assertThat(report.failures()).extracting(Problem::path).containsExactly("new");
        assertThat(report.withheld()).extracting(Withheld::guard).containsExactly(Withheld.Guard.FAILED_TRANSFER);
        assertThat(bucketTree()).containsOnlyKeys("changed", "same", "vanished");
    }

    /** It lies in the source under a name of which the plan knows nothing. */
    @Test
    void contentThatMovedSinceKeepsItsOldNameAndItsOldVersion() throws Exception {
        given(source, "kept", "kept", 100);
        given(source, "log", "today", 50);
        givenInBucket("log", "AAAA", 500);
        givenInBucket("kept", "kept", 100);
        givenInBucket("vanished", "BBBBBB", 500);
        givenInBucket("gone", "CC", 500);
        plan(source, bucketUri(), "keepMode=delete", "maxDelete=100");
        given(source, "log.1", "AAAA", 500);
        given(source, "came/back", "BBBBBB", 500);

        SyncReport report = incomplete(tryApply(source, bucketUri(), "keepMode=delete", "maxDelete=100"));

        assertThat(report.withheld()).extracting(Withheld::guard).containsOnly(Withheld.Guard.CONTENT_NOT_STORED);
        assertThat(bucketTree()).containsOnlyKeys("kept", "log", "vanished");
        assertThat(B2.emulator().state().versions(bucket, "log")).hasSize(2);
        sync(source.toString(), bucketUri(), "keepMode=delete", "maxDelete=100");
        assertThat(bucketTree()).isEqualTo(tree(source));
    }

    private static SyncReport incomplete(Exchange exchange) {
        assertThat(exchange.getException()).isInstanceOf(io.github.camelb2.sync.report.SyncIncompleteException.class);
        return ((io.github.camelb2.sync.report.SyncIncompleteException) exchange.getException()).report();
    }

    /** Size and time are what they were, and the file is another one. */
    @Test
    void fileThatWasSwappedForOneOfItsSizeAndTimeIsNotStored() throws Exception {
        Path file = given("a", 100);
        FileTime time = Files.getLastModifiedTime(file);
        plan(source, bucketUri());
        Files.writeString(file, "b");
        Files.setLastModifiedTime(file, time);

        SyncReport report = incomplete(tryApply(source, bucketUri()));

        assertThat(report.failures().get(0).reason()).contains("has changed since the plan was made");
        assertThat(bucketTree()).isEmpty();
    }

    @Test
    void destinationThatChangedSinceIsLeftAsItIs() throws Exception {
        givenChanges();
        plan(source, bucketUri(), "keepMode=delete");
        givenInBucket("changed", "by somebody else", 1);
        givenInBucket("vanished", "by somebody else", 1);

        incomplete(tryApply(source, bucketUri(), "keepMode=delete"));

        assertThat(bucketTree())
                .containsEntry("changed", "by somebody else")
                .containsEntry("vanished", "by somebody else");
    }

    @Test
    void sourceBucketThatChangedSinceIsNotFetched() throws Exception {
        givenInBucket("a", "1", 100);
        givenInBucket("b", "1", 100);
        plan(bucketUri(), destination);
        givenInBucket("a", "2", 1);

        SyncReport report = incomplete(tryApply(bucketUri(), destination));

        assertThat(report.failures()).extracting(Problem::path).containsExactly("a");
        assertThat(tree(destination)).containsOnlyKeys("b");
    }

    @Test
    void vanishedNameThatCameBackStays() throws Exception {
        givenChanges();
        plan(source, bucketUri(), "keepMode=delete");
        given("vanished", 1);

        apply(source, bucketUri(), "keepMode=delete");

        assertThat(bucketTree()).containsEntry("vanished", "x");
    }

    /** Whatever is done to the file, it is found out before anything is done. */
    @Test
    void planThatWasTamperedWithIsNotCarriedOut() throws Exception {
        givenChanges();
        plan(source, bucketUri(), "keepMode=delete");
        List<String> lines = Files.readAllLines(planFile());
        List<List<String>> hostile = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            hostile.add(without(lines, i));
            List<String> twice = new ArrayList<>(lines);
            twice.add(i, lines.get(i));
            hostile.add(twice);
            List<String> changed = new ArrayList<>(lines);
            changed.set(
                    i, lines.get(i).replaceFirst("[0-9]", "7x".substring(0, 1)).replaceFirst("a", "b"));
            hostile.add(changed);
            hostile.add(lines.subList(0, i));
        }
        List<String> swapped = new ArrayList<>(lines);
        swapped.add(1, swapped.remove(2));
        hostile.add(swapped);
        List<String> longer = new ArrayList<>(lines);
        longer.add("{}");
        hostile.add(longer);
        List<String> before = versions();

        for (List<String> file : hostile) {
            Files.write(planFile(), file);
            Exchange exchange = tryApply(source, bucketUri(), "keepMode=delete");
            assertThat(exchange.getException()).as(file.toString()).isInstanceOf(IllegalArgumentException.class);
            assertThat(versions()).isEqualTo(before);
        }
    }

    private static List<String> without(List<String> lines, int index) {
        List<String> rest = new ArrayList<>(lines);
        rest.remove(index);
        return rest;
    }

    /** Any byte, not only those that a test thinks of. */
    @Test
    void noByteOfAPlanCanBeChanged() throws Exception {
        givenChanges();
        plan(source, bucketUri(), "keepMode=delete");
        byte[] good = Files.readAllBytes(planFile());
        Random random = new Random(207);
        List<String> before = versions();
        for (int i = 0; i < 150; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length);
            bad[at] ^= (byte) (1 << random.nextInt(7));
            Files.write(planFile(), bad);
            assertThat(tryApply(source, bucketUri(), "keepMode=delete").getException())
                    .as("byte " + at)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(versions()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "keepMode=noDelete | the plan was made with",
                "keepMode=delete&compareMode=size | the plan was made with",
                "keepMode=delete&contentType=text/plain | the plan was made with",
                "keepMode=delete&excludeRegex=RAW(x) | the plan was made for",
                "keepMode=delete&planMaxAge=1ms | which is longer ago than planMaxAge=PT0.001S",
                "keepMode=delete&planKey=RAW(another key of them) | planKey is another one"
            })
    void planIsForItsOptionsAndItsTime(String options, String message) throws Exception {
        givenChanges();
        plan(source, bucketUri(), "keepMode=delete");
        List<String> before = versions();

        String key = options.contains("planKey") ? "workers=1" : KEY;
        Exchange exchange =
                trySync(source.toString(), bucketUri(), options, "mode=apply", key, "planFile=" + planFile());

        assertThat(exchange.getException()).hasMessageContaining(message);
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void planForAnotherPlaceIsRefused() throws Exception {
        givenChanges();
        plan(source, bucketUri());

        assertThat(tryApply(source, bucketUri() + "/elsewhere").getException())
                .hasMessageContaining("the plan was made for source=" + source);
    }

    @Test
    void dryRunOfAPlanChangesNothing() throws Exception {
        givenChanges();
        plan(source, bucketUri(), "keepMode=delete");
        List<String> before = versions();

        SyncReport report = apply(source, bucketUri(), "keepMode=delete", "dryRun=true");

        assertThat(report.done(ActionKind.UPLOAD).actions()).isEqualTo(2);
        assertThat(lines()).contains("upload new", "upload changed");
        assertThat(versions()).isEqualTo(before);
    }

    /** What was signed off was what these lines let take part. */
    @ParameterizedTest
    @ValueSource(strings = {"filterFrom", "filesFrom"})
    void planIsForWhatIsInTheFilesOfFilters(String option) throws Exception {
        givenChanges();
        Path filter = temp.resolve("filter");
        Files.writeString(filter, option.equals("filterFrom") ? "- gone\n" : "changed\n");
        plan(source, bucketUri(), option + "=" + filter);
        Files.writeString(filter, option.equals("filterFrom") ? "- none\n" : "gone\n");
        List<String> before = versions();

        assertThat(tryApply(source, bucketUri(), option + "=" + filter).getException())
                .hasMessageContaining("the plan was made for");
        assertThat(versions()).isEqualTo(before);
        Files.writeString(filter, option.equals("filterFrom") ? "- gone\n" : "changed\n");
        assertThat(tryApply(source, bucketUri(), option + "=" + filter).getException())
                .isNull();
    }

    @Test
    void planOfAnotherFileIsNotReplacedAndAnUnfinishedOneHasNoName() throws Exception {
        given("a", 1);
        Files.writeString(planFile(), "my thesis");
        assertThat(trySync(source.toString(), bucketUri(), "mode=plan", KEY, "planFile=" + planFile())
                        .getException())
                .hasMessageContaining("is there and is no plan");
        assertThat(planFile()).hasContent("my thesis");

        Files.delete(planFile());
        assertThat(tryApply(source, bucketUri()).getException()).hasMessageContaining("is not there");
    }

    /** What failed while it was planned is told again by whoever carries it out. */
    @Test
    void problemsOfThePlanningAreInTheFileAndInTheReport() throws Exception {
        given("a", 100);
        given("b", 500);
        givenInBucket("b", "newer", 1);

        incomplete(trySync(source.toString(), bucketUri(), "mode=plan", KEY, "planFile=" + planFile()));
        SyncReport report = incomplete(tryApply(source, bucketUri()));

        assertThat(report.failures()).extracting(Problem::kind).containsExactly(Problem.Kind.DESTINATION_NEWER);
        assertThat(bucketTree()).containsOnlyKeys("a", "b").containsEntry("b", "newer");
    }

    /** Else whoever carries it out would hear that all is as it is to be. */
    @Test
    void removalsThatThePlanningWithheldMakeTheRunIncomplete() throws Exception {
        given("a", 100);
        for (int i = 0; i < 4; i++) {
            givenInBucket("gone" + i, "x", 100);
        }
        String[] options = {"keepMode=delete", "maxDelete=1"};
        incomplete(trySync(source.toString(), bucketUri(), with(options, "mode=plan", KEY, "planFile=" + planFile())));

        SyncReport report = incomplete(tryApply(source, bucketUri(), options));

        assertThat(report.withheld()).extracting(Withheld::guard).containsExactly(Withheld.Guard.MAX_DELETE);
        assertThat(report.withheldNames()).isEqualTo(4);
        assertThat(bucketTree()).hasSize(5);
    }

    /** Killed in the middle, by a service that gives up: the same plan does the rest, and nothing twice. */
    @Test
    void planThatBrokeOffDoesTheRestWhenItIsCarriedOutAgain() throws Exception {
        for (int i = 0; i < 10; i++) {
            given("f" + i, 100);
            givenInBucket("old" + i, "x", 100);
        }
        plan(source, bucketUri(), "keepMode=delete");
        B2.emulator().faults().add("b2_upload_file file f5 #1: status 403 cap_exceeded");

        SyncReport broken = incomplete(tryApply(source, bucketUri(), "keepMode=delete"));
        List<String> stored =
                versions().stream().filter(version -> version.startsWith("f")).collect(Collectors.toList());
        SyncReport rest = apply(source, bucketUri(), "keepMode=delete");

        assertThat(broken.failures()).extracting(Problem::kind).contains(Problem.Kind.GAVE_UP);
        assertThat(broken.done(ActionKind.DELETE).actions()).isZero();
        assertThat(stored).isNotEmpty().hasSizeLessThan(10);
        assertThat(versions()).containsAll(stored).hasSize(10);
        assertThat(rest.done(ActionKind.UPLOAD).actions()).isEqualTo(10 - stored.size());
        assertThat(bucketTree()).isEqualTo(tree(source));
    }

    /** Its run does so, too: what is in the way goes behind the transfers. */
    @Test
    void planSwapsAFileForADirectoryAndTheReverse() throws Exception {
        givenInBucket("a", "new", 10);
        givenInBucket("b/x", "new", 10);
        givenInBucket("c", "new", 10);
        given(destination, "a/x", "old", 100);
        given(destination, "b", "old", 100);
        String[] options = {"keepMode=delete", "maxDelete=unlimited"};
        plan(bucketUri(), destination, options);
        given(destination, "c/somebodys", "since", 1);

        SyncReport clashing = incomplete(tryApply(bucketUri(), destination, options));
        assertThat(clashing.failures()).extracting(Problem::path).containsExactly("c");
        assertThat(clashing.failureCount()).isEqualTo(1);
        assertThat(tree(destination)).containsOnlyKeys("a", "b/x", "c/somebodys");

        Files.delete(destination.resolve("c/somebodys"));
        Files.delete(destination.resolve("c"));
        assertThat(apply(bucketUri(), destination, options).isComplete()).isTrue();
        assertThat(tree(destination)).isEqualTo(bucketTree());
    }

    /** It would plan its own upload, or be removed as a name that the source lacks. */
    @ParameterizedTest
    @ValueSource(strings = {B2SyncConstants.SOURCE, B2SyncConstants.DESTINATION})
    void planFileBelowASideThatAHeaderNamesIsRefused(String header) throws Exception {
        Path named = Files.createDirectory(temp.resolve("named"));
        boolean isSource = header.equals(B2SyncConstants.SOURCE);
        String uri = isSource ? uri(source, bucketUri()) : uri(bucketUri(), destination);
        for (String mode : List.of("plan", "apply")) {
            Exchange exchange = template.request(
                    uri + "&mode=" + mode + "&" + KEY + "&planFile=" + named.resolve("plan"),
                    it -> it.getMessage().setHeader(header, named.toString()));

            assertThat(exchange.getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("planFile");
        }
        assertThat(tree(named)).isEmpty();
    }
}
