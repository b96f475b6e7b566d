// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
import static org.awaitility.Awaitility.await;

class LargeFileApiTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension(builder -> builder.minPartSize(100));

    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void login() throws Exception {
        b2 = RawB2.login(B2.emulator());
        bucketId = b2.createBucket(B2.bucketName());
    }

    private String start(String name) throws Exception {
        return b2.call(
                        "b2_start_large_file",
                        "{'bucketId':'" + bucketId + "','fileName':'" + name
                                + "','contentType':'b2/x-auto','fileInfo':{'K':'v'}}")
                .text("fileId");
    }

    private static byte[] part(int number, int size) {
        byte[] bytes = new byte[size];
        java.util.Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    private RawB2.Answer finish(String fileId, List<byte[]> parts) throws Exception {
        String sha1s = parts.stream().map(part -> "'" + RawB2.sha1(part) + "'").collect(Collectors.joining(","));
        return b2.call("b2_finish_large_file", "{'fileId':'" + fileId + "','partSha1Array':[" + sha1s + "]}");
    }

    @Test
    void partsBecomeAFile() throws Exception {
        String id = start("big.txt");
        b2.uploadPart(id, 2, part(2, 50));
        b2.uploadPart(id, 1, part(9, 100));
        JsonNode part = b2.uploadPart(id, 1, part(1, 100)).json();

        JsonNode file = finish(id, List.of(part(1, 100), part(2, 50))).json();

        assertThat(part.get("partNumber").intValue()).isEqualTo(1);
        assertThat(part.get("contentMd5").textValue()).hasSize(32);
        assertThat(file.get("fileId").textValue()).isEqualTo(id);
        assertThat(file.get("action").textValue()).isEqualTo("upload");
        assertThat(file.get("contentSha1").textValue()).isEqualTo("none");
        assertThat(file.get("contentMd5").isNull()).isTrue();
        assertThat(file.get("contentLength").intValue()).isEqualTo(150);
        assertThat(file.get("contentType").textValue()).isEqualTo("text/plain");
        assertThat(file.get("fileInfo").toString()).isEqualTo("{\"k\":\"v\"}");
        byte[] bytes = B2.emulator().state().bytes(id);
        assertThat(bytes).startsWith(part(1, 100)).endsWith(part(2, 50)).hasSize(150);
        await().until(() -> B2.emulator().state().temporaryFiles() == 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    uploaded       | named   | code               | message
                    1:100 2:50     | 1:100 2:50 | ''              |
                    1:99 2:50      | 1:99 2:50  | bad_request     | Part number 1 is smaller than 100 bytes
                    1:100          | 1:100   | bad_request        | large files must have at least 2 parts
                    1:100 3:50     | 1:100 3:50 | missing_part    | Part number 2 has not been uploaded
                    1:100          | 1:100 2:50 | missing_part    | Part number 2 has not been uploaded
                    2:100 3:50     | 2:100 3:50 | missing_part    | Part number 1 has not been uploaded
                    1:100 2:50 3:9 | 1:100 2:50 | missing_part    | 3 parts were uploaded, but 2 are named
                    1:100 2:50     | 1:100 2:51 | part_sha1_mismatch | Part number 2 has a different SHA-1 than the one given
                    """, useHeadersInDisplayName = true)
    void finishIsChecked(String uploaded, String named, String code, String message) throws Exception {
        String id = start("big");
        for (String part : uploaded.split(" ")) {
            int number = Integer.parseInt(part.split(":")[0]);
            b2.uploadPart(id, number, part(number, Integer.parseInt(part.split(":")[1])));
        }

        RawB2.Answer answer = finish(
                id,
                java.util.Arrays.stream(named.split(" "))
                        .map(part -> part(Integer.parseInt(part.split(":")[0]), Integer.parseInt(part.split(":")[1])))
                        .toList());

        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.message()).isEqualTo(message == null ? "" : message);
    }

    @Test
    void finishedFileIsNoActiveUpload() throws Exception {
        String id = start("big");
        List<byte[]> parts = List.of(part(1, 100), part(2, 100));
        b2.uploadPart(id, 1, parts.get(0));
        RawB2.Answer ticket = b2.call("b2_get_upload_part_url", "{'fileId':'" + id + "'}");
        b2.uploadPart(id, 2, parts.get(1));
        finish(id, parts);

        assertThat(finish(id, parts).message()).isEqualTo("No active upload for: " + id);
        assertThat(b2.call("b2_get_upload_part_url", "{'fileId':'" + id + "'}").message())
                .isEqualTo("No active upload for: " + id);
        assertThat(b2.call("b2_list_parts", "{'fileId':'" + id + "'}").message())
                .isEqualTo("No active upload for: " + id);
        RawB2.Answer late = b2.post(
                ticket.text("uploadUrl"),
                Map.of(
                        "Authorization", ticket.text("authorizationToken"),
                        "X-Bz-Part-Number", "3",
                        "X-Bz-Content-Sha1", RawB2.sha1(part(3, 100))),
                java.net.http.HttpRequest.BodyPublishers.ofByteArray(part(3, 100)));
        assertThat(late.message()).isEqualTo("No active upload for: " + id);
        assertThat(b2.call("b2_get_file_info", "{'fileId':'" + id + "'}").text("action"))
                .isEqualTo("upload");
    }

    @Test
    void cancelledFileLeavesNothing() throws Exception {
        String id = start("big");
        b2.uploadPart(id, 1, part(1, 100));

        RawB2.Answer answer = b2.call("b2_cancel_large_file", "{'fileId':'" + id + "'}");

        assertThat(answer.text("fileName")).isEqualTo("big");
        assertThat(B2.emulator().state().versions(B2.bucketName())).isEmpty();
        assertThat(b2.call("b2_cancel_large_file", "{'fileId':'" + id + "'}").message())
                .isEqualTo("No active upload for: " + id);
    }

    @Test
    void deletingAnUnfinishedVersionCancelsIt() throws Exception {
        String id = start("big");
        b2.uploadPart(id, 1, part(1, 100));
        int before = B2.emulator().state().contentFiles();

        b2.call("b2_delete_file_version", "{'fileName':'big','fileId':'" + id + "'}");

        assertThat(B2.emulator().state().unfinishedLargeFiles(B2.bucketName())).isEmpty();
        assertThat(B2.emulator().state().contentFiles()).isEqualTo(before - 1);
    }

    @Test
    void unfinishedFileHidesNothingAndLaterSortsByItsStart() throws Exception {
        B2.emulator().state().put(B2.bucketName(), "f", new byte[1]);
        String id = start("f");
        assertThat(B2.emulator().state().bytes(B2.bucketName(), "f")).hasSize(1);
        B2.emulator().state().put(B2.bucketName(), "f", new byte[3]);
        List<byte[]> parts = List.of(part(1, 100), part(2, 100));
        b2.uploadPart(id, 1, parts.get(0));
        b2.uploadPart(id, 2, parts.get(1));

        finish(id, parts);

        assertThat(B2.emulator().state().versions(B2.bucketName()))
                .extracting(StoredVersion::length)
                .containsExactly(3L, 200L, 1L);
    }

    @ParameterizedTest
    @CsvSource({"0, bad_request", "10001, bad_request", "x, bad_request", "10000, ''"})
    void partNumberIsChecked(String number, String code) throws Exception {
        String id = start("big");

        assertThat(b2.uploadPart(id, 1, part(1, 10), Map.of("X-Bz-Part-Number", number))
                        .code())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"hex_digits_at_end, ''", "do_not_verify, bad_request"})
    void partNeedsAVerifiedSha1(String sha1, String code) throws Exception {
        String id = start("big");
        byte[] body = ("hello" + RawB2.sha1("hello".getBytes())).getBytes();

        assertThat(b2.uploadPart(id, 1, body, Map.of("X-Bz-Content-Sha1", sha1)).code())
                .isEqualTo(code);
    }

    @Test
    void partsAndUnfinishedFilesPage() throws Exception {
        String first = start("b");
        String second = start("a");
        for (int number = 1; number <= 3; number++) {
            b2.uploadPart(first, number, part(number, 10));
        }

        JsonNode parts = b2.call("b2_list_parts", "{'fileId':'" + first + "','startPartNumber':2,'maxPartCount':1}")
                .json();
        JsonNode files = b2.call("b2_list_unfinished_large_files", "{'bucketId':'" + bucketId + "','maxFileCount':1}")
                .json();

        assertThat(parts.findValuesAsText("partNumber")).containsExactly("2");
        assertThat(parts.get("nextPartNumber").intValue()).isEqualTo(3);
        assertThat(files.findValuesAsText("fileName")).containsExactly("b");
        assertThat(files.get("nextFileId").textValue()).isEqualTo(second);
        assertThat(b2.call(
                                "b2_list_unfinished_large_files",
                                "{'bucketId':'" + bucketId + "','startFileId':'" + second + "'}")
                        .json()
                        .findValuesAsText("fileName"))
                .containsExactly("a");
        assertThat(b2.call("b2_list_unfinished_large_files", "{'bucketId':'" + bucketId + "','maxFileCount':101}")
                        .code())
                .isEqualTo("out_of_range");
    }
}
