// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;

class DownloadApiTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private static final Map<String, String> CUSTOMER_KEY = Map.of(
            "X-Bz-Server-Side-Encryption-Customer-Algorithm", "AES256",
            "X-Bz-Server-Side-Encryption-Customer-Key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "X-Bz-Server-Side-Encryption-Customer-Key-Md5", "cLyPS3KoaSFGi/joRB3OUQ==");

    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void login() throws Exception {
        b2 = RawB2.login(B2.emulator());
        bucketId = b2.createBucket(B2.bucketName());
    }

    private StoredVersion put(String name, String content) {
        return B2.emulator().state().put(B2.bucketName(), name, content.getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<byte[]> get(String name, Map<String, String> headers) throws Exception {
        return b2.get("/file/" + B2.bucketName() + "/" + name, headers);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,           200, -,                0123456789",
                "bytes=0-,    200, -,                0123456789",
                "bytes=0-9,   206, bytes 0-9/10,     0123456789",
                "bytes=2-4,   206, bytes 2-4/10,     234",
                "bytes=7-,    206, bytes 7-9/10,     789",
                "bytes=-2,    206, bytes 8-9/10,     89",
                "bytes=0-99,  206, bytes 0-9/10,     0123456789"
            })
    void rangesAreAnswered(String range, int status, String contentRange, String body) throws Exception {
        put("a", "0123456789");

        HttpResponse<byte[]> response = get("a", range == null ? Map.of() : Map.of("Range", range));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Range").orElse(null)).isEqualTo(contentRange);
        assertThat(response.headers().firstValue("Content-Length")).contains(Integer.toString(body.length()));
        assertThat(response.headers().firstValue("X-Bz-Content-Sha1"))
                .contains(RawB2.sha1("0123456789".getBytes(StandardCharsets.UTF_8)));
        assertThat(response.body()).asString().isEqualTo(body);
    }

    @Test
    void rangeBehindTheEndIsNotSatisfiable() throws Exception {
        put("a", "0123456789");
        put("empty", "");

        assertThat(RawB2.answer(get("a", Map.of("Range", "bytes=10-"))).code()).isEqualTo("range_not_satisfiable");
        assertThat(get("empty", Map.of("Range", "bytes=0-")).statusCode()).isEqualTo(416);
        assertThat(get("empty", Map.of()).statusCode()).isEqualTo(200);
    }

    @Test
    void whatTheUploadSaidComesBackAsHeaders() throws Exception {
        b2.upload(
                bucketId,
                "a%20b",
                new byte[3],
                Map.of(
                        "X-Bz-Info-Other", "v%2Bw",
                        "X-Bz-Info-b2-content-disposition", "attachment%3B%20filename%3Dx",
                        "X-Bz-Info-b2-cache-control", "max-age%3D5",
                        "X-Bz-Info-b2-content-encoding", "gzip"));

        Map<String, java.util.List<String>> headers =
                get("a%20b", Map.of()).headers().map();

        assertThat(headers).containsEntry("x-bz-file-name", java.util.List.of("a%20b"));
        assertThat(headers).containsEntry("x-bz-info-other", java.util.List.of("v%2Bw"));
        assertThat(headers).containsEntry("content-disposition", java.util.List.of("attachment; filename=x"));
        assertThat(headers).containsEntry("cache-control", java.util.List.of("max-age=5"));
        assertThat(headers).containsEntry("content-encoding", java.util.List.of("gzip"));
        assertThat(headers).containsEntry("accept-ranges", java.util.List.of("bytes"));
        assertThat(headers).containsKeys("date", "x-bz-file-id", "x-bz-upload-timestamp", "content-type");
        assertThat(headers).doesNotContainKey("x-bz-info-b2-cache-control");
    }

    @Test
    void bucketSaysHowLongToCacheUnlessTheFileDoes() throws Exception {
        put("a", "1");
        b2.call(
                "b2_update_bucket",
                "{'accountId':'" + b2.accountId() + "','bucketId':'" + bucketId
                        + "','bucketInfo':{'Cache-Control':'max-age=600'}}");

        assertThat(get("a", Map.of()).headers().firstValue("Cache-Control")).contains("max-age=600");
        assertThat(get("a?b2CacheControl=no-cache", Map.of()).headers().firstValue("Cache-Control"))
                .contains("no-cache");
    }

    @Test
    void missingFilesAreNotFound() throws Exception {
        put("a", "1");
        String marker = B2.emulator().state().hide(B2.bucketName(), "a").fileId();

        assertThat(get("none", Map.of()).statusCode()).isEqualTo(404);
        assertThat(get("a", Map.of()).statusCode()).isEqualTo(404);
        assertThat(b2.get("/file/no-such-bucket/a", Map.of()).statusCode()).isEqualTo(404);
        assertThat(b2.get("/b2api/v4/b2_download_file_by_id?fileId=" + marker, Map.of())
                        .statusCode())
                .isEqualTo(404);
        assertThat(b2.get("/b2api/v4/b2_download_file_by_id?fileId=x", Map.of()).statusCode())
                .isEqualTo(400);
        assertThat(b2.get("/b2api/v4/b2_download_file_by_id", Map.of()).statusCode())
                .isEqualTo(400);
    }

    @Test
    void privateFilesNeedATokenAndPublicOnesDoNot() throws Exception {
        String id = put("a", "1").fileId();
        Map<String, String> anonymous = Map.of("Authorization", "");
        assertThat(get("a", anonymous).statusCode()).isEqualTo(401);
        assertThat(get("a", Map.of("Authorization", "garbage")).statusCode()).isEqualTo(401);

        b2.call(
                "b2_update_bucket",
                "{'accountId':'" + b2.accountId() + "','bucketId':'" + bucketId + "','bucketType':'allPublic'}");

        assertThat(get("a", anonymous).statusCode()).isEqualTo(200);
        assertThat(b2.get("/b2api/v4/b2_download_file_by_id?fileId=" + id, anonymous)
                        .statusCode())
                .isEqualTo(200);
        assertThat(RawB2.answer(get("a?b2ContentType=x/y", anonymous)).code()).isEqualTo("unauthorized");
    }

    private String grant(String prefix, String more) throws Exception {
        return b2.call(
                        "b2_get_download_authorization",
                        "{'bucketId':'" + bucketId + "','fileNamePrefix':'" + prefix + "','validDurationInSeconds':60"
                                + more + "}")
                .text("authorizationToken");
    }

    @Test
    void downloadAuthorizationOpensItsPrefixInHeaderOrQuery() throws Exception {
        put("in/a", "1");
        put("out/a", "2");
        String token = grant("in/", "");
        Map<String, String> anonymous = Map.of("Authorization", "");

        assertThat(get("in/a", Map.of("Authorization", token)).statusCode()).isEqualTo(200);
        assertThat(get("in/a?Authorization=" + token, anonymous).statusCode()).isEqualTo(200);
        assertThat(get("out/a?Authorization=" + token, anonymous).statusCode()).isEqualTo(401);
        assertThat(get("in/a?b2ContentType=x/y&Authorization=" + token, anonymous)
                        .headers()
                        .firstValue("Content-Type"))
                .contains("x/y");
    }

    @Test
    void overrideOfADownloadAuthorizationMustBeRepeated() throws Exception {
        put("a", "1");
        String token = grant("", ",'b2ContentDisposition':'inline'");
        Map<String, String> authorization = Map.of("Authorization", token);

        assertThat(get("a?b2ContentDisposition=inline", authorization).headers().firstValue("Content-Disposition"))
                .contains("inline");
        assertThat(get("a?b2ContentDisposition=other", authorization).statusCode())
                .isEqualTo(401);
        assertThat(get("a", authorization).statusCode()).isEqualTo(401);
    }

    @Test
    void customerKeyOpensItsFile() throws Exception {
        String id = b2.upload(bucketId, "a", new byte[3], CUSTOMER_KEY).text("fileId");
        put("plain", "1");

        HttpResponse<byte[]> opened = get("a", CUSTOMER_KEY);

        assertThat(opened.body()).hasSize(3);
        assertThat(opened.headers().firstValue("X-Bz-Server-Side-Encryption-Customer-Key-Md5"))
                .contains("cLyPS3KoaSFGi/joRB3OUQ==");
        assertThat(get("a", Map.of()).statusCode()).isEqualTo(400);
        assertThat(get("plain", CUSTOMER_KEY).statusCode()).isEqualTo(400);
        Map<String, String> other = new java.util.HashMap<>(CUSTOMER_KEY);
        other.put("X-Bz-Server-Side-Encryption-Customer-Key", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        other.put("X-Bz-Server-Side-Encryption-Customer-Key-Md5", md5Of(other));
        assertThat(get("a", other).statusCode()).isEqualTo(403);
        assertThat(b2.call("b2_get_file_info", "{'fileId':'" + id + "'}").status())
                .isEqualTo(200);
        assertThat(b2.call("b2_copy_file", "{'sourceFileId':'" + id + "','fileName':'b'}")
                        .status())
                .isEqualTo(400);
    }

    private static String md5Of(Map<String, String> headers) throws Exception {
        byte[] key = java.util.Base64.getDecoder().decode(headers.get("X-Bz-Server-Side-Encryption-Customer-Key"));
        return java.util.Base64.getEncoder()
                .encodeToString(java.security.MessageDigest.getInstance("MD5").digest(key));
    }

    @Test
    void defaultEncryptionOfTheBucketShows() throws Exception {
        b2.call(
                "b2_update_bucket",
                "{'accountId':'" + b2.accountId() + "','bucketId':'" + bucketId
                        + "','defaultServerSideEncryption':{'mode':'SSE-B2','algorithm':'AES256'}}");

        b2.upload(bucketId, "a", new byte[1]);

        assertThat(get("a", Map.of()).headers().firstValue("X-Bz-Server-Side-Encryption"))
                .contains("AES256");
    }
}
