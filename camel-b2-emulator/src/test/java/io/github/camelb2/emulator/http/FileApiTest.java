// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;

/** Listing, hiding, deleting and copying. */
class FileApiTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 =
            new B2EmulatorExtension(builder -> builder.minPartSize(5).synthetic("made-up-bucket", 20_000));

    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void login() throws Exception {
        b2 = RawB2.login(B2.emulator());
        bucketId = b2.createBucket(B2.bucketName());
    }

    private StoredVersion put(String name, String content) {
        return B2.emulator()
                .state()
                .put(B2.bucketName(), name, content.getBytes(StandardCharsets.UTF_8), Map.of("k", "v"));
    }

    private String read(String name) {
        return new String(B2.emulator().state().bytes(B2.bucketName(), name), StandardCharsets.UTF_8);
    }

    @Test
    void listingsAskedForAsClientsAskForThem() throws Exception {
        put("pre/a", "1");
        put("pre/sub/b", "2");
        put("prey", "3");

        JsonNode rclone = b2.call(
                        1,
                        "b2_list_file_names",
                        "{'bucketId':'" + bucketId
                                + "','startFileName':'pre/','maxFileCount':1000,'prefix':'pre/','delimiter':'/'}")
                .json();
        JsonNode java = b2.call(
                        2,
                        "b2_list_file_versions",
                        "{'bucketId':'" + bucketId
                                + "','delimiter':null,'maxFileCount':1000,'prefix':null,'startFileId':null,'startFileName':null}")
                .json();
        JsonNode python = b2.call(
                        4,
                        "b2_list_file_versions",
                        "{'bucketId':'" + bucketId
                                + "','startFileName':'','startFileId':null,'maxFileCount':10000,'prefix':''}")
                .json();

        assertThat(rclone.findValuesAsText("fileName")).containsExactly("pre/a", "pre/sub/");
        assertThat(rclone.at("/files/0/size").intValue()).isEqualTo(1);
        JsonNode folder = rclone.at("/files/1");
        assertThat(folder.get("action").textValue()).isEqualTo("folder");
        assertThat(folder.get("fileId").isNull()).isTrue();
        assertThat(folder.get("uploadTimestamp").toString()).isEqualTo("0");
        assertThat(folder.get("contentLength").toString()).isEqualTo("0");
        assertThat(java.at("/files/0").has("size")).isFalse();
        assertThat(java.findValuesAsText("fileName")).containsExactly("pre/a", "pre/sub/b", "prey");
        assertThat(python).isEqualTo(java);
    }

    @Test
    void startFileIdContinuesWithinAName() throws Exception {
        put("a", "1");
        put("a", "2");
        put("b", "3");
        JsonNode first = b2.call("b2_list_file_versions", "{'bucketId':'" + bucketId + "','maxFileCount':1}")
                .json();

        JsonNode second = b2.call(
                        "b2_list_file_versions",
                        "{'bucketId':'" + bucketId + "','startFileName':'"
                                + first.get("nextFileName").textValue() + "','startFileId':'"
                                + first.get("nextFileId").textValue() + "'}")
                .json();

        assertThat(first.get("nextFileName").textValue()).isEqualTo("a");
        assertThat(second.findValuesAsText("fileName")).containsExactly("a", "b");
        assertThat(b2.call("b2_list_file_versions", "{'bucketId':'" + bucketId + "','startFileId':'x'}")
                        .code())
                .isEqualTo("bad_request");
        assertThat(b2.call(
                                "b2_list_file_versions",
                                "{'bucketId':'" + bucketId + "','startFileName':'a','startFileId':'x'}")
                        .code())
                .isEqualTo("invalid_file_id");
    }

    @Test
    void generatedFilesAreListedReadAndProtected() throws Exception {
        String id = B2.emulator().state().bucketId("made-up-bucket").orElseThrow();
        JsonNode page = b2.call("b2_list_file_names", "{'bucketId':'" + id + "','maxFileCount':10000}")
                .json();

        assertThat(page.get("files")).hasSize(10_000);
        assertThat(page.get("nextFileName").textValue()).isEqualTo("d000001/f0000.txt");
        JsonNode file = page.at("/files/37");
        assertThat(file.at("/fileInfo/src_last_modified_millis").textValue()).isEqualTo("1600000037000");
        byte[] body = b2.get("/file/made-up-bucket/d000000/f0037.txt", Map.of()).body();
        assertThat(body).hasSize(37);
        assertThat(RawB2.sha1(body)).isEqualTo(file.get("contentSha1").textValue());
        assertThat(b2.call(
                                "b2_get_file_info",
                                "{'fileId':'" + file.get("fileId").textValue() + "'}")
                        .json())
                .isEqualTo(file);
        assertThat(b2.call(
                                "b2_copy_file",
                                "{'sourceFileId':'" + file.get("fileId").textValue()
                                        + "','fileName':'moved/d000000/f0038.txt','destinationBucketId':'" + id + "'}")
                        .message())
                .contains("synthetic");
        RawB2.Answer copy = b2.call(
                "b2_copy_file",
                "{'sourceFileId':'" + file.get("fileId").textValue() + "','fileName':'copy','destinationBucketId':'"
                        + bucketId + "'}");
        assertThat(copy.status()).isEqualTo(200);
        assertThat(read("copy").getBytes(StandardCharsets.UTF_8)).isEqualTo(body);
    }

    /** What a sync does with a file that was moved: a copy, and the old name goes, hidden first or not. */
    @Test
    void generatedFilesAreMovedHiddenAndDeleted() throws Exception {
        String id = B2.emulator().state().bucketId("made-up-bucket").orElseThrow();
        String listing = "{'bucketId':'" + id + "','maxFileCount':2,'startFileName':'d000001/f5041.txt'}";
        String moved = "{'bucketId':'" + id + "','prefix':'moved/'}";
        JsonNode file = b2.call("b2_list_file_names", listing).json().at("/files/0");
        String name = file.get("fileName").textValue();
        JsonNode copy = b2.call(
                        "b2_copy_file",
                        "{'sourceFileId':'" + file.get("fileId").textValue() + "','fileName':'moved/" + name
                                + "','destinationBucketId':'" + id + "'}")
                .json();

        assertThat(b2.call("b2_list_file_versions", moved).json().at("/files/0/fileId"))
                .isEqualTo(copy.get("fileId"));
        assertThat(copy.get("contentSha1")).isEqualTo(file.get("contentSha1"));
        assertThat(b2.get("/file/made-up-bucket/moved/" + name, Map.of()).body())
                .hasSize(41);

        JsonNode marker = b2.call("b2_hide_file", "{'bucketId':'" + id + "','fileName':'" + name + "'}")
                .json();
        JsonNode versions = b2.call("b2_list_file_versions", listing).json();
        assertThat(versions.at("/files/0")).isEqualTo(marker);
        assertThat(versions.at("/files/1/fileId")).isEqualTo(file.get("fileId"));
        assertThat(b2.call("b2_list_file_names", listing)
                        .json()
                        .at("/files/0/fileName")
                        .textValue())
                .isEqualTo("d000001/f5042.txt");
        for (JsonNode one : List.of(file, marker, copy)) {
            String deletion = "{'fileName':'" + one.get("fileName").textValue() + "','fileId':'"
                    + one.get("fileId").textValue() + "'}";
            assertThat(b2.call("b2_delete_file_version", deletion).status()).isEqualTo(200);
            assertThat(b2.call("b2_delete_file_version", deletion).status()).isEqualTo(400);
        }
        assertThat(b2.call("b2_list_file_versions", listing)
                        .json()
                        .at("/files/0/fileName")
                        .textValue())
                .isEqualTo("d000001/f5042.txt");
        assertThat(b2.call("b2_list_file_versions", moved).json().get("files")).isEmpty();
    }

    @Test
    void hidingAndUnhiding() throws Exception {
        put("a", "1");
        String hide = "{'bucketId':'" + bucketId + "','fileName':'a'}";

        JsonNode marker = b2.call("b2_hide_file", hide).json();

        assertThat(marker.get("action").textValue()).isEqualTo("hide");
        assertThat(marker.get("contentType").textValue()).isEqualTo("application/x-bz-hide-marker");
        assertThat(marker.get("contentLength").intValue()).isZero();
        assertThat(marker.has("legalHold")).isFalse();
        assertThat(b2.call("b2_hide_file", hide).code()).isEqualTo("already_hidden");
        assertThat(b2.call("b2_hide_file", hide.replace("'a'", "'b'")).message())
                .isEqualTo("File not present: b");
        assertThat(b2.call("b2_hide_file", hide.replace("'a'", "'b'")).code()).isEqualTo("no_such_file");
        assertThat(b2.get("/file/" + B2.bucketName() + "/a", Map.of()).statusCode())
                .isEqualTo(404);
        b2.call(
                "b2_delete_file_version",
                "{'fileName':'a','fileId':'" + marker.get("fileId").textValue() + "'}");
        assertThat(read("a")).isEqualTo("1");
    }

    @Test
    void deletingNeedsNameAndIdOfOneVersion() throws Exception {
        String old = put("a", "1").fileId();
        String other = put("b", "1").fileId();
        put("a", "2");

        assertThat(b2.call("b2_delete_file_version", "{'fileName':'a','fileId':'" + other + "'}")
                        .message())
                .isEqualTo("File not present: a " + other);
        RawB2.Answer answer = b2.call("b2_delete_file_version", "{'fileName':'a','fileId':'" + old + "'}");
        assertThat(answer.json().toString()).isEqualTo("{\"fileId\":\"" + old + "\",\"fileName\":\"a\"}");
        assertThat(b2.call("b2_delete_file_version", "{'fileName':'a','fileId':'" + old + "'}")
                        .code())
                .isEqualTo("file_not_present");
        assertThat(b2.call("b2_get_file_info", "{'fileId':'" + old + "'}").status())
                .isEqualTo(404);
        assertThat(read("a")).isEqualTo("2");
    }

    private RawB2.Answer copy(String sourceId, String more) throws Exception {
        return b2.call("b2_copy_file", "{'sourceFileId':'" + sourceId + "','fileName':'copy'" + more + "}");
    }

    @Test
    void copyKeepsMetadataUnlessReplaced() throws Exception {
        StoredVersion source = put("a.txt", "hello");

        JsonNode kept = copy(source.fileId(), "").json();
        JsonNode replaced = copy(
                        source.fileId(), ",'metadataDirective':'REPLACE','contentType':'x/y','fileInfo':{'New':'1'}")
                .json();

        assertThat(kept.get("action").textValue()).isEqualTo("copy");
        assertThat(kept.get("contentSha1").textValue()).isEqualTo(source.sha1());
        assertThat(kept.get("fileInfo").toString()).isEqualTo("{\"k\":\"v\"}");
        assertThat(kept.get("contentType").textValue()).isEqualTo("text/plain");
        assertThat(replaced.get("fileInfo").toString()).isEqualTo("{\"new\":\"1\"}");
        assertThat(replaced.get("contentType").textValue()).isEqualTo("x/y");
        assertThat(B2.emulator().state().versions(B2.bucketName(), "copy"))
                .extracting(StoredVersion::action)
                .containsExactly("upload", "upload");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ,'contentType':'x/y'                                   | 400 | bad_request
                    ,'fileInfo':{}                                         | 400 | bad_request
                    ,'metadataDirective':'REPLACE'                         | 400 | bad_request
                    ,'metadataDirective':'MAYBE'                           | 400 | bad_request
                    ,'range':'bytes=5-9'                                   | 416 | range_not_satisfiable
                    ,'range':'5-9'                                         | 400 | bad_request
                    ,'destinationBucketId':'0123'                          | 400 | bad_bucket_id
                    ,'serverSideEncryption':{'mode':'SSE-B2'}              | 400 | bad_json
                    ,'sourceServerSideEncryption':{'mode':'SSE-C','algorithm':'AES256'} | 400 | bad_request
                    """)
    void copyIsChecked(String more, int status, String code) throws Exception {
        String source = put("a", "hello").fileId();
        int before = B2.emulator().state().contentFiles();

        RawB2.Answer answer = copy(source, more);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(B2.emulator().state().versions(B2.bucketName())).hasSize(1);
        assertThat(B2.emulator().state().contentFiles()).isEqualTo(before);
    }

    @Test
    void copyOutlivesItsSource() throws Exception {
        StoredVersion source = put("a", "hello");
        copy(source.fileId(), ",'range':'bytes=1-3'");

        b2.call("b2_delete_file_version", "{'fileName':'a','fileId':'" + source.fileId() + "'}");

        assertThat(read("copy")).isEqualTo("ell");
        assertThat(B2.emulator().state().versions(B2.bucketName()))
                .singleElement()
                .satisfies(
                        copy -> assertThat(copy.sha1()).isEqualTo(RawB2.sha1("ell".getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void hiddenOrUnfinishedFileIsNoSource() throws Exception {
        put("a", "1");
        String marker = B2.emulator().state().hide(B2.bucketName(), "a").fileId();

        assertThat(copy(marker, "").status()).isEqualTo(404);
        assertThat(copy(marker.replace("_f0", "_f1"), "").status()).isEqualTo(404);
    }

    @Test
    void copiedPartsMakeALargeFile() throws Exception {
        String source = put("a", "0123456789").fileId();
        String large = b2.call(
                        "b2_start_large_file", "{'bucketId':'" + bucketId + "','fileName':'big','contentType':'a/b'}")
                .text("fileId");
        List<String> sha1s = new ArrayList<>();
        for (String range : List.of("bytes=5-9", "bytes=0-4")) {
            RawB2.Answer part = b2.call(
                    "b2_copy_part",
                    "{'sourceFileId':'" + source + "','largeFileId':'" + large + "','partNumber':" + (sha1s.size() + 1)
                            + ",'range':'" + range + "'}");
            sha1s.add("'" + part.text("contentSha1") + "'");
        }

        b2.call("b2_finish_large_file", "{'fileId':'" + large + "','partSha1Array':[" + String.join(",", sha1s) + "]}");

        assertThat(read("big")).isEqualTo("5678901234");
    }
}
