// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.OperationStage;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.operation.request.DeleteFilesReport;
import io.github.camelb2.operation.request.DeleteFilesReport.Outcome;

import static org.assertj.core.api.Assertions.assertThat;

/** The filters of the endpoint choose for listings and deleteFiles what they choose for a consumer. */
class ChosenFilesTest extends B2TestSupport {
    private String bucket;

    @BeforeEach
    void makeBucket() {
        bucket = B2.createBucket();
    }

    private StoredVersion put(String name, String content) {
        return b2().state().put(bucket, name, bytes(content));
    }

    private void putOld(String name, String content) {
        send(
                "b2:" + bucket + "?fileName=" + name,
                content,
                Map.of(B2Constants.CUSTOM_UPLOAD_TIMESTAMP, 1_600_000_000_000L));
    }

    private List<String> listed(String operation, String options) {
        List<String> names = new ArrayList<>();
        Iterator<?> all = send("b2:" + bucket + "?operation=" + operation + options, null, Map.of())
                .getMessage()
                .getBody(Iterator.class);
        all.forEachRemaining(it -> names.add(((FileVersion) it).fileName()));
        return names;
    }

    private DeleteFilesReport delete(String options, Map<String, ?> headers) {
        return send("b2:" + bucket + "?operation=deleteFiles" + options, null, headers)
                .getMessage()
                .getBody(DeleteFilesReport.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "include=RAW(.*[.]log); a.log,b.log",
                "exclude=RAW(.*[.]log); keep.txt,old.txt",
                "antInclude=*.txt; keep.txt,old.txt",
                "antExclude=a*,b*; keep.txt,old.txt",
                "minSize=4; b.log",
                "maxSize=3; a.log,keep.txt,old.txt",
                "minAge=365d; old.txt",
                "maxAge=365d; a.log,b.log,keep.txt",
                "include=RAW(.*[.]log)&minSize=4; b.log",
            })
    void filtersChooseForListingsAndForDeleteFiles(String filter, String names) {
        put("a.log", "a");
        put("b.log", "long");
        put("keep.txt", "k");
        putOld("old.txt", "o");
        List<String> chosen = List.of(names.split(","));
        List<String> others = new ArrayList<>(b2().state().names(bucket));
        others.removeAll(chosen);

        assertThat(listed("listFileNames", "&" + filter)).containsExactlyElementsOf(chosen);
        assertThat(listed("listFileVersions", "&" + filter)).containsExactlyElementsOf(chosen);
        // All names of the bucket, one by one: an empty prefix is none.
        Map<String, Object> all =
                Map.of(B2Constants.FILES_TO_DELETE, b2().state().names(bucket));
        DeleteFilesReport dry = delete("&dryRun=true&" + filter, all);
        DeleteFilesReport report = delete("&" + filter, all);

        assertThat(dry.matched()).isEqualTo(chosen.size());
        assertThat(report.deleted()).isEqualTo(chosen.size());
        assertThat(b2().state().names(bucket)).containsExactlyElementsOf(others);
    }

    @Test
    void filtersAlsoChooseAmongFilesThatAreNamed() {
        StoredVersion named = put("a.log", "a");
        put("keep.log", "k");
        StoredVersion large = put("large", "large");

        delete(
                "&exclude=RAW(keep.*)&maxSize=3",
                Map.of(
                        B2Constants.FILES_TO_DELETE,
                        List.of(
                                "keep.log",
                                new FileId(named.fileId(), "a.log"),
                                Map.of("fileName", "large", "fileId", large.fileId()))));

        assertThat(b2().state().names(bucket)).containsExactly("keep.log", "large");
    }

