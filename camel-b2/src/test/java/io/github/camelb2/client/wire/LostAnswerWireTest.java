package io.github.camelb2.client.wire;

import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.call.BucketCalls.CreateBucket;
import io.github.camelb2.client.call.BucketCalls.DeleteBucket;
import io.github.camelb2.client.call.BucketCalls.UpdateBucket;
import io.github.camelb2.client.call.FileCalls.CopyFile;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.HideFile;
import io.github.camelb2.client.call.KeyCalls.DeleteKey;
import io.github.camelb2.client.call.LargeFileCalls.CancelLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.FinishLargeFile;
import io.github.camelb2.client.call.LargeFileCalls.StartLargeFile;
import io.github.camelb2.client.model.Bucket;
import io.github.camelb2.client.model.BucketType;
import io.github.camelb2.client.model.FileId;
import io.github.camelb2.client.model.FileVersion;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
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
        SERVICE.answer("b2_list_buckets", "{\"buckets\":[{\"bucketId\":\"4a48\",\"bucketName\":\"media1\"}]}");

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
    void startedFileIsTheYoungOneWithoutPartsThatHasOurInfo() {
        SERVICE.answer("b2_start_large_file", lost());
        SERVICE.answer(
                "b2_list_unfinished_large_files",
                "{\"files\":["
                        + file("4_old", "big.bin", "start", NOW - 3_600_000, 0, "none", "{\"k\":\"v\"}") + ","
                        + file("4_other", "big.bin", "start", NOW, 0, "none", "{\"k\":\"x\"}") + ","
                        + file("4_longer", "big.bin2", "start", NOW, 0, "none", "{\"k\":\"v\"}") + ","
                        + file("4_ours", "big.bin", "start", NOW + 10, 0, "none", "{\"k\":\"v\"}") + "]}");
        SERVICE.answer("b2_list_parts", "{\"parts\":[]}");

        FileVersion started = SERVICE.client()
                .call(StartLargeFile.of("4a48", "big.bin", "b2/x-auto").withFileInfo(Map.of("k", "v")));

        assertThat(started.fileId()).isEqualTo("4_ours");
        assertThat(SERVICE.requests("b2_start_large_file")).hasSize(1);
    }

    @Test
    void ofTwoLikelyFilesNoneIsTaken() {
        SERVICE.answerInTurn(
                "b2_start_large_file", lost(), json(file("4_third", "big.bin", "start", NOW, 0, "none", "{}")));
        SERVICE.answer(
                "b2_list_unfinished_large_files",
                "{\"files\":[" + file("4_one", "big.bin", "start", NOW, 0, "none", "{}") + ","
                        + file("4_two", "big.bin", "start", NOW, 0, "none", "{}") + "]}");
        SERVICE.answer("b2_list_parts", "{\"parts\":[]}");

        assertThat(SERVICE.client()
                        .call(StartLargeFile.of("4a48", "big.bin", "b2/x-auto"))
                        .fileId())
                .isEqualTo("4_third");
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

    @Test
    void lookUpThatFailsEndsTheCall() {
        SERVICE.answer("b2_finish_large_file", lost());
        SERVICE.answer("b2_get_file_info", error(404, "not_found"));

        assertThatThrownBy(() -> SERVICE.client().call(FinishLargeFile.of("4_large", List.of("aa"))))
                .isInstanceOf(B2Exception.class)
                .hasMessageContaining("not_found");
    }

    private static String file(
            String id, String name, String action, long timestamp, long length, String sha1, String info) {
        return "{\"accountId\":\"acc\",\"bucketId\":\"4a48\",\"fileId\":\"" + id + "\",\"fileName\":\"" + name
                + "\",\"action\":\"" + action + "\",\"uploadTimestamp\":" + timestamp + ",\"contentLength\":" + length
                + ",\"contentSha1\":\"" + sha1 + "\",\"contentType\":\"text/plain\",\"fileInfo\":" + info + "}";
    }
}
