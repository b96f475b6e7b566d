// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class UploadApiTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);
    private static final String HELLO_SHA1 = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";

    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void login() throws Exception {
        b2 = RawB2.login(B2.emulator());
        bucketId = b2.createBucket(B2.bucketName());
    }

    private List<StoredVersion> stored() {
        return B2.emulator().state().versions(B2.bucketName());
    }

    @Test
    void answerHasAllMembersInOrder() throws Exception {
        JsonNode file = b2.upload(bucketId, "a.txt", HELLO, Map.of("X-Bz-Info-K", "v%20w"))
                .json();

        List<String> names = new ArrayList<>();
        file.fieldNames().forEachRemaining(names::add);
        assertThat(names)
                .containsExactly(
                        "accountId",
                        "action",
                        "bucketId",
                        "contentLength",
                        "contentMd5",
                        "contentSha1",
                        "contentType",
                        "fileId",
                        "fileInfo",
                        "fileName",
                        "fileRetention",
                        "legalHold",
                        "serverSideEncryption",
                        "uploadTimestamp");
        assertThat(file.get("action").textValue()).isEqualTo("upload");
        assertThat(file.get("contentSha1").textValue()).isEqualTo(HELLO_SHA1);
        assertThat(file.get("contentMd5").textValue()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(file.get("contentType").textValue()).isEqualTo("text/plain");
        assertThat(file.get("fileInfo").toString()).isEqualTo("{\"k\":\"v w\"}");
        assertThat(file.get("fileId").textValue())
                .matches("4_z" + bucketId + "_f[0-9a-f]{16}_d\\d{8}_m\\d{6}_c\\d{3}_v\\d{7}_t\\d{4}_u\\d{14}");
    }

    @ParameterizedTest
    @CsvSource({
        "hello,                                          " + HELLO_SHA1 + ",   " + HELLO_SHA1,
        "hello,                                          AAF4C61DDCC5E8A2DABEDE0F3B482CD9AEA9434D, " + HELLO_SHA1,
        "hello,                                          do_not_verify,        unverified:" + HELLO_SHA1,
        "hello" + HELLO_SHA1 + ",                        hex_digits_at_end,    " + HELLO_SHA1,
        "'',                                             da39a3ee5e6b4b0d3255bfef95601890afd80709, da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "da39a3ee5e6b4b0d3255bfef95601890afd80709,       hex_digits_at_end,    da39a3ee5e6b4b0d3255bfef95601890afd80709"
    })
    void sha1IsAcceptedInEveryForm(String body, String sha1, String reported) throws Exception {
        RawB2.Answer answer =
                b2.upload(bucketId, "a", body.getBytes(StandardCharsets.UTF_8), Map.of("X-Bz-Content-Sha1", sha1));

        assertThat(answer.text("contentSha1")).isEqualTo(reported);
        assertThat(B2.emulator().state().bytes(B2.bucketName(), "a"))
                .isEqualTo(body.startsWith("hello") ? HELLO : new byte[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "hello,   0000000000000000000000000000000000000000, Checksum did not match data received",
        "hello,   1234,                                     Not a valid hex SHA1: 1234",
        "hello,   zzf4c61ddcc5e8a2dabede0f3b482cd9aea9434d, Not a valid hex SHA1: zzf4c61ddcc5e8a2dabede0f3b482cd9aea9434d",
        "hello,   hex_digits_at_end,                        body is too short for hex_digits_at_end",
        "helloAAF4C61DDCC5E8A2DABEDE0F3B482CD9AEA94300, hex_digits_at_end, Checksum did not match data received"
    })
    void wrongSha1StoresNothing(String body, String sha1, String message) throws Exception {
        RawB2.Answer answer =
                b2.upload(bucketId, "a", body.getBytes(StandardCharsets.UTF_8), Map.of("X-Bz-Content-Sha1", sha1));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("bad_request");
        assertThat(answer.message()).isEqualTo(message);
        assertThat(stored()).isEmpty();
        await().until(() -> B2.emulator().state().temporaryFiles() == 0);
    }

    @ParameterizedTest
    @CsvSource({
        "X-Bz-File-Name,                    a%0Ab,     bad_request",
        "X-Bz-File-Name,                    %ff,       bad_request",
        "X-Bz-File-Name,                    %4,        bad_request",
        "X-Bz-Info-b2-nonsense,             x,         bad_request",
        "X-Bz-Info-b2-expires,              tomorrow,  bad_request",
        "X-Bz-Info-b2-content-disposition,  'a b c',   bad_request",
        "Content-Encoding,                  gzip,      bad_request",
        "X-Bz-Custom-Upload-Timestamp,      99999999999999, custom_timestamp_invalid",
        "X-Bz-Custom-Upload-Timestamp,      x,         bad_request",
        "X-Bz-File-Legal-Hold,              maybe,     bad_request",
        "X-Bz-File-Legal-Hold,              on,        bucket_missing_file_lock",
        "X-Bz-File-Retention-Mode,          governance, bad_request",
        "X-Bz-Server-Side-Encryption,       ROT13,     bad_request",
        "X-Bz-Server-Side-Encryption-Customer-Algorithm, AES256, bad_request"
    })
    void wrongHeaderStoresNothing(String header, String value, String code) throws Exception {
        RawB2.Answer answer = b2.upload(bucketId, "a", HELLO, Map.of(header, value));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(stored()).isEmpty();
    }

    @Test
    void infoHasALimitWhichEncryptionNarrows() throws Exception {
        Map<String, String> info = Map.of("X-Bz-Info-k", "x".repeat(3_000));
        Map<String, String> encrypted =
                Map.of("X-Bz-Info-k", "x".repeat(3_000), "X-Bz-Server-Side-Encryption", "AES256");

        assertThat(b2.upload(bucketId, "a", HELLO, info).code()).isEqualTo("metadata_exceeded");
        try (B2Emulator old = B2Emulator.builder().defaultEncryption(false).start()) {
            RawB2 client = RawB2.login(old);
            String plain = client.createBucket("unencrypted");
            assertThat(client.upload(plain, "a", HELLO, info).status()).isEqualTo(200);
            assertThat(client.upload(plain, "a", HELLO, encrypted).code()).isEqualTo("metadata_exceeded");
            assertThat(client.upload(plain, "a", HELLO, Map.of("X-Bz-Info-k", "x".repeat(7_000)))
                            .code())
                    .isEqualTo("metadata_exceeded");
        }
    }

    @Test
    void customTimestampDecidesTheOrder() throws Exception {
        b2.upload(bucketId, "a", new byte[1], Map.of("X-Bz-Custom-Upload-Timestamp", "2000"));
        b2.upload(bucketId, "a", new byte[2], Map.of("X-Bz-Custom-Upload-Timestamp", "1000"));

        assertThat(stored()).extracting(StoredVersion::uploadTimestamp).containsExactly(2_000L, 1_000L);
        assertThat(B2.emulator().state().bytes(B2.bucketName(), "a")).hasSize(1);
    }

    @Test
    void timesOfOneNameAreDistinct() throws Exception {
        for (int i = 0; i < 20; i++) {
            B2.emulator().state().put(B2.bucketName(), "a", new byte[i]);
        }

        assertThat(stored()).extracting(StoredVersion::length).first().isEqualTo(19L);
        assertThat(stored().stream().map(StoredVersion::uploadTimestamp).distinct())
                .hasSize(20);
    }

    @Test
    void tokenBelongsToItsUrl() throws Exception {
        RawB2.Answer ticket = b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}");
        RawB2.Answer other = b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}");
        Map<String, String> headers =
                Map.of("X-Bz-File-Name", "a", "Content-Type", "a/b", "X-Bz-Content-Sha1", HELLO_SHA1);

        for (String token : List.of(other.text("authorizationToken"), b2.token(), "nonsense")) {
            Map<String, String> all = new java.util.HashMap<>(headers);
            all.put("Authorization", token);
            assertThat(b2.post(ticket.text("uploadUrl"), all, "hello").code()).isEqualTo("bad_auth_token");
        }
        assertThat(b2.post(ticket.text("uploadUrl"), headers, "hello").code()).isEqualTo("missing_auth_token");
    }

    @Test
    void oneTokenServesOneUploadAtATime() throws Exception {
        RawB2.Answer ticket = b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}");
        try (RawSocket slow = new RawSocket(B2.emulator().url())) {
            slow.send(
                    "POST " + URI.create(ticket.text("uploadUrl")).getPath() + " HTTP/1.1",
                    "Host: x",
                    "Authorization: " + ticket.text("authorizationToken"),
                    "X-Bz-File-Name: slow",
                    "Content-Type: a/b",
                    "X-Bz-Content-Sha1: " + HELLO_SHA1,
                    "Content-Length: 5");
            Awaitility.await().until(() -> B2.emulator().state().temporaryFiles() == 1);

            RawB2.Answer second = b2.uploadTo(ticket, "second", HELLO, Map.of());
            assertThat(second.code()).isEqualTo("auth_token_limit");
            assertThat(second.message())
                    .isEqualTo("more than one upload using auth token " + ticket.text("authorizationToken"));

            slow.send(HELLO);
            assertThat(slow.head().status()).isEqualTo(200);
        }
        assertThat(b2.uploadTo(ticket, "third", HELLO, Map.of()).status()).isEqualTo(200);
    }

    @Test
    void customerKeyIsCheckedAndNeverShown() throws Exception {
        String key = Base64.getEncoder().encodeToString(new byte[32]);
        Map<String, String> right = Map.of(
                "X-Bz-Server-Side-Encryption-Customer-Algorithm", "AES256",
                "X-Bz-Server-Side-Encryption-Customer-Key", key,
                "X-Bz-Server-Side-Encryption-Customer-Key-Md5", "cLyPS3KoaSFGi/joRB3OUQ==");
        Map<String, String> wrong = Map.of(
                "X-Bz-Server-Side-Encryption-Customer-Algorithm", "AES256",
                "X-Bz-Server-Side-Encryption-Customer-Key", key,
                "X-Bz-Server-Side-Encryption-Customer-Key-Md5", "AAAAAAAAAAAAAAAAAAAAAA==");

        RawB2.Answer answer = b2.upload(bucketId, "a", HELLO, right);

        assertThat(answer.json().get("serverSideEncryption").toString())
                .isEqualTo("{\"algorithm\":\"AES256\",\"mode\":\"SSE-C\"}");
        assertThat(answer.json().toString()).doesNotContain(key);
        assertThat(b2.upload(bucketId, "b", HELLO, wrong).message()).contains("customerKeyMd5 does not match");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail_some_uploads", "force_cap_exceeded", "expire_some_account_authorization_tokens"})
    void testModeBringsTrouble(String mode) throws Exception {
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            codes.add(b2.upload(bucketId, "a", HELLO, Map.of("X-Bz-Test-Mode", mode))
                    .code());
            RawB2.Answer list = b2.post(
                    B2.emulator().url() + "/b2api/v4/b2_list_buckets",
                    Map.of("Authorization", b2.token(), "X-Bz-Test-Mode", mode),
                    "{\"accountId\":\"" + b2.accountId() + "\"}");
            codes.add(list.code());
            if (list.status() == 401) {
                b2 = RawB2.login(B2.emulator());
            }
        }

        assertThat(codes)
                .contains(
                        switch (mode) {
                            case "fail_some_uploads" -> "service_unavailable";
                            case "force_cap_exceeded" -> "cap_exceeded";
                            default -> "expired_auth_token";
                        });
        assertThat(codes).contains("");
    }
}
