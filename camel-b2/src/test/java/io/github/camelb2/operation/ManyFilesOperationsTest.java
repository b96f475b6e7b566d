// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.lending.B2ClientLease;
import io.github.camelb2.operation.request.DeleteFilesReport;
import io.github.camelb2.operation.request.DeleteFilesReport.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

class ManyFilesOperationsTest extends B2TestSupport {
    private String bucket;

    @BeforeEach
    void givenABucket() {
        bucket = B2.createBucket();
    }

    @Test
    void unhideFileShowsAHiddenFileAgain() {
        b2().state().put(bucket, "a.txt", bytes("a"));
        b2().state().hide(bucket, "a.txt");

        send("b2:" + bucket, null, operation(B2Operations.unhideFile, "a.txt"));

        assertThat(b2().state().names(bucket)).containsExactly("a.txt");
    }

    @Test
    void unhideFileFindsTheMarkerBehindPagesOfUnfinishedUploadsOfTheName() {
        b2().state().put(bucket, "a.txt", bytes("a"));
        b2().state().hide(bucket, "a.txt");
        for (int i = 0; i < 101; i++) {
            startLargeFile("a.txt");
        }

        send("b2:" + bucket, null, operation(B2Operations.unhideFile, "a.txt"));

        assertThat(b2().state().names(bucket)).containsExactly("a.txt");
        assertThat(b2().count("b2_list_file_versions")).isEqualTo(2);
    }

    @Test
    void unhideFileRefusesAFileThatIsNotHidden() {
        b2().state().put(bucket, "a.txt", bytes("a"));

        assertThat(fail("b2:" + bucket, null, operation(B2Operations.unhideFile, "a.txt")))
                .isInstanceOf(B2NotFoundException.class)
                .hasMessageContaining("not hidden");
        assertThat(fail("b2:" + bucket, null, operation(B2Operations.unhideFile, "a")))
                .hasMessageContaining("there is no version of it");
        assertThat(b2().state().versions(bucket)).hasSize(1);
    }

    @Test
    void deleteAllFileVersionsDeletesThatNameOnly() {
        b2().state().put(bucket, "a", bytes("1"));
        b2().state().put(bucket, "a", bytes("2"));
        b2().state().hide(bucket, "a");
        b2().state().put(bucket, "a.txt", bytes("other"));

        Exchange answer = send("b2:" + bucket, null, operation(B2Operations.deleteAllFileVersions, "a"));

        assertThat(answer.getMessage().getBody(List.class)).hasSize(3).allMatch(FileId.class::isInstance);
        assertThat(b2().state().versions(bucket)).extracting("name").containsExactly("a.txt");
    }