    @Test
    void onlyOldVersionsAreDeleted() {
        put("a", "1");
        put("a", "2");
        put("b", "1");
        put("hidden", "1");
        b2().state().hide(bucket, "hidden");

        DeleteFilesReport report = delete("&onlyVersions=old&include=RAW(.*)&prefix=h", Map.of());
        assertThat(report.deleted()).isEqualTo(1);
        report = delete("&onlyVersions=old", Map.of(B2Constants.FILES_TO_DELETE, List.of("a", "b")));

        assertThat(report.deleted()).isEqualTo(1);
        assertThat(b2().state().versions(bucket))
                .extracting(StoredVersion::name, StoredVersion::action)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a", "upload"),
                        org.assertj.core.groups.Tuple.tuple("b", "upload"),
                        org.assertj.core.groups.Tuple.tuple("hidden", "hide"));
        assertThat(b2().state().bytes(bucket, "a")).isEqualTo(bytes("2"));
    }

    @Test
    void aVersionThatIsLockedMissingOrRefusedDoesNotEndIt() {
        String locked = B2.bucketName("locked");
        send("b2:" + locked + "?operation=createBucket", null, Map.of(B2Constants.FILE_LOCK_ENABLED, true));
        send("b2:" + locked + "?fileName=in/held", "x", Map.of(B2Constants.LEGAL_HOLD, "on"));
        b2().state().put(locked, "in/a", bytes("x"));
        b2().state().put(locked, "in/z", bytes("x"));

        DeleteFilesReport report = send("b2:" + locked + "?operation=deleteFiles&prefix=in/", null, Map.of())
                .getMessage()
                .getBody(DeleteFilesReport.class);

        assertThat(report.results())
                .extracting(DeleteFilesReport.Result::fileName, DeleteFilesReport.Result::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("in/a", Outcome.DELETED),
                        org.assertj.core.groups.Tuple.tuple("in/held", Outcome.FAILED),
                        org.assertj.core.groups.Tuple.tuple("in/z", Outcome.DELETED));
        assertThat(b2().state().names(locked)).containsExactly("in/held");
    }

    @Test
    void aKeyThatMayDeleteNothingEndsItBeforeTheFirstDelete() {
        put("in/a", "x");
        ApplicationKey reader;
        try (var lease = component().borrowClient(component().getConfiguration())) {
            reader = lease.client()
                    .call(CreateKey.of(
                            List.of(Capability.LIST_FILES, Capability.READ_FILES, Capability.LIST_BUCKETS), "r"));
        }
        String login = "&applicationKeyId=" + reader.applicationKeyId() + "&applicationKey=RAW("
                + reader.applicationKey() + ")";
        b2().resetRequests();

        assertThat(fail("b2:" + bucket + "?operation=deleteFiles&prefix=in/" + login, null, Map.of()))
                .isInstanceOf(B2UnauthorizedException.class)
                .hasMessageContaining("nothing was deleted");
        assertThat(b2().count("b2_delete_file_version")).isZero();
        Exchange dry = send("b2:" + bucket + "?operation=deleteFiles&prefix=in/&dryRun=true" + login, null, Map.of());
        assertThat(dry.getMessage().getBody(DeleteFilesReport.class).matched()).isEqualTo(1);
    }

    @Test
    void manyAreDeletedAtATimeAndReportedInOrder() {
        for (int i = 10; i < 40; i++) {
            put("in/" + i, "x");
        }

        DeleteFilesReport report = delete("&prefix=in/&maxConcurrency=8", Map.of());

        assertThat(report.deleted()).isEqualTo(30);
        assertThat(report.results())
                .extracting(DeleteFilesReport.Result::fileName)
                .isSorted();
        assertThat(b2().state().versions(bucket)).isEmpty();
    }

    @Test
    void deleteAllFileVersionsKnowsADryRun() {
        put("a", "1");
        put("a", "2");

        Exchange answer =
                send("b2:" + bucket + "?operation=deleteAllFileVersions&fileName=a&dryRun=true", null, Map.of());

        assertThat(answer.getMessage().getBody(List.class)).hasSize(2);
        assertThat(b2().state().versions(bucket)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "operation=deleteFileVersion&exclude=x",
                "operation=deleteAllFileVersions&fileName=a&prefix=b",
                "operation=deleteBucket&dryRun=true",
                "operation=deleteFiles&prefix=a&delimiter=/",
                "operation=deleteFiles&prefix=a&pojoRequest=true",
                "operation=uploadFile&prefix=in/",
                "operation=uploadFile&localWorkDirectory=x",
                "operation=downloadFile&deleteAfterWrite=true",
                "operation=listFileNames&fileName=a",
                "operation=listUnfinishedLargeFiles&minSize=5",
                "operation=copyFile&deleteAfterWrite=true",
                "operation=deleteFile&autoCreateBucket=true",
                "operation=hideFile&fileExist=Fail",
                "operation=getBucket&bucketType=allPublic",
                "deleteAfterRead=true",
                "includeVersions=all",
            })
    void anOptionThatTheFixedOperationDoesNotReadIsRefusedWhenTheProducerIsMade(String options) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() ->
                        context().getEndpoint("b2:" + bucket + "?" + options).createProducer()))
                .isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fileName=a&contentType=text/plain&serverSideEncryption=SSE-B2&partSize=5MB&maxConcurrency=3",
                "operation=downloadFile&serverSideEncryption=SSE-C&customerKey=RAW(AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=)",
                "operation=downloadFile&fileName=a&localWorkDirectory=target&retryTimeout=5s&realm=http://localhost:1",
                "operation=createBucket&bucketType=allPrivate",
                "operation=uploadFile&autoCreateBucket=true&bucketType=allPrivate&fileExist=Ignore&file-name=x",
                "operation=deleteFiles&prefix=a&minAge=5d&onlyVersions=old&maxConcurrency=9&dryRun=true",
                "prefix=in/&exclude=x",
            })
    void whatIsReadIsTaken(String options) throws Exception {
        context().getEndpoint("b2:" + bucket + "?" + options).createProducer();
    }

    @Test
    void whereTheOperationComesWithTheMessageOnlyWhatWouldDeleteMoreIsRefused() {
        StoredVersion a = put("a", "x");
        Map<String, Object> version = Map.of("CamelB2OverrideFileName", "a", "CamelB2OverrideFileId", a.fileId());

        assertThat(fail("b2:" + bucket + "?exclude=a", null, with(version, "deleteFileVersion")))
                .hasMessageContaining("exclude");
        assertThat(fail("b2:" + bucket, null, with(with(version, "deleteFileVersion"), B2Constants.DRY_RUN, true)))
                .hasMessageContaining("CamelB2DryRun");
        assertThat(fail(
                        "b2:" + bucket,
                        null,
                        Map.of(
                                B2Constants.OPERATION,
                                "deleteAllFileVersions",
                                B2Constants.FILE_NAME,
                                "a",
                                B2Constants.PREFIX,
                                "b")))
                .hasMessageContaining("CamelB2Prefix");
        send("b2:" + bucket + "?exclude=a", null, with(version, "getFileInfo"));
        send("b2:" + bucket + "?exclude=a", null, with(version, "downloadFile"));

        assertThat(b2().state().versions(bucket)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "deleteAllFileVersions, CamelB2OverrideFileId",
        "unhideFile, CamelB2OverrideFileId",
        "deleteFiles, CamelB2OverrideFileName",
        "deleteFiles, CamelB2OverrideFileId",
        "deleteBucket, CamelB2OverrideFileName",
        "cancelUnfinishedLargeFiles, CamelB2OverrideFileName",
        "cancelLargeFile, CamelB2OverrideFileName",
    })
    void whoWouldDeleteMoreThanAnOrderSaysRefusesIt(String operation, String header) {
        put("a", "1");
        String id = put("a", "2").fileId();
        Map<String, Object> headers = Map.of("CamelB2FileName", "a", header, header.endsWith("Id") ? id : "a");

        assertThat(fail("b2:" + bucket, null, with(headers, operation)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(header)
                .hasMessageContaining(operation);
        assertThat(b2().state().versions(bucket)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"deleteFiles", "deleteBucket", "cancelUnfinishedLargeFiles", "cleanUp"})
    void whoDeletesManyRefusesANameInTheUri(B2Operations operation) {
        put("a", "1");
        put("b", "2");

        assertThat(fail(
                        "b2:" + bucket + "?fileName=a",
                        null,
                        Map.of(B2Constants.OPERATION, operation, B2Constants.PREFIX, "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option fileName cannot be");

        assertThat(b2().state().versions(bucket)).hasSize(2);
    }

    private static Map<String, Object> with(Map<String, Object> headers, String operation) {
        return with(headers, B2Constants.OPERATION, operation);
    }

    private static Map<String, Object> with(Map<String, Object> headers, String header, Object value) {
        Map<String, Object> more = new java.util.HashMap<>(headers);
        more.put(header, value);
        return more;
    }

    @Test
    void fileExistDecidesWhatBecomesOfAFileOfThatName() {
        put("a", "first");

        Exchange ignored = send("b2:" + bucket + "?fileName=a&fileExist=Ignore", "second", Map.of());
        Exception refused = fail("b2:" + bucket + "?fileName=a&fileExist=Fail", "third", Map.of());
        Exchange other = send("b2:" + bucket + "?fileName=b&fileExist=Ignore", "other", Map.of());

        assertThat(ignored.getMessage().getHeader("CamelB2ProducedOutcome")).isEqualTo("ignored");
        assertThat(ignored.getMessage().getHeader("CamelB2ProducedFileId")).isNull();
        assertThat(refused).hasMessageContaining("fileExist=Fail");
        assertThat(other.getMessage().getHeader("CamelB2ProducedOutcome")).isEqualTo("stored");
        assertThat(b2().state().versions(bucket, "a")).hasSize(1);
        b2().state().hide(bucket, "a");
        send("b2:" + bucket + "?fileName=a&fileExist=Fail", "hidden is absent", Map.of());
        send("b2:" + bucket + "?fileName=a", "over", Map.of());
        assertThat(b2().state().bytes(bucket, "a")).isEqualTo(bytes("over"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"copyFile", "concatenateFiles"})
    void fileExistIsForCopiesAndConcatenationsAsWell(String operation) {
        StoredVersion source = put("source", "new");
        put("a", "first");
        Object body = List.of(new FileId(source.fileId(), "source"));
        Map<String, Object> headers = operation.equals("copyFile")
                ? Map.of("CamelB2OverrideFileName", "source", B2Constants.DESTINATION_FILE_NAME, "a")
                : Map.of("CamelB2OverrideFileName", "a");

        Exchange ignored = send("b2:" + bucket + "?fileExist=Ignore&operation=" + operation, body, headers);

        assertThat(ignored.getMessage().getHeader("CamelB2ProducedOutcome")).isEqualTo("ignored");
        assertThat(fail("b2:" + bucket + "?fileExist=Fail&operation=" + operation, body, headers))
                .hasMessageContaining("fileExist=Fail");
        assertThat(b2().state().bytes(bucket, "a")).isEqualTo(bytes("first"));
    }

    /** Whatever an operation does, with dryRun=true in the URI it reads, only says what it would do, or is refused. */
    @ParameterizedTest
    @EnumSource
    void noOperationChangesAnythingWhereTheEndpointSaysDryRun(B2Operations operation) {
        try (var lease = component().borrowClient(component().getConfiguration())) {
            OperationStage stage = new OperationStage(b2(), lease.client(), B2.bucketName("stage"));
            OperationStage.Message message = stage.message(operation);
            List<Object> before = stage.snapshot();

            Exchange answer = trySending(
                    "b2:" + message.bucket() + "?dryRun=true",
                    message.body(),
                    message.with(B2Constants.OPERATION, operation).headers());

            assertThat(stage.snapshot())
                    .as(operation + " answers " + answer.getException())
                    .isEqualTo(before);
            if (answer.getException() != null) {
                assertThat(answer.getException())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("Option dryRun cannot be")
                        .hasMessageContaining(operation.name());
            }
        }
    }
}
