// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;

/** Authorization, keys, and how strictly requests are read. */
class AccountApiTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void login() throws Exception {
        b2 = RawB2.login(B2.emulator());
        bucketId = b2.createBucket(B2.bucketName());
    }

    private static RawB2.Answer authorize(int version) throws Exception {
        return RawB2.authorize(
                B2.emulator().url(),
                B2.emulator().applicationKeyId(),
                B2.emulator().applicationKey(),
                version);
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @ParameterizedTest
    @CsvSource({
        "1, '', absoluteMinimumPartSize accountId allowed apiUrl authorizationToken downloadUrl minimumPartSize recommendedPartSize s3ApiUrl",
        "1, /allowed, bucketId bucketName capabilities namePrefix",
        "2, '', absoluteMinimumPartSize accountId allowed apiUrl authorizationToken downloadUrl recommendedPartSize s3ApiUrl",
        "2, /allowed, bucketId bucketName capabilities namePrefix",
        "3, '', accountId apiInfo applicationKeyExpirationTimestamp authorizationToken",
        "3, /apiInfo/storageApi, absoluteMinimumPartSize apiUrl bucketId bucketName capabilities downloadUrl infoType namePrefix recommendedPartSize s3ApiUrl",
        "4, '', accountId apiInfo applicationKeyExpirationTimestamp authorizationToken",
        "4, /apiInfo/storageApi, absoluteMinimumPartSize allowed apiUrl downloadUrl recommendedPartSize s3ApiUrl",
        "4, /apiInfo/storageApi/allowed, buckets capabilities namePrefix"
    })
    void everyVersionHasItsShape(int version, String place, String members) throws Exception {
        JsonNode answer = authorize(version).json();

        assertThat(String.join(" ", names(answer.at(place)))).isEqualTo(members);
        assertThat(answer.findValue("absoluteMinimumPartSize").longValue()).isEqualTo(5_000_000);
        assertThat(answer.findValue("recommendedPartSize").longValue()).isEqualTo(100_000_000);
        assertThat(answer.findValue("apiUrl").textValue())
                .isEqualTo(B2.emulator().url());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void tokenWorksOnEveryVersion(int version) throws Exception {
        RawB2.Answer answer = b2.call(version, "b2_list_buckets", "{'accountId':'" + b2.accountId() + "'}");

        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void wrongCredentialsAreUnauthorized() throws Exception {
        String url = B2.emulator().url();

        assertThat(RawB2.authorize(url, B2.emulator().applicationKeyId(), "wrong", 4)
                        .code())
                .isEqualTo("unauthorized");
        for (String secret : List.of("wrong", B2.emulator().applicationKey())) {
            assertThat(RawB2.authorize(url, b2.accountId(), secret, 4).code()).isEqualTo("unauthorized");
        }
        assertThat(RawB2.authorize(url, "000nobody", "wrong", 4).code()).isEqualTo("bad_auth_token");
        assertThat(b2.post(url + "/b2api/v4/b2_authorize_account", Map.of(), "{}")
                        .code())
                .isEqualTo("unauthorized");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    b2_list_buckets  | {'accountId':'ACCOUNT','bucket':'x'}       | 400 | bad_json    | unknown field in com.backblaze.modules.b2.data.ListBucketsRequest: bucket
                    b2_list_buckets  | {}                                         | 400 | bad_request | required field accountId cannot be null
                    b2_list_buckets  | {'accountId':null}                         | 400 | bad_request | required field accountId cannot be null
                    b2_list_buckets  | {'accountId':5}                            | 400 | bad_json    | field accountId in ListBucketsRequest must be a string
                    b2_list_buckets  | {'accountId':                              | 400 | bad_json    | request body is not JSON
                    b2_list_buckets  | []                                         | 400 | bad_json    | ListBucketsRequest must be a JSON object
                    b2_list_buckets  | {'accountId':'ffffffffffff'}               | 400 | bad_request | Invalid accountId
                    b2_list_file_names | {'bucketId':'BUCKET','maxFileCount':10001} | 400 | out_of_range | maxFileCount out of range: 10001
                    b2_list_file_names | {'bucketId':'BUCKET','maxFileCount':-1}    | 400 | out_of_range | maxFileCount out of range: -1
                    b2_list_file_names | {'bucketId':'BUCKET','maxFileCount':1.5}   | 400 | bad_json    | field maxFileCount in ListFileNamesRequest must be an integer
                    b2_list_file_names | {'bucketId':'0123'}                        | 400 | invalid_bucket_id | Invalid bucketId: 0123
                    b2_get_file_info | {'fileId':'x'}                              | 400 | bad_request | Bad fileId: x
                    b2_nothing       | {}                                         | 404 | not_found   | There is no such call: b2_nothing
                    """)
    void requestIsReadStrictly(String call, String json, int status, String code, String message) throws Exception {
        RawB2.Answer answer =
                b2.call(call, json.replace("ACCOUNT", b2.accountId()).replace("BUCKET", bucketId));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.message()).isEqualTo(message);
        assertThat(names(answer.json())).containsExactly("code", "message", "status");
        assertThat(answer.json().get("status").intValue()).isEqualTo(status);
    }

    @Test
    void everyCallTakesItsMembersInAQuery() throws Exception {
        String start = "/b2api/v4/b2_start_large_file?bucketId=" + bucketId + "&fileName=%5Ba%5D&contentType=a%2Fb"
                + "&fileInfo=%7B%22k%22%3A%22v%22%7D";

        assertThat(b2.get("/b2api/v4/b2_list_file_names?bucketId=" + bucketId + "&maxFileCount=3", Map.of())
                        .statusCode())
                .isEqualTo(200);
        RawB2.Answer started = RawB2.answer(b2.get(start, Map.of()));
        assertThat(started.text("fileName")).isEqualTo("[a]");
        assertThat(started.json().at("/fileInfo/k").asText()).isEqualTo("v");
        assertThat(RawB2.answer(b2.send("PUT", start, Map.of(), java.net.http.HttpResponse.BodyHandlers.ofByteArray()))
                        .code())
                .isEqualTo("method_not_allowed");
    }

    @Test
    void missingAndWrongTokensAreToldApart() throws Exception {
        String url = B2.emulator().url();

        assertThat(b2.post(url + "/b2api/v1/b2_list_buckets", Map.of(), "{}").code())
                .isEqualTo("missing_auth_token");
        assertThat(b2.post(url + "/b2api/v4/b2_list_buckets", Map.of(), "{}").code())
                .isEqualTo("missing_auth_token");
        assertThat(b2.post(url + "/b2api/v4/b2_list_buckets", Map.of("Authorization", "x"), "{}")
                        .code())
                .isEqualTo("bad_auth_token");
        B2.emulator().expireTokens();
        assertThat(b2.call("b2_list_buckets", "{}").code()).isEqualTo("expired_auth_token");
    }

    @Test
    void tokenLastsADay() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2025-06-01T00:00:00Z"));
        try (B2Emulator own = B2Emulator.builder().clock(now::get).start()) {
            RawB2 client = RawB2.login(own);
            String request = "{'accountId':'" + client.accountId() + "'}";
            now.set(now.get().plus(Duration.ofHours(24)).minusMillis(1));
            assertThat(client.call("b2_list_buckets", request).status()).isEqualTo(200);

            now.set(now.get().plusMillis(1));

            assertThat(client.call("b2_list_buckets", request).code()).isEqualTo("expired_auth_token");
        }
    }

    private RawB2.Answer createKey(int version, String more) throws Exception {
        return b2.call(version, "b2_create_key", "{'accountId':'" + b2.accountId() + "','keyName':'k'," + more + "}");
    }

    private RawB2 limited(String capabilities, String prefix) throws Exception {
        RawB2.Answer key = createKey(
                3, "'capabilities':[" + capabilities + "],'bucketId':'" + bucketId + "','namePrefix':'" + prefix + "'");
        return RawB2.login(B2.emulator().url(), key.text("applicationKeyId"), key.text("applicationKey"), 3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3 | 'capabilities':['listFiles'],'bucketId':'BUCKET'                       | 200 |
                    3 | 'capabilities':['listFiles'],'bucketIds':['BUCKET']                    | 400 | bad_json
                    4 | 'capabilities':['listFiles'],'bucketId':'BUCKET'                       | 400 | bad_json
                    4 | 'capabilities':['listFiles'],'bucketIds':['BUCKET'],'namePrefix':'a'   | 200 |
                    4 | 'capabilities':['listFiles'],'bucketIds':[]                            | 400 | bad_request
                    4 | 'capabilities':['listFiles'],'bucketIds':['0123']                      | 400 | bad_bucket_id
                    4 | 'capabilities':['listFiles'],'namePrefix':'a'                          | 400 | bad_request
                    4 | 'capabilities':[]                                                      | 400 | bad_request
                    4 | 'capabilities':['fly']                                                 | 400 | bad_request
                    4 | 'capabilities':['writeKeys'],'bucketIds':['BUCKET']                    | 400 | bad_request
                    4 | 'capabilities':['listFiles'],'validDurationInSeconds':86400001         | 400 | out_of_range
                    """)
    void keyIsCheckedWhenItIsMade(int version, String request, int status, String code) throws Exception {
        RawB2.Answer answer = createKey(version, request.replace("BUCKET", bucketId));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code == null ? "" : code);
    }

    @Test
    void keyMadeByVersion4ForABucketWorksWithVersion4Only() throws Exception {
        RawB2.Answer key = createKey(4, "'capabilities':['listFiles'],'bucketIds':['" + bucketId + "']");
        String id = key.text("applicationKeyId");
        String url = B2.emulator().url();

        for (int version = 1; version <= 3; version++) {
            RawB2.Answer refused = RawB2.authorize(url, id, key.text("applicationKey"), version);
            assertThat(refused.code()).isEqualTo("bad_request");
            assertThat(refused.message())
                    .isEqualTo("This request is not currently supported on API version number " + version);
        }
        RawB2.Answer allowed = RawB2.authorize(url, id, key.text("applicationKey"), 4);
        assertThat(allowed.json().at("/apiInfo/storageApi/allowed/buckets").toString())
                .isEqualTo("[{\"id\":\"" + bucketId + "\",\"name\":\"" + B2.bucketName() + "\"}]");
    }

    @Test
    void keyWithSeveralBucketsIsHiddenFromOlderVersions() throws Exception {
        String other = b2.createBucket(B2.bucketName("other"));
        RawB2.Answer key =
                createKey(4, "'capabilities':['listFiles'],'bucketIds':['" + bucketId + "','" + other + "']");
        String id = key.text("applicationKeyId");
        String list = "{'accountId':'" + b2.accountId() + "','maxKeyCount':10000}";

        assertThat(b2.call(4, "b2_list_keys", list).json().findValuesAsText("applicationKeyId"))
                .contains(id);
        assertThat(b2.call(3, "b2_list_keys", list).json().findValuesAsText("applicationKeyId"))
                .doesNotContain(id);
        assertThat(b2.call(3, "b2_delete_key", "{'applicationKeyId':'" + id + "'}")
                        .status())
                .isEqualTo(400);
        assertThat(b2.call(4, "b2_delete_key", "{'applicationKeyId':'" + id + "'}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tokenDiesWithItsKey() throws Exception {
        RawB2 client = limited("'listFiles'", "");
        String list = "{'bucketId':'" + bucketId + "'}";
        assertThat(client.call("b2_list_file_names", list).status()).isEqualTo(200);
        String keyId = b2
                .call("b2_list_keys", "{'accountId':'" + b2.accountId() + "','maxKeyCount':10000}")
                .json()
                .at("/keys")
                .findValuesAsText("applicationKeyId")
                .stream()
                .reduce((first, second) -> second)
                .orElseThrow();

        b2.call("b2_delete_key", "{'applicationKeyId':'" + keyId + "'}");

        assertThat(client.call("b2_list_file_names", list).code()).isEqualTo("bad_auth_token");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    4 | b2_list_file_names | {'bucketId':'BUCKET'}                              | 401
                    4 | b2_list_file_names | {'bucketId':'BUCKET','prefix':'in'}                | 401
                    4 | b2_list_file_names | {'bucketId':'BUCKET','prefix':'in/'}               | 200
                    4 | b2_list_file_names | {'bucketId':'BUCKET','prefix':'in/deep'}           | 200
                    1 | b2_list_file_names | {'bucketId':'BUCKET'}                              | 200
                    4 | b2_list_unfinished_large_files | {'bucketId':'BUCKET'}                  | 401
                    4 | b2_list_unfinished_large_files | {'bucketId':'BUCKET','namePrefix':'in/'} | 200
                    4 | b2_hide_file       | {'bucketId':'BUCKET','fileName':'out/a'}           | 401
                    4 | b2_get_upload_url  | {'bucketId':'BUCKET'}                              | 200
                    4 | b2_start_large_file | {'bucketId':'BUCKET','fileName':'out/a','contentType':'b2/x-auto'} | 401
                    4 | b2_list_buckets    | {'accountId':'ACCOUNT'}                            | 401
                    1 | b2_list_buckets    | {'accountId':'ACCOUNT'}                            | 200
                    4 | b2_list_buckets    | {'accountId':'ACCOUNT','bucketId':'BUCKET'}        | 200
                    4 | b2_list_buckets    | {'accountId':'ACCOUNT','bucketId':'OTHER'}         | 401
                    4 | b2_list_file_names | {'bucketId':'OTHER','prefix':'in/'}                | 401
                    4 | b2_list_keys       | {'accountId':'ACCOUNT'}                            | 401
                    4 | b2_get_download_authorization | {'bucketId':'BUCKET','fileNamePrefix':'','validDurationInSeconds':9} | 401
                    4 | b2_get_download_authorization | {'bucketId':'BUCKET','fileNamePrefix':'in/','validDurationInSeconds':9} | 200
                    """)
    void restrictedKeyStaysInItsBucketAndPrefix(int version, String call, String json, int status) throws Exception {
        String other = b2.createBucket(B2.bucketName("other"));
        B2.emulator().state().put(B2.bucketName(), "in/a", new byte[1]);
        B2.emulator().state().put(B2.bucketName(), "out/a", new byte[1]);
        RawB2 client = limited("'listFiles','writeFiles','listBuckets','shareFiles'", "in/");

        RawB2.Answer answer = client.call(
                version,
                call,
                json.replace("BUCKET", bucketId).replace("OTHER", other).replace("ACCOUNT", b2.accountId()));

        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(status);
        if (status == 401) {
            assertThat(answer.code()).isEqualTo("unauthorized");
        }
        if (call.equals("b2_list_file_names") && status == 200) {
            assertThat(answer.json().findValuesAsText("fileName")).doesNotContain("out/a");
        }
    }

    @Test
    void restrictedKeyCannotUploadOrReadOutsideItsPrefix() throws Exception {
        B2.emulator().state().put(B2.bucketName(), "out/a", new byte[1]);
        RawB2 client = limited("'readFiles','writeFiles'", "in/");

        assertThat(client.upload(bucketId, "out/b", new byte[1]).code()).isEqualTo("unauthorized");
        assertThat(client.upload(bucketId, "in/b", new byte[1]).status()).isEqualTo(200);
        assertThat(client.get("/file/" + B2.bucketName() + "/out/a", Map.of()).statusCode())
                .isEqualTo(401);
        assertThat(client.get("/file/" + B2.bucketName() + "/in/b", Map.of()).statusCode())
                .isEqualTo(200);
    }
}