    @Test
    void deleteFilesDeletesNamesAndVersionsAndSaysWhatBecameOfEach() {
        b2().state().put(bucket, "a,b", bytes("1"));
        StoredVersion older = b2().state().put(bucket, "c", bytes("1"));
        b2().state().put(bucket, "c", bytes("2"));
        b2().state().put(bucket, "d", bytes("1"));

        Exchange answer = send(
                "b2:" + bucket + "?operation=deleteFiles",
                null,
                Map.of(B2Constants.FILES_TO_DELETE, List.of("a,b", List.of("c", older.fileId()), "nothing")));

        DeleteFilesReport report = answer.getMessage().getBody(DeleteFilesReport.class);
        assertThat(report.deleted()).isEqualTo(2);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.results())
                .extracting(DeleteFilesReport.Result::outcome)
                .containsExactly(Outcome.DELETED, Outcome.DELETED, Outcome.FAILED);
        assertThat(report.failures().get(0).reason()).contains("no version");
        assertThat(b2().state().versions(bucket)).extracting("name").containsExactly("c", "d");
        assertThat(answer.getMessage().getHeaders()).doesNotContainKey(B2Constants.FILES_TO_DELETE);
    }

    @Test
    void deleteFilesUnderAPrefixCanBeTriedFirst() {
        b2().state().put(bucket, "docs/a", bytes("1"));
        b2().state().put(bucket, "docs/a", bytes("2"));
        b2().state().put(bucket, "other", bytes("1"));
        String uri = "b2:" + bucket + "?operation=deleteFiles&prefix=docs/";

        Exchange dry = send(uri, null, Map.of(B2Constants.DRY_RUN, true));
        int left = b2().state().versions(bucket).size();
        Exchange real = send(uri, null, Map.of());

        assertThat(dry.getMessage().getBody(DeleteFilesReport.class).results())
                .extracting(DeleteFilesReport.Result::outcome)
                .containsExactly(Outcome.WOULD_DELETE, Outcome.WOULD_DELETE);
        assertThat(left).isEqualTo(3);
        assertThat(real.getMessage().getBody(DeleteFilesReport.class).deleted()).isEqualTo(2);
        assertThat(b2().state().versions(bucket)).extracting("name").containsExactly("other");
    }

    @Test
    void deleteFilesNeedsFilesOrAPrefix() {
        b2().state().put(bucket, "a", bytes("1"));

        assertThat(fail("b2:" + bucket + "?operation=deleteFiles", null, Map.of()))
                .hasMessageContaining("deleteFiles needs files")
                .hasMessageContaining(B2Constants.FILES_TO_DELETE)
                .hasMessageContaining(B2Constants.PREFIX);
        assertThat(fail(
                        "b2:" + bucket + "?operation=deleteFiles",
                        null,
                        Map.of(B2Constants.FILES_TO_DELETE, List.of(7))))
                .hasMessageContaining("java.lang.Integer");
        assertThat(b2().state().versions(bucket)).hasSize(1);
    }

    @Test
    void listPartsAnswersThePartsOfALargeFile() {
        String id = startLargeFile("big");

        Exchange answer = send("b2:*?operation=listParts", null, Map.of(B2Constants.FILE_ID, id));

        assertThat(answer.getMessage().getBody(Iterator.class).hasNext()).isFalse();
        assertThat(b2().count("b2_list_parts")).isEqualTo(1);
    }

    @Test
    void cancelUnfinishedLargeFilesCancelsByPrefixAndAge() {
        startLargeFile("docs/big");
        startLargeFile("other");
        String uri = "b2:" + bucket + "?operation=cancelUnfinishedLargeFiles&prefix=docs/";

        Exchange young = send(uri, null, Map.of(B2Constants.OLDER_THAN, "1h"));
        Exchange dry = send(uri, null, Map.of(B2Constants.OLDER_THAN, Duration.ZERO, B2Constants.DRY_RUN, true));
        int left = b2().state().unfinishedLargeFiles(bucket).size();
        Exchange real = send(uri, null, Map.of(B2Constants.OLDER_THAN, Duration.ZERO));

        assertThat(young.getMessage().getBody(List.class)).isEmpty();
        assertThat(dry.getMessage().getBody(List.class)).hasSize(1);
        assertThat(left).isEqualTo(2);
        assertThat(real.getMessage().getBody(List.class)).extracting("fileName").containsExactly("docs/big");
        assertThat(b2().state().unfinishedLargeFiles(bucket)).containsExactly("other");
    }

    @Test
    void cancelUnfinishedLargeFilesGoesOnWhereSomebodyElseWasFaster() {
        startLargeFile("a");
        startLargeFile("b");
        b2().faults().add("b2_cancel_large_file #1: status 400 bad_request No active upload for x");

        Exchange done = send(
                "b2:" + bucket + "?operation=cancelUnfinishedLargeFiles",
                null,
                Map.of(B2Constants.OLDER_THAN, Duration.ZERO));

        assertThat(done.getMessage().getBody(List.class)).extracting("fileName").containsExactly("b");
    }

    @Test
    void cancelUnfinishedLargeFilesNeedsAnAge() {
        assertThat(fail("b2:" + bucket, null, operation(B2Operations.cancelUnfinishedLargeFiles)))
                .hasMessageContaining(B2Constants.OLDER_THAN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1w", "1D", "5x", "-1h", "1m30"})
    void anAgeThatCannotBeReadCancelsNothing(String age) {
        startLargeFile("a");

        assertThat(fail(
                        "b2:" + bucket,
                        null,
                        Map.of(
                                B2Constants.OPERATION,
                                B2Operations.cancelUnfinishedLargeFiles,
                                B2Constants.OLDER_THAN,
                                age)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(B2Constants.OLDER_THAN + " = " + age);

        assertThat(b2().state().unfinishedLargeFiles(bucket)).hasSize(1);
    }

    private String startLargeFile(String name) {
        try (B2ClientLease lease = component().borrowClient(component().getConfiguration())) {
            return lease.client()
                    .call(StartLargeFile.of(b2().state().bucketId(bucket).orElseThrow(), name, "text/plain"))
                    .fileId();
        }
    }
}
