// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.wire;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.BucketCalls.DeleteBucket;
import io.github.camelb2.client.call.BucketCalls.UpdateBucket;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.call.KeyCalls.CreateKey;
import io.github.camelb2.client.call.KeyCalls.DeleteKey;
import io.github.camelb2.client.call.LargeFileCalls.CancelLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.FinishLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.call.VersionsOfName;
import io.github.camelb2.client.model.bucket.Bucket;
import io.github.camelb2.client.model.bucket.BucketType;
import io.github.camelb2.client.model.file.FileId;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.model.key.ApplicationKey;
import io.github.camelb2.client.retry.CallSettings;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.github.camelb2.client.wire.WireService.error;
import static io.github.camelb2.client.wire.WireService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Work that was done without our learning of it. */
class LostAnswerWireTest {
    /** Milliseconds of the moment at which the tests' clock begins. */
    private static final long NOW = 1_767_225_600_000L;

    @RegisterExtension
    static final WireService SERVICE = new WireService();

    private static ResponseDefinitionBuilder lost() {
        return aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER);
    }

    @Test
    void hiddenNameIsFoundByItsMarker() {
        SERVICE.answerInTurn("b2_hide_file", lost(), error(400, "already_hidden"));
        SERVICE.answer(
                "b2_list_file_versions",
                "{\"files\":[" + file("4_hide", "a.txt", "hide", NOW, 0, "none", "{}") + "," + "\n"
                        + file("4_old", "a.txt", "upload", 1, 5, "none", "{}") + "]}");

        FileVersion marker = SERVICE.client().call(HideFile.of("4a48", "a.txt"));

        assertThat(marker.fileId()).isEqualTo("4_hide");
        assertThat(marker.hides()).isTrue();
    }

    @Test
    void nameThatWasAlreadyHiddenIsAnErrorWhenNoAnswerWasLost() {
        SERVICE.answer("b2_hide_file", error(400, "already_hidden"));

        assertThatThrownBy(() -> SERVICE.client().call(HideFile.of("4a48", "a.txt")))
                .isInstanceOf(B2ConflictException.class);
        assertThat(SERVICE.requests("b2_list_file_versions")).isEmpty();
    }

    @Test
    void deletedVersionIsGone() {
        SERVICE.answerInTurn("b2_delete_file_version", lost(), error(400, "file_not_present"));

        assertThat(SERVICE.client().call(DeleteFileVersion.of("a.txt", "4_z"))).isEqualTo(new FileId("4_z", "a.txt"));
    }

    @Test
    void versionThatWasNeverThereIsAnError() {
        SERVICE.answer("b2_delete_file_version", error(400, "file_not_present"));

        assertThatThrownBy(() -> SERVICE.client().call(DeleteFileVersion.of("a.txt", "4_z")))
                .isInstanceOf(B2NotFoundException.class);
    }

    @Test
    void createdBucketIsOneOfOurs() {
        SERVICE.answerInTurn("b2_create_bucket", lost(), error(400, "duplicate_bucket_name"));
        SERVICE.answer(
                "b2_list_buckets",
                "{\"buckets\":[{\"bucketId\":\"4a48\",\"bucketName\":\"media1\",\"bucketType\":\"allPrivate\"}]}");

        assertThat(SERVICE.client()
                        .call(CreateBucket.of("media1", BucketType.ALL_PRIVATE))
                        .bucketId())
                .isEqualTo("4a48");
    }

    @Test
    void bucketNameOfSomebodyElseStaysAConflict() {
        SERVICE.answerInTurn("b2_create_bucket", lost(), error(400, "duplicate_bucket_name"));
        SERVICE.answer("b2_list_buckets", "{\"buckets\":[]}");

        assertThatThrownBy(() -> SERVICE.client().call(CreateBucket.of("media1", BucketType.ALL_PRIVATE)))
                .isInstanceOf(B2ConflictException.class)
                .hasMessageContaining("choose another one");
    }

    @Test
    void updatedBucketHasTheNextRevisionAndWhatWasSet() {
        SERVICE.answerInTurn("b2_update_bucket", lost(), error(409, "conflict"));
        SERVICE.answer(
                "b2_list_buckets",
                "{\"buckets\":[{\"bucketId\":\"4a48\",\"bucketName\":\"media1\",\"revision\":4,\"bucketInfo\":{\"k\":\"v\"}}]}");

        Bucket bucket = SERVICE.client()
                .call(UpdateBucket.of("4a48").withBucketInfo(Map.of("k", "v")).withIfRevisionIs(3));

        assertThat(bucket.revision()).isEqualTo(4);
    }

    @Test
    void bucketThatSomebodyElseChangedIsAConflict() {
        SERVICE.answerInTurn("b2_update_bucket", lost(), error(409, "conflict"));
        SERVICE.answer(
                "b2_list_buckets",
                "{\"buckets\":[{\"bucketId\":\"4a48\",\"bucketName\":\"media1\",\"revision\":4,\"bucketInfo\":{\"k\":\"other\"}}]}");

        assertThatThrownBy(() -> SERVICE.client()
                        .call(UpdateBucket.of("4a48")
                                .withBucketInfo(Map.of("k", "v"))
                                .withIfRevisionIs(3)))
                .isInstanceOf(B2ConflictException.class);
    }

    @Test
    void deletedBucketAndKeyAreGone() {
        SERVICE.answerInTurn("b2_delete_bucket", lost(), error(400, "bad_bucket_id"));
        SERVICE.answerInTurn("b2_delete_key", lost(), error(400, "bad_request"));

        assertThat(SERVICE.client().call(DeleteBucket.of("4a48")).bucketId()).isEqualTo("4a48");
        assertThat(SERVICE.client().call(DeleteKey.of("k")).applicationKeyId()).isEqualTo("k");
    }

    @Test
    void finishedFileIsLookedUpBeforeItIsFinishedAgain() {
        SERVICE.answer("b2_finish_large_file", lost());
        SERVICE.answer("b2_get_file_info", file("4_large", "a.txt", "upload", NOW, 10, "none", "{}"));

        FileVersion finished = SERVICE.client().call(FinishLargeFile.of("4_large", List.of("aa")));

        assertThat(finished.fileId()).isEqualTo("4_large");
        assertThat(SERVICE.requests("b2_finish_large_file")).hasSize(1);
    }

    @Test
    void fileThatIsStillUnfinishedIsFinishedAgain() {
        SERVICE.answerInTurn(
                "b2_finish_large_file", lost(), json(file("4_large", "a.txt", "upload", NOW, 10, "none", "{}")));
        SERVICE.answer("b2_get_file_info", file("4_large", "a.txt", "start", NOW, 0, "none", "{}"));

        SERVICE.client().call(FinishLargeFile.of("4_large", List.of("aa")));

        assertThat(SERVICE.requests("b2_finish_large_file")).hasSize(2);
    }

    @Test
    void keyThatMayNotReadCannotLookUpAndFinishesAgain() {
        SERVICE.answerInTurn(
                "b2_finish_large_file", lost(), json(file("4_large", "a.txt", "upload", NOW, 10, "none", "{}")));
        SERVICE.answer("b2_get_file_info", error(401, "unauthorized"));

        assertThat(SERVICE.client()
                        .call(FinishLargeFile.of("4_large", List.of("aa")))
                        .hasContent())
                .isTrue();
    }

    @Test
    void cancelledFileIsGone() {
        SERVICE.answerInTurn(
                "b2_cancel_large_file",
                lost(),
                aResponse()
                        .withStatus(400)
                        .withBody(
                                "{\"code\":\"bad_request\",\"message\":\"No active upload for: 4_large\",\"status\":400}"));

        assertThat(SERVICE.client().call(CancelLargeFile.of("4_large")).fileId())
                .isEqualTo("4_large");
    }

    @Test
    void lostStartIsStartedAnewWithoutAQuestion() {
        SERVICE.answerInTurn(
                "b2_start_large_file", lost(), json(file("4_second", "big.bin", "start", NOW, 0, "none", "{}")));

        assertThat(SERVICE.client()
                        .call(StartLargeFile.of("4a48", "big.bin", "b2/x-auto"))
                        .fileId())
                .isEqualTo("4_second");
        assertThat(SERVICE.requests("b2_list_unfinished_large_files")).isEmpty();
    }

    @Test
    void copyIsTheYoungNewestVersionWithTheContentOfItsSource() {
        String sha1 = "0123456789abcdef0123456789abcdef01234567";
        SERVICE.answer("b2_copy_file", lost());
        SERVICE.answer("b2_get_file_info", file("4_source", "a.txt", "upload", 1, 10, sha1, "{}"));
        SERVICE.answer(
                "b2_list_file_versions",
                "{\"files\":[" + file("4_copy", "b.txt", "upload", NOW + 5, 10, sha1, "{}") + "]}");

        assertThat(SERVICE.client().call(CopyFile.of("4_source", "b.txt")).fileId())
                .isEqualTo("4_copy");
        assertThat(SERVICE.requests("b2_copy_file")).hasSize(1);
    }

    @Test
    void newestVersionWithOtherContentIsNotOurCopy() {
        String sha1 = "0123456789abcdef0123456789abcdef01234567";
        SERVICE.answerInTurn("b2_copy_file", lost(), json(file("4_copy", "b.txt", "copy", NOW, 10, sha1, "{}")));
        SERVICE.answer("b2_get_file_info", file("4_source", "a.txt", "upload", 1, 10, sha1, "{}"));
        SERVICE.answer(
                "b2_list_file_versions",
                "{\"files\":[" + file("4_else", "b.txt", "upload", NOW + 5, 10, sha1.replace('0', '1'), "{}") + "]}");

        assertThat(SERVICE.client().call(CopyFile.of("4_source", "b.txt")).fileId())
                .isEqualTo("4_copy");
        assertThat(SERVICE.requests("b2_copy_file")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"404, not_found", "400, bad_request"})
    void finishIsRepeatedWhenB2HasNoFileInformationOfAnUnfinishedFile(int status, String code) {
        SERVICE.answerInTurn(
                "b2_finish_large_file", lost(), json(file("4_large", "a.txt", "upload", NOW, 10, "none", "{}")));
        SERVICE.answer("b2_get_file_info", error(status, code));

        assertThat(SERVICE.client()
                        .call(FinishLargeFile.of("4_large", List.of("aa")))
                        .hasContent())
                .isTrue();
        assertThat(SERVICE.requests("b2_finish_large_file")).hasSize(2);
    }

    @Test
    void finishIsFoundInAListingByAKeyThatMayNotRead() {
        SERVICE.answerInTurn("b2_finish_large_file", lost(), error(400, "bad_request"));
        SERVICE.answer("b2_get_file_info", error(401, "unauthorized"));
        SERVICE.answerInTurn(
                "b2_list_file_versions",
                json("{\"files\":[" + file("4_large", "a.txt", "start", NOW, 0, "none", "{}") + "]}"),
                json("{\"files\":[" + file("4_large", "a.txt", "upload", NOW, 10, "none", "{}") + "]}"));

        FileVersion finished = SERVICE.client()
                .call(FinishLargeFile.of("4_large", List.of("aa")).withOfName(new VersionsOfName("4a48", "a.txt")));

        assertThat(finished.hasContent()).isTrue();
        assertThat(SERVICE.requests("b2_finish_large_file")).hasSize(2);
    }

    @Test
    void finishOfAKeyThatMayOnlyWriteIsRepeatedAndSaidToBeUnknownWhenItIsGone() {
        SERVICE.answerInTurn("b2_finish_large_file", lost(), error(400, "bad_request"));
        SERVICE.answer("b2_get_file_info", error(401, "unauthorized"));
        SERVICE.answer("b2_list_file_versions", error(401, "unauthorized"));

        assertThatThrownBy(() -> SERVICE.client()
                        .call(FinishLargeFile.of("4_large", List.of("aa"))
                                .withOfName(new VersionsOfName("4a48", "a.txt"))))
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("stored or not: unknown")
                .hasMessageContaining("4_large");
        assertThat(SERVICE.requests("b2_cancel_large_file")).isEmpty();
    }

    @Test
    void finishThatNobodyCanBeAskedAboutIsSaidToBeUnknown() {
        SERVICE.answer("b2_finish_large_file", lost());
        SERVICE.answer("b2_get_file_info", error(503, "service_unavailable"));

        assertThatThrownBy(() -> SERVICE.client().call(FinishLargeFile.of("4_large", List.of("aa"))))
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("unknown")
                .hasMessageContaining("4_large");
    }

    @Test
    void finishThatWasNeverSentIsNotLookedUp() {
        SERVICE.server()
                .stubFor(post(urlEqualTo("/b2api/v4/b2_finish_large_file"))
                        .willReturn(error(503, "service_unavailable")));

        assertThatThrownBy(() -> SERVICE.client()
                        .call(
                                FinishLargeFile.of("4_large", List.of("aa")),
                                CallSettings.DEFAULT.withRetryTimeout(Duration.ofSeconds(20))))
                .isInstanceOf(B2ThrottledException.class)
                .hasMessageNotContaining("unknown");
        assertThat(SERVICE.requests("b2_get_file_info")).isEmpty();
    }

    @Test
    void lostKeyThatIsTheOnlyNewOneOfItsNameIsDeletedAndMadeAnew() {
        SERVICE.answerInTurn("b2_create_key", lost(), json(key("k3", "mine")));
        SERVICE.answerInTurn(
                "b2_list_keys",
                json("{\"keys\":[" + key("k1", "mine") + "," + key("k9", "other") + "]}"),
                json("{\"keys\":[" + key("k1", "mine") + "," + key("k2", "mine") + "," + key("k8", "other") + "]}"));
        SERVICE.answer("b2_delete_key", key("k2", "mine"));

        ApplicationKey made = SERVICE.client().call(CreateKey.of(List.of(Capability.LIST_FILES), "mine"));

        assertThat(made.applicationKeyId()).isEqualTo("k3");
        assertThat(SERVICE.request("b2_delete_key").getBodyAsString()).contains("\"k2\"");
    }

    @Test
    void lostKeyAmongSeveralNewOnesIsLeftAndTheirIdsAreNamed() {
        SERVICE.answer("b2_create_key", lost());
        SERVICE.answerInTurn(
                "b2_list_keys",
                json("{\"keys\":[" + key("k1", "mine") + "]}"),
                json("{\"keys\":[" + key("k1", "mine") + "," + key("k2", "mine") + "," + key("k3", "mine") + "]}"));

        assertThatThrownBy(() -> SERVICE.client().call(CreateKey.of(List.of(Capability.LIST_FILES), "mine")))
                .hasMessageContaining("made or not: unknown")
                .hasMessageContaining("k1, k2, k3");
        assertThat(SERVICE.requests("b2_delete_key")).isEmpty();
        assertThat(SERVICE.requests("b2_create_key")).hasSize(1);
    }

    @Test
    void lostKeyThatMayNotBeDeletedIsNamedAndNoOtherIsMade() {
        SERVICE.answer("b2_create_key", lost());
        SERVICE.answerInTurn("b2_list_keys", json("{\"keys\":[]}"), json("{\"keys\":[" + key("k2", "mine") + "]}"));
        SERVICE.answer("b2_delete_key", error(401, "unauthorized"));

        assertThatThrownBy(() -> SERVICE.client().call(CreateKey.of(List.of(Capability.LIST_FILES), "mine")))
                .hasMessageContaining("its secret is lost")
                .hasMessageContaining("k2");
        assertThat(SERVICE.requests("b2_create_key")).hasSize(1);
    }

    @Test
    void copyThatCannotBeLookedUpIsSaidToBeUnknown() {
        SERVICE.answer("b2_copy_file", lost());
        SERVICE.answer("b2_get_file_info", error(503, "service_unavailable"));

        assertThatThrownBy(() -> SERVICE.client().call(CopyFile.of("4_source", "b.txt")))
                .isInstanceOf(B2TransportException.class)
                .hasMessageStartingWith("b2_copy_file")
                .hasMessageContaining("done or not: unknown");
    }

    @Test
    void lostKeyOfALoginThatMayNotListKeysIsNotMadeTwice() {
        SERVICE.answer("b2_create_key", lost());
        SERVICE.answer("b2_list_keys", error(401, "unauthorized"));

        assertThatThrownBy(() -> SERVICE.client().call(CreateKey.of(List.of(Capability.LIST_FILES), "mine")))
                .hasMessageContaining("made or not: unknown");
        assertThat(SERVICE.requests("b2_create_key")).hasSize(1);
    }

    private static String key(String id, String name) {
        return "{\"applicationKeyId\":\"" + id + "\",\"keyName\":\"" + name + "\",\"capabilities\":[]}";
    }

    @Test
    void copyIsRecognisedByTheServicesClockHoweverWrongThisMachinesIs() {
        String sha1 = "0123456789abcdef0123456789abcdef01234567";
        long there = NOW + 7_200_000;
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochMilli(there).atZone(ZoneOffset.UTC));
        SERVICE.answerInTurn("b2_copy_file", lost(), json(file("4_new", "b.txt", "copy", there, 10, sha1, "{}")));
        SERVICE.answer(
                "b2_get_file_info",
                json(file("4_source", "a.txt", "upload", 1, 10, sha1, "{}")).withHeader("Date", date));
        SERVICE.answer(
                "b2_list_file_versions",
                json("{\"files\":[" + file("4_earlier", "b.txt", "upload", there - 60_000, 10, sha1, "{}") + "]}")
                        .withHeader("Date", date));
        SERVICE.client().call(io.github.camelb2.client.call.FileCalls.GetFileInfo.of("4_source"));

        assertThat(SERVICE.client().call(CopyFile.of("4_source", "b.txt")).fileId())
                .isEqualTo("4_new");
    }

    private static String file(
            String id, String name, String action, long timestamp, long length, String sha1, String info) {
        return "{\"accountId\":\"acc\",\"bucketId\":\"4a48\",\"fileId\":\"" + id + "\",\"fileName\":\"" + name
                + "\",\"action\":\"" + action + "\",\"uploadTimestamp\":" + timestamp + ",\"contentLength\":" + length
                + ",\"contentSha1\":\"" + sha1 + "\",\"contentType\":\"text/plain\",\"fileInfo\":" + info + "}";
    }
}
