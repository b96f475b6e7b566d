// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever comes to a place between a plan and the run that carries it out: that path is refused by its name. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "POSIX permissions and links")
class SyncPlanFileChangesTest extends SyncTestSupport {
    private static final String KEY = "planKey=RAW(a key for plans of tests)";
    private static final String OLD = "old";
    private static final String NEW = "new";
    private static final long OLD_AGE = 500;
    private static final long NEW_AGE = 100;

    private Path outside;

    /** What of one file is changed. */
    private enum Change {
        LINK_TO_ITS_LIKE,
        LINK_TO_ITSELF,
        LINK_TO_NOTHING,
        DIRECTORY,
        EDIT_WITH_ITS_TIME,
        EDIT_OF_ANOTHER_NAME,
        DIRECTORY_LINK_TO_ITS_LIKE
    }

    @BeforeEach
    void outside() throws IOException {
        outside = Files.createDirectory(temp.resolve("outside"));
    }

    @ParameterizedTest
    @CsvSource({
        "LINK_TO_ITS_LIKE, symlinks=follow",
        "LINK_TO_ITS_LIKE, symlinks=followWithin",
        "LINK_TO_ITS_LIKE, symlinks=skip",
        "LINK_TO_ITS_LIKE, preserve=symlinks",
        "LINK_TO_ITSELF, symlinks=follow",
        "LINK_TO_ITSELF, preserve=symlinks",
        "LINK_TO_NOTHING, symlinks=follow",
        "LINK_TO_NOTHING, preserve=symlinks",
        "DIRECTORY, symlinks=follow",
        "DIRECTORY, preserve=emptyDirs",
        "EDIT_WITH_ITS_TIME, symlinks=follow",
        "EDIT_OF_ANOTHER_NAME, symlinks=follow",
        "DIRECTORY_LINK_TO_ITS_LIKE, symlinks=follow",
        "DIRECTORY_LINK_TO_ITS_LIKE, symlinks=followWithin",
        "DIRECTORY_LINK_TO_ITS_LIKE, symlinks=skip",
        "DIRECTORY_LINK_TO_ITS_LIKE, preserve=symlinks"
    })
    void nothingThatCameToThePlaceOfAFileIsStoredForIt(Change change, String option) throws Exception {
        given(source, "d/f", NEW, NEW_AGE);
        given(source, "other", "other", NEW_AGE);
        givenInBucket("d/f", OLD, OLD_AGE);
        givenInBucket("d/gone", "gone", OLD_AGE);
        hardLinkFirst(change, source.resolve("d/f"));
        plan(source, bucketUri(), option);

        make(change, source.resolve("d/f"), NEW_AGE);
        SyncReport report = applyIncompletely(source, bucketUri(), option);

        assertThat(report.failures()).extracting(Problem::path).containsExactly("d/f");
        assertThat(bucketTree()).isEqualTo(Map.of("d/f", OLD, "d/gone", "gone", "other", "other"));
    }

    @ParameterizedTest
    @CsvSource({
        "LINK_TO_ITS_LIKE, symlinks=follow",
        "LINK_TO_ITS_LIKE, preserve=symlinks",
        "LINK_TO_ITSELF, symlinks=follow",
        "LINK_TO_ITSELF, preserve=symlinks",
        "LINK_TO_NOTHING, symlinks=follow",
        "LINK_TO_NOTHING, preserve=symlinks",
        "EDIT_WITH_ITS_TIME, symlinks=follow",
        "DIRECTORY_LINK_TO_ITS_LIKE, symlinks=follow",
        "DIRECTORY_LINK_TO_ITS_LIKE, preserve=symlinks"
    })
    void nothingThatCameToThePlaceOfAFileIsReplacedOrRemoved(Change change, String option) throws Exception {
        given(destination, "d/f", OLD, OLD_AGE);
        given(destination, "e/gone", OLD, OLD_AGE);
        givenInBucket("d/f", NEW, NEW_AGE);
        givenInBucket("other", "other", NEW_AGE);
        String[] options = {option, "deleteAfterFailures=true"};
        plan(bucketUri(), destination, options);

        make(change, destination.resolve("d/f"), OLD_AGE);
        make(change, destination.resolve("e/gone"), OLD_AGE);
        Map<String, String> before = RandomTree.listing(temp);
        applyIncompletely(bucketUri(), destination, options);

        Map<String, String> after = RandomTree.listing(temp);
        assertThat(after).containsEntry("destination/other", after.get("destination/other"));
        after.remove("destination/other");
        before.keySet().removeIf(name -> name.startsWith("plan"));
        after.keySet().removeIf(name -> name.startsWith("plan"));
        assertThat(after).isEqualTo(before);
    }

