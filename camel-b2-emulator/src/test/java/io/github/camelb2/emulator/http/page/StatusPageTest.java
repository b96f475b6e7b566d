// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.page;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;

class StatusPageTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private final HttpClient http = HttpClient.newHttpClient();
    private String bucket = "";

    @BeforeEach
    void createBucket() {
        bucket = B2.createBucket();
    }

    private HttpResponse<String> open(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(B2.emulator().url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = open("GET", path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        return response.body();
    }

    @Test
    void showsBucketsFilesRequestsAndFaults() throws Exception {
        B2.emulator().state().put(bucket, "reports/2026.csv", new byte[1_234]);
        B2.emulator().faults().add("b2_list_buckets #1: status 503");
        RawB2 b2 = RawB2.login(
                B2.emulator().url(),
                B2.emulator().applicationKeyId(),
                B2.emulator().applicationKey());
        b2.call("b2_list_buckets", "{'accountId':'" + b2.accountId() + "'}");

        String page = page("/");

        assertThat(page)
                .contains(bucket, "allPrivate", "reports/2026.csv", "1,234")
                .contains("b2_authorize_account", "b2_list_buckets", "503")
                .contains("b2_list_buckets #1: status 503");
        assertThat(page("/?bucket=" + bucket)).contains("reports/2026.csv", "text/csv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>document.title='taken'</script>",
                "\"><img src=x onerror=alert(1)>",
                "'onmouseover='alert(1)",
                "&lt;b&gt;",
                "</bdi></td></table><h1>taken</h1>",
                "javascript:alert(1)"
            })
    void hostileNamesAreText(String name) throws Exception {
        B2.emulator().state().put(bucket, name, new byte[0], Map.of());
        B2.emulator().faults().add("b2_list_parts file <script>x</script>: status 503");

        for (String path : new String[] {"/", "/?bucket=" + bucket, "/?bucket=" + bucket + "&name=%3Cscript%3E"}) {
            String page = page(path);

            assertThat(page).doesNotContain("<script", "<img", "<h1>taken", "onmouseover='");
            assertThat(page.split("<h1>", -1)).hasSize(2);
        }
        String escaped = name.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
        assertThat(page("/?bucket=" + bucket)).contains("<bdi>" + escaped + "</bdi>");
    }

    @Test
    void pathsOfRequestsAreTextToo() throws Exception {
        open("GET", "/%3Cscript%3E?x=%3Cscript%3E");

        assertThat(page("/")).contains("GET /%3Cscript%3E").doesNotContain("<script");
    }

    @Test
    void keysAndTokensAreNotShown() throws Exception {
        RawB2 b2 = RawB2.login(
                B2.emulator().url(),
                B2.emulator().applicationKeyId(),
                B2.emulator().applicationKey());
        B2.emulator().state().put(bucket, "f", new byte[] {1});
        RawB2.Answer grant = b2.call(
                "b2_get_download_authorization",
                "{'bucketId':'" + B2.emulator().state().bucketId(bucket).orElseThrow()
                        + "','fileNamePrefix':'','validDurationInSeconds':60}");
        open("GET", "/file/" + bucket + "/f?Authorization=" + grant.text("authorizationToken"));

        assertThat(page("/"))
                .contains("GET /file/" + bucket + "/f")
                .doesNotContain(
                        grant.text("authorizationToken"),
                        "Authorization",
                        B2.emulator().applicationKey());
    }

    @Test
    void tokensAreMaskedWhereverTheyStand() throws Exception {
        RawB2 b2 = RawB2.login(
                B2.emulator().url(),
                B2.emulator().applicationKeyId(),
                B2.emulator().applicationKey());
        String upload = b2.call(
                        "b2_get_upload_url",
                        "{'bucketId':'" + B2.emulator().state().bucketId(bucket).orElseThrow() + "'}")
                .text("authorizationToken");
        String key = B2.emulator().applicationKey();
        String real = "4_0022623512fc8f80000000001_0186e431_d18d02_acct_tH7VW03boebOXayIc43-sxptpfA=";
        String encoded = b2.token().replace("_", "%5F");
        for (String secret : new String[] {b2.token(), upload, key, real, encoded}) {
            open("GET", "/file/" + bucket + "/" + secret);
            open("GET", "/nowhere/" + secret + "/else");
            B2.emulator().faults().add("b2_list_parts file " + secret + ": status 503");
            B2.emulator().state().put(bucket, "named/" + secret, new byte[0]);

            assertThat(page("/") + page("/?bucket=" + bucket))
                    .doesNotContain(secret)
                    .contains("GET /nowhere/***/else");
        }
        String id = B2.emulator().state().versions(bucket).get(0).fileId();
        assertThat(page("/?bucket=" + bucket)).as("ids are no secrets").contains(id);
    }

    @Test
    void browserIsToldToRunAndLoadNothing() throws Exception {
        HttpResponse<String> response = open("GET", "/");

        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.body())
                .doesNotContain("http-equiv", "@import", "url(")
                .doesNotContainPattern("<[^>]*\\b(src|on\\w+)=");
    }

    @Test
    void lookingIsNotCountedAndStruckByNoFault() throws Exception {
        B2.emulator().faults().add("*: status 500");

        page("/");

        assertThat(open("HEAD", "/").statusCode()).isEqualTo(200);
        assertThat(B2.emulator().count("unknown")).isZero();
        assertThat(B2.emulator().faults().fired()).isZero();
    }

    @Test
    void longBucketIsShownPageByPage() throws Exception {
        for (int i = 0; i < 501; i++) {
            B2.emulator().state().put(bucket, String.format("file-%04d", i), new byte[0]);
        }

        assertThat(page("/?bucket=" + bucket))
                .contains("file-0499")
                .doesNotContain("file-0500</bdi>")
                .contains("name=file-0500");
        assertThat(page("/?bucket=" + bucket + "&name=file-0500")).contains("file-0500</bdi>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?bucket=none", "/?bucket=%", "/?", "/?&&=", "/?bucket=%FF&name=%ZZ&id=x"})
    void senselessQueriesShowTheFirstPage(String path) throws Exception {
        assertThat(page(path.replace("%ZZ", "%25ZZ").replace("=%", "=%25"))).contains("Last requests");
    }
}
