// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.B2Constants;
import io.github.camelb2.B2Operations;
import io.github.camelb2.B2TestSupport;
import io.github.camelb2.client.model.key.DownloadAuthorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SharingOperationsTest extends B2TestSupport {
    private static final String NAME = "docs/ä b+c?.txt";

    private String bucket;

    @BeforeEach
    void givenAFile() {
        bucket = B2.createBucket();
        b2().state().put(bucket, NAME, bytes("hello"));
    }

    @Test
    void aLinkOpensAPrivateFileInAnyHttpClient() throws Exception {
        Exchange answer = send(
                "b2:" + bucket + "?operation=createDownloadLink",
                null,
                Map.of(B2Constants.FILE_NAME, NAME, B2Constants.DOWNLOAD_LINK_EXPIRATION_TIME, 60_000));

        String link = answer.getMessage().getBody(String.class);
        assertThat(answer.getMessage().getHeader(B2Constants.DOWNLOAD_LINK)).isEqualTo(link);
        assertThat(get(link).body()).isEqualTo("hello");
        assertThat(get(link.substring(0, link.indexOf('?'))).statusCode()).isEqualTo(401);
    }

    @Test
    void aLinkThatHasExpiredOpensNothing() throws Exception {
        String link = send(
                        "b2:" + bucket + "?operation=createDownloadLink",
                        null,
                        Map.of(B2Constants.FILE_NAME, NAME, B2Constants.DOWNLOAD_LINK_EXPIRATION_TIME, 1_000))
                .getMessage()
                .getBody(String.class);
        String token = send(
                        "b2:" + bucket + "?operation=getDownloadAuthorization&prefix=docs/",
                        null,
                        Map.of(B2Constants.DOWNLOAD_LINK_EXPIRATION_TIME, 1_000))
                .getMessage()
                .getHeader(B2Constants.DOWNLOAD_AUTHORIZATION, String.class);
        String authorized = link.substring(0, link.indexOf('?')) + "?Authorization=" + token;

        await().untilAsserted(() -> assertThat(get(link).body()).contains("expired_auth_token"));
        await().untilAsserted(() -> assertThat(get(authorized).statusCode()).isEqualTo(401));
    }

    @Test
    void aLinkAnswersTheHeadersThatTheMessageAsksFor() throws Exception {
        Exchange answer = send(
                "b2:" + bucket + "?operation=createDownloadLink",
                null,
                Map.of(
                        B2Constants.FILE_NAME, NAME,
                        B2Constants.CONTENT_DISPOSITION, "attachment; filename=\"x y.txt\"",
                        B2Constants.CONTENT_TYPE, "text/x-other"));

        HttpResponse<String> response = get(answer.getMessage().getBody(String.class));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"x y.txt\"");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/x-other");
    }

    @Test
    void aLinkToAPublicFileNeedsNoToken() throws Exception {
        String open = B2.bucketName("public");
        send("b2:" + open + "?operation=createBucket&bucketType=allPublic", null, Map.of());
        b2().state().put(open, NAME, bytes("hello"));

        Exchange answer =
                send("b2:" + open + "?operation=createDownloadLink", null, Map.of(B2Constants.FILE_NAME, NAME));

        String link = answer.getMessage().getBody(String.class);
        assertThat(link).doesNotContain("?").startsWith(b2().url());
        assertThat(get(link).body()).isEqualTo("hello");
    }

    @Test
    void anAuthorizationOpensAllFilesUnderItsPrefix() throws Exception {
        Exchange answer = send("b2:" + bucket + "?operation=getDownloadAuthorization&prefix=docs/", null, Map.of());

        String token = answer.getMessage().getHeader(B2Constants.DOWNLOAD_AUTHORIZATION, String.class);
        DownloadAuthorization authorization = answer.getMessage().getBody(DownloadAuthorization.class);
        assertThat(authorization.authorizationToken()).isEqualTo(token);
        assertThat(authorization.toString()).doesNotContain(token);
        String url = b2().url() + "/file/" + bucket + "/docs/%C3%A4%20b%2Bc%3F.txt";
        assertThat(get(url + "?Authorization=" + token).body()).isEqualTo("hello");
        b2().state().put(bucket, "other.txt", bytes("x"));
        assertThat(get(b2().url() + "/file/" + bucket + "/other.txt?Authorization=" + token)
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 604_800_001})
    void anExpirationOutOfRangeIsRefused(long millis) {
        assertThat(fail(
                        "b2:" + bucket + "?operation=createDownloadLink",
                        null,
                        Map.of(B2Constants.FILE_NAME, NAME, B2Constants.DOWNLOAD_LINK_EXPIRATION_TIME, millis)))
                .hasMessageContaining(B2Constants.DOWNLOAD_LINK_EXPIRATION_TIME + " = " + millis)
                .hasMessageContaining("7 days");
    }

    @Test
    void anAuthorizationNeedsAPrefix() {
        assertThat(fail("b2:" + bucket, null, operation(B2Operations.getDownloadAuthorization)))
                .hasMessageContaining("getDownloadAuthorization needs a prefix")
                .hasMessageContaining(B2Constants.PREFIX);
    }

    private static HttpResponse<String> get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
