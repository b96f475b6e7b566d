// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.Allowed;
import io.github.camelb2.client.api.Allowed.AllowedBucket;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.model.json.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AuthorizeAnswerTest {
    private static final String V4 = """
            {"accountId":"acc","apiInfo":{"storageApi":{"absoluteMinimumPartSize":5000000,
              "allowed":{"buckets":[{"id":"e73e","name":"b1"},{"id":"e73f","name":null}],"capabilities":["listFiles","fly"],"namePrefix":"p/"},
              "apiUrl":"https://api001/","downloadUrl":"https://f001","infoType":"storageApi","recommendedPartSize":100000000,
              "s3ApiUrl":"https://s3"}},"applicationKeyExpirationTimestamp":null,"authorizationToken":"4_token"}""";
    private static final String V3 = """
            {"accountId":"acc","apiInfo":{"storageApi":{"absoluteMinimumPartSize":5000000,"bucketId":"e73e","bucketName":"b1",
              "capabilities":["listFiles"],"namePrefix":null,"apiUrl":"https://api001","downloadUrl":"https://f001",
              "recommendedPartSize":7,"s3ApiUrl":"https://s3"}},"authorizationToken":"4_token"}""";
    private static final String V2 = """
            {"absoluteMinimumPartSize":5000000,"accountId":"acc","allowed":{"bucketId":null,"bucketName":null,
              "capabilities":["listFiles"],"namePrefix":null},"apiUrl":"https://api001","authorizationToken":"4_token",
              "downloadUrl":"https://f001","recommendedPartSize":100000000,"s3ApiUrl":"https://s3"}""";

    @Test
    void version4IsRead() throws IOException {
        assertThat(read(V4))
                .isEqualTo(new AccountInfo(
                        "acc",
                        "id",
                        "key",
                        "4_token",
                        "https://api001",
                        "https://f001",
                        "https://s3",
                        100_000_000,
                        5_000_000,
                        new Allowed(
                                List.of(new AllowedBucket("e73e", "b1"), new AllowedBucket("e73f", null)),
                                List.of(new Capability("listFiles"), new Capability("fly")),
                                "p/"),
                        "production"));
    }

    @Test
    void version3HasItsOneBucketBesideTheAddresses() throws IOException {
        AccountInfo info = read(V3);

        assertThat(info.allowed())
                .isEqualTo(new Allowed(List.of(new AllowedBucket("e73e", "b1")), List.of(Capability.LIST_FILES), null));
        assertThat(info.recommendedPartSize()).isEqualTo(7);
    }

    @Test
    void version2IsFlat() throws IOException {
        AccountInfo info = read(V2);

        assertThat(info.apiUrl()).isEqualTo("https://api001");
        assertThat(info.allowed()).isEqualTo(new Allowed(null, List.of(Capability.LIST_FILES), null));
    }

    @Test
    void answerWithoutATokenIsNoAnswer() {
        assertThatThrownBy(() -> read(V2.replace("authorizationToken", "somethingElse")))
                .isInstanceOf(IOException.class)
                .hasMessage("the answer has no member authorizationToken");
    }

    @Test
    void bucketRestrictionToNoBucketIsNotARestrictionToAll() throws IOException {
        AccountInfo info =
                read(V4.replace("[{\"id\":\"e73e\",\"name\":\"b1\"},{\"id\":\"e73f\",\"name\":null}]", "[]"));

        assertThat(info.allowed().buckets()).isEmpty();
    }

    private static AccountInfo read(String json) throws IOException {
        return AuthorizeAnswer.read(
                Json.readTree(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))),
                new Credentials("id", "key"),
                "production");
    }
}
