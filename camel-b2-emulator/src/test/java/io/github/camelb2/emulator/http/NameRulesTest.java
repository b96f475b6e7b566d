// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.RawB2;
import io.github.camelb2.emulator.state.Names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Names of files and buckets at every call that takes one. */
class NameRulesTest {

    @RegisterExtension
    static final B2EmulatorExtension LENIENT = new B2EmulatorExtension();

    @RegisterExtension
    static final B2EmulatorExtension STRICT = new B2EmulatorExtension(builder -> builder.names(Names.Rules.STRICT));

    private static final ObjectMapper JSON = new ObjectMapper();

    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void login() throws Exception {
        use(LENIENT);
    }

    private void use(B2EmulatorExtension service) throws Exception {
        b2 = RawB2.login(service.emulator());
        bucketId = b2.createBucket(service.bucketName());
    }

    static Stream<Arguments> namesThatOnlyStrictRulesRefuse() {
        return Stream.of("a\\b", "/a", "a/", "a//b", "a/" + "é".repeat(126) + "/b", "\\")
                .flatMap(name -> Stream.of("b2_upload_file", "b2_start_large_file", "b2_copy_file", "b2_hide_file")
                        .map(call -> Arguments.of(name, call)));
    }

    @ParameterizedTest(name = "{1} {0}")
    @MethodSource("namesThatOnlyStrictRulesRefuse")
    void strictRulesRefuseWhatLenientOnesTake(String name, String call) throws Exception {
        assertThat(send(call, name).status()).isEqualTo(200);

        use(STRICT);
        RawB2.Answer refused = send(call, name);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("bad_request");
        assertThat(refused.message()).containsPattern("^(File names must not|Parts of file names must not)");
        assertThat(STRICT.emulator().state().versions(STRICT.bucketName()))
                .extracting(version -> version.name())
                .doesNotContain(name);
        assertThat(STRICT.emulator().state().temporaryFiles()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"b2_upload_file", "b2_start_large_file", "b2_copy_file"})
    void strictRulesTakeOrdinaryNames(String call) throws Exception {
        use(STRICT);

        for (String name : new String[] {"a", "a/b.txt", "é/😀", "n".repeat(250) + "/" + "n".repeat(250), " "}) {
            assertThat(send(call, name).status()).as(name).isEqualTo(200);
        }
    }

    @Test
    void ruleHoldsForWhatTestsPutToo() {
        STRICT.createBucket();

        assertThatThrownBy(() -> STRICT.emulator().state().put(STRICT.bucketName(), "a//b", new byte[0]))
                .hasMessageContaining("//");
    }

    private RawB2.Answer send(String call, String name) throws Exception {
        ObjectNode request = JSON.createObjectNode().put("fileName", name);
        return switch (call) {
            case "b2_upload_file" -> upload(name);
            case "b2_start_large_file" ->
                b2.call(
                        call,
                        request.put("bucketId", bucketId)
                                .put("contentType", "a/b")
                                .toString());
            case "b2_copy_file" ->
                b2.call(
                        call,
                        request.put("sourceFileId", upload("source").text("fileId"))
                                .toString());
            default -> {
                // Only where the rules are lenient is there something to hide.
                upload(name);
                yield b2.call(call, request.put("bucketId", bucketId).toString());
            }
        };
    }

    private RawB2.Answer upload(String name) throws Exception {
        return b2.upload(bucketId, URLEncoder.encode(name, StandardCharsets.UTF_8), new byte[1]);
    }

    @Test
    void bucketNamesHaveNoCaseInAnyCall() throws Exception {
        String name = LENIENT.bucketName();
        String other = name.toUpperCase(Locale.ROOT);
        B2Emulator emulator = LENIENT.emulator();
        b2.upload(bucketId, "a.txt", "hello".getBytes(StandardCharsets.UTF_8));

        assertThat(create(other).code()).isEqualTo("duplicate_bucket_name");
        assertThat(list(b2, other)).isEqualTo(name);
        assertThat(b2.get("/file/" + other + "/a.txt", Map.of()).body())
                .asString()
                .isEqualTo("hello");
        assertThat(list(keyOfTheBucket(), other)).isEqualTo(name);
        String grant = b2.call(
                        "b2_get_download_authorization",
                        "{'bucketId':'" + bucketId + "','fileNamePrefix':'','validDurationInSeconds':60}")
                .text("authorizationToken");
        assertThat(b2.get("/file/" + other + "/a.txt", Map.of("Authorization", grant))
                        .statusCode())
                .isEqualTo(200);
        assertThat(emulator.state().bucketId(other)).contains(bucketId);
        assertThat(emulator.state().names(other)).containsExactly("a.txt");
        // It keeps the case in which it was made, and gives the name back when it is gone.
        assertThat(emulator.state().buckets()).contains(name).doesNotContain(other);
        b2.call(
                "b2_delete_file_version",
                "{'fileName':'a.txt','fileId':'"
                        + emulator.state().versions(name).get(0).fileId() + "'}");
        assertThat(b2.call("b2_delete_bucket", "{'accountId':'" + b2.accountId() + "','bucketId':'" + bucketId + "'}")
                        .status())
                .isEqualTo(200);
        assertThat(create(other).text("bucketName")).isEqualTo(other);
    }

    private RawB2.Answer create(String name) throws Exception {
        return b2.call(
                "b2_create_bucket",
                "{'accountId':'" + b2.accountId() + "','bucketName':'" + name + "','bucketType':'allPrivate'}");
    }

    private static String list(RawB2 caller, String name) throws Exception {
        RawB2.Answer answer = caller.call(
                "b2_list_buckets", "{'accountId':'" + caller.accountId() + "','bucketName':'" + name + "'}");
        return answer.json().at("/buckets/0/bucketName").asText();
    }

    private RawB2 keyOfTheBucket() throws Exception {
        RawB2.Answer key = b2.call(
                "b2_create_key",
                "{'accountId':'" + b2.accountId() + "','keyName':'k','capabilities':['listBuckets'],'bucketIds':['"
                        + bucketId + "']}");
        return RawB2.login(LENIENT.emulator().url(), key.text("applicationKeyId"), key.text("applicationKey"));
    }
}