    /** What is there now is just what the plan would make, but through a link. */
    @ParameterizedTest
    @ValueSource(strings = {"LINK_TO_ITS_LIKE", "DIRECTORY_LINK_TO_ITS_LIKE"})
    void whatALinkLeadsToIsNotTakenForWhatThePlanMakes(Change change) throws Exception {
        given(destination, "d/keep", "keep", OLD_AGE);
        givenInBucket("d/keep", "keep", OLD_AGE);
        givenInBucket("d/f", NEW, NEW_AGE);
        plan(bucketUri(), destination);

        given(destination, "d/f", NEW, NEW_AGE);
        make(change, destination.resolve("d/f"), NEW_AGE);
        SyncReport report = applyIncompletely(bucketUri(), destination);

        assertThat(report.failures()).extracting(Problem::path).containsExactly("d/f");
        assertThat(tree(outside).values()).contains(NEW);
    }

    private static void hardLinkFirst(Change change, Path file) throws IOException {
        if (change == Change.EDIT_OF_ANOTHER_NAME) {
            Files.createLink(file.resolveSibling("../../second").normalize(), file);
        }
    }

    private void make(Change change, Path file, long age) throws IOException {
        String content = Files.readString(file);
        String name = "of-" + file.getFileName();
        FileTime time = Files.getLastModifiedTime(file);
        Path directory = file.getParent();
        switch (change) {
            case LINK_TO_ITS_LIKE -> {
                Files.delete(file);
                Files.createSymbolicLink(file, given(outside, name, content, age));
            }
            case LINK_TO_ITSELF -> {
                Files.move(file, outside.resolve(name));
                Files.createSymbolicLink(file, outside.resolve(name));
            }
            case LINK_TO_NOTHING -> {
                Files.delete(file);
                Files.createSymbolicLink(file, Path.of("nowhere"));
            }
            case DIRECTORY -> {
                Files.delete(file);
                Files.createDirectory(file);
            }
            case EDIT_WITH_ITS_TIME, EDIT_OF_ANOTHER_NAME -> {
                Files.writeString(file, "bad");
                Files.setLastModifiedTime(file, time);
            }
            case DIRECTORY_LINK_TO_ITS_LIKE -> {
                Path aside = Files.move(directory, outside.resolve(directory.getFileName()));
                Files.delete(aside.resolve(file.getFileName()));
                given(aside, file.getFileName().toString(), content, age);
                Files.createSymbolicLink(directory, aside);
            }
            default -> throw new IllegalStateException();
        }
    }

    private void plan(Object from, Object to, String... options) throws Exception {
        sync(from.toString(), to, with(options, "mode=plan"));
    }

    private SyncReport applyIncompletely(Object from, Object to, String... options) {
        Exchange exchange = trySync(from.toString(), to, with(options, "mode=apply"));
        assertThat(exchange.getException()).isInstanceOf(SyncIncompleteException.class);
        return ((SyncIncompleteException) exchange.getException()).report();
    }

    private String[] with(String[] options, String mode) {
        String all = "keepMode=delete&maxDelete=unlimited&" + KEY + "&planFile=" + temp.resolve("plan.jsonl");
        return new String[] {String.join("&", options) + (options.length > 0 ? "&" : "") + all, mode};
    }
}
