// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.nio.file.Path;

import com.github.tomakehurst.wiremock.WireMockServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.api.ClientListener;
import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.client.call.BucketCalls.ListBuckets;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;

/** An account whose servers change: the old one refuses its token, the new login names another address. */
class ClusterMoveTest {
    private static final String AUTHORIZE = "/b2api/v4/b2_authorize_account";
    private static final String LIST = "/b2api/v4/b2_list_buckets";

    @TempDir
    Path directory;

    private final WireMockServer before = server();
    private final WireMockServer after = server();
    private final Clients clients = new Clients();

    @BeforeEach
    void start() {
        before.start();
        after.start();
        answer(before, LIST, 200, "{\"buckets\":[]}");
        answer(after, LIST, 200, "{\"buckets\":[]}");
        answer(before, AUTHORIZE, 200, login("old token", before.baseUrl()));
    }

    @AfterEach
    void stop() throws Exception {
        clients.close();
        before.stop();
        after.stop();
    }

    @Test
    void allWhoShareTheLoginFollowIt() {
        B2Client first = client();
        B2Client second = client();
        first.call(ListBuckets.of());
        second.call(ListBuckets.of());
        move();

        first.call(ListBuckets.of());
        second.call(ListBuckets.of());

        after.verify(2, postRequestedFor(urlEqualTo(LIST)));
        before.verify(2, postRequestedFor(urlEqualTo(AUTHORIZE)));
        assertThat(repository().find().orElseThrow().apiUrl()).isEqualTo(after.baseUrl());
    }

    private void move() {
        answer(before, LIST, 401, "{\"status\":401,\"code\":\"expired_auth_token\",\"message\":\"moved\"}");
        answer(before, AUTHORIZE, 200, login("new token", after.baseUrl()));
    }

    private static WireMockServer server() {
        return new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    }

    private static void answer(WireMockServer server, String path, int status, String json) {
        server.stubFor(post(urlEqualTo(path))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Content-Type", "application/json;charset=UTF-8")
                        .withBody(json)));
    }

    private static String login(String token, String url) {
        return """
                {"accountId":"0123456789ab","authorizationToken":"%s","apiInfo":{"storageApi":{
                 "apiUrl":"%2$s","downloadUrl":"%2$s","s3ApiUrl":"%2$s","recommendedPartSize":100000000,
                 "absoluteMinimumPartSize":5000000,
                 "allowed":{"buckets":null,"capabilities":["listBuckets"],"namePrefix":null}}}}""".formatted(token, url);
    }

    private B2Client client() {
        return clients.client(repository(), before.baseUrl(), new Credentials("key id", "key"), ClientListener.NONE);
    }

    private SqliteAccountInfoRepository repository() {
        return new SqliteAccountInfoRepository(directory.resolve("account_info"));
    }
}
