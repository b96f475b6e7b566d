// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.sync.plan.actions.Problem;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.scrub.ScrubReport;

import static org.assertj.core.api.Assertions.assertThat;

/** What B2 may call a version one day: it is no content, it does not go, and it keeps nobody from what is known. */
class SyncUnknownActionsTest extends SyncTestSupport {
    private final UnknownActions unknown = new UnknownActions();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        unknown.changeAnswersTo(made);
        return made;
    }

    private String givenArchived(String name, String content) {
        String id = B2.emulator()
                .state()
                .put(bucket, name, content.getBytes(StandardCharsets.UTF_8))
                .fileId();
        unknown.add(id);
        return id;
    }

    private Set<String> ids() {
        return B2.emulator().state().versions(bucket).stream()
                .map(StoredVersion::fileId)
                .collect(Collectors.toSet());
    }

    @Test
    void unknownVersionOfTheSourceIsNoContentAndRemovesNothing() throws Exception {
        givenInBucket("a", "a", 100);
        givenInBucket("odd", "old", 100);
        givenArchived("odd", "archived");
        givenArchived("only", "archived");
        Files.createDirectories(destination);
        given(destination, "odd", "mine", 10);
        given(destination, "only", "mine", 10);
        given(destination, "gone", "gone", 10);

        SyncReport report = syncIncompletely(
                bucketUri(), destination, "keepMode=delete", "maxDelete=unlimited", "deleteExcluded=true");

        assertThat(report.failures()).extracting(Problem::path).containsExactlyInAnyOrder("odd", "only");
        assertThat(tree(destination)).isEqualTo(Map.of("a", "a", "odd", "mine", "only", "mine"));
    }

    @Test
    void unknownVersionBelowAKnownOneDoesNotMatterToTheSource() throws Exception {
        givenArchived("a", "archived");
        givenInBucket("a", "new", 100);

        sync(bucketUri(), destination, "keepMode=delete");

        assertThat(tree(destination)).containsEntry("a", "new");
        assertThat(sync(bucketUri(), destination, "keepMode=delete").actions()).isZero();
    }

    @Test
    void fileIsStoredAboveAnUnknownVersionWhichStays() throws Exception {
        givenInBucket("a", "oldest", 1000);
        String odd = givenArchived("a", "archived");
        Set<String> before = ids();
        given("a", 10);

        SyncReport report = sync(source.toString(), bucketUri(), "keepMode=delete");

        assertThat(bucketTree()).containsEntry("a", "a");
        assertThat(ids()).containsAll(before);
        assertThat(report.skips())
                .extracting(Problem::reason)
                .singleElement()
                .asString()
                .contains(odd);
        SyncReport again = sync(source.toString(), bucketUri(), "keepMode=delete");
        assertThat(again.actions()).isZero();
        assertThat(ids()).containsAll(before);
    }

    @Test
    void unknownVersionOfAVanishedNameIsNeitherHiddenNorDeleted() throws Exception {
        given("here", 10);
        givenInBucket("a", "oldest", 1000);
        List<String> stay =
                List.of(givenArchived("a", "archived"), givenArchived("b", "archived"), givenArchived("c", "archived"));
        givenInBucket("c", "newest", 1000);
        givenInBucket("gone", "gone", 1000);

        for (String keep : List.of("keepMode=keepBeforeDelete&keepDays=0.0000001", "keepMode=delete")) {
            for (int run = 1; run <= 3; run++) {
                sync(source.toString(), bucketUri(), keep, "maxDelete=unlimited");
            }
        }

        assertThat(ids()).containsAll(stay);
        assertThat(B2.emulator().state().versions(bucket, "a")).hasSize(2);
        assertThat(B2.emulator().state().versions(bucket, "b")).hasSize(1);
        assertThat(B2.emulator().state().versions(bucket, "gone")).isEmpty();
    }

    @Test
    void scrubReadsNoUnknownVersion() throws Exception {
        givenInBucket("a", "a", 100);
        givenArchived("a", "archived");
        givenArchived("b", "archived");

        ScrubReport report = trySync(source.toString(), bucketUri(), "mode=scrub")
                .getMessage()
                .getBody(ScrubReport.class);

        assertThat(report.good()).isEqualTo(1);
    }
}
