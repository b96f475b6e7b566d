// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.request.CleanUpReport;
import io.github.camelb2.operation.request.DeleteFilesReport;
import io.github.camelb2.operation.request.DeleteFilesRequest.FileToDelete;

import static org.assertj.core.api.Assertions.assertThat;

/** What B2 may call a version one day: it is listed as it is, nobody consumes it, and who tidies up leaves it there. */
class UnknownActionsTest extends B2TestSupport {
    private final UnknownActions unknown = new UnknownActions();
    private String bucket;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        unknown.changeAnswersTo(made);
        return made;
    }

    @BeforeEach
    void threeNames() {
        bucket = B2.createBucket();
        put("above", "oldest");
        putUnknown("above", "above");
        put("below", "oldest");
        putUnknown("below", "between");
        put("below", "replaced");
        put("below", "shown");
        put("plain", "replaced");
        put("plain", "shown");
    }

    @Test
    void listingsTellOfIt() {
        assertThat(listed("listFileVersions"))
                .containsExactly(
                        "above archive",
                        "above upload",
                        "below upload",
                        "below upload",
                        "below archive",
                        "below upload",
                        "plain upload",
                        "plain upload");
        assertThat(listed("listFileNames")).containsExactly("above archive", "below upload", "plain upload");
    }

    @Test
    void cleanUpLeavesItWithAllBelowIt() {
        b2().advance(Duration.ofDays(2));

        CleanUpReport report = send("b2:" + bucket + "?operation=cleanUp", null, Map.of(B2Constants.OLDER_THAN, "1d"))
                .getMessage()
                .getBody(CleanUpReport.class);

        assertThat(report.failed()).isZero();
        assertThat(report.versions()).isEqualTo(2);
        assertThat(stored())
                .containsExactly(
                        "above=above", "above=oldest", "below=shown", "below=between", "below=oldest", "plain=shown");
    }

    @Test
    void onlyOldVersionsAreNeitherItNorWhatIsBelowIt() {
        for (String name : List.of("above", "below", "plain")) {
            assertThat(deleteOld(Map.of(B2Constants.PREFIX, name)).failed()).isZero();
        }

        assertThat(stored())
                .containsExactly(
                        "above=above", "above=oldest", "below=shown", "below=between", "below=oldest", "plain=shown");
    }

    @Test
    void namesThatAreOrderedTwiceKeepItAndTheirNewest() {
        List<FileToDelete> names = new ArrayList<>();
        for (String name : List.of("plain", "plain", "above", "above", "below", "below")) {
            names.add(new FileToDelete(name, null));
        }
        deleteOld(Map.of(B2Constants.FILES_TO_DELETE, names));

        assertThat(stored())
                .containsExactly(
                        "above=above", "above=oldest", "below=shown", "below=between", "below=oldest", "plain=shown");
    }

    @Test
    void versionsThatAreOrderedByTheirIdsStayWhereTheyWouldByName() {
        List<FileToDelete> ids = b2().state().versions(bucket).stream()
                .map(version -> new FileToDelete(version.name(), version.fileId()))
                .toList();

        assertThat(deleteOld(Map.of(B2Constants.FILES_TO_DELETE, ids)).failed()).isZero();

        assertThat(stored())
                .containsExactly(
                        "above=above", "above=oldest", "below=shown", "below=between", "below=oldest", "plain=shown");
    }

    @Test
    void whoOrdersThatAllVersionsGoMeansIt() {
        send(
                "b2:" + bucket + "?operation=deleteAllFileVersions",
                null,
                Map.of(B2Constants.OVERRIDE_FILE_NAME, "above"));

        assertThat(stored()).noneMatch(file -> file.startsWith("above"));
    }

    @Test
    void nobodyConsumesIt() {
        put("z", "last");
        List<String> consumed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Exchange one = consumer().receive("b2:" + bucket + "?delay=10", 30_000);
            consumed.add(one.getMessage().getHeader(B2Constants.FILE_NAME) + "="
                    + one.getMessage().getBody(String.class));
            consumer().doneUoW(one);
        }

        assertThat(consumed).containsExactly("below=shown", "plain=shown", "z=last");
    }

    private DeleteFilesReport deleteOld(Map<String, Object> headers) {
        return send("b2:" + bucket + "?operation=deleteFiles&onlyVersions=old", null, headers)
                .getMessage()
                .getBody(DeleteFilesReport.class);
    }

    private List<String> listed(String operation) {
        Iterator<?> files = send("b2:" + bucket + "?operation=" + operation, null, Map.of())
                .getMessage()
                .getBody(Iterator.class);
        List<String> all = new ArrayList<>();
        while (files.hasNext()) {
            FileVersion file = (FileVersion) files.next();
            all.add(file.fileName() + " " + file.action());
        }
        return all;
    }

    private String put(String name, String content) {
        b2().advance(Duration.ofSeconds(1));
        return b2().state().put(bucket, name, bytes(content)).fileId();
    }

    private void putUnknown(String name, String content) {
        unknown.add(put(name, content));
    }

    private List<String> stored() {
        return b2().state().versions(bucket).stream()
                .map(version ->
                        version.name() + "=" + new String(b2().state().bytes(version.fileId()), StandardCharsets.UTF_8))
                .toList();
    }
}
