// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Answers that break what clients rely on: listings out of order, JSON that ends early, pages of others, bodies that stop. */
class BadServiceTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void threeFiles() throws Exception {
        b2 = RawB2.login(B2.emulator());
        bucketId = b2.createBucket(B2.bucketName());
        for (String name : List.of("a", "b", "c")) {
            B2.emulator().state().put(B2.bucketName(), name, new byte[10]);
        }
    }

    private static void fault(String rule) {
        B2.emulator().faults().add(rule);
    }

    private List<String> names(RawB2.Answer page) {
        List<String> names = new ArrayList<>();
        page.json().get("files").forEach(file -> names.add(file.get("fileName").textValue()));
        return names;
    }

    private RawB2.Answer list(String more) throws Exception {
        return b2.call("b2_list_file_names", "{'bucketId':'" + bucketId + "'" + more + "}");
    }

    @Test
    void nameIsListedTwice() throws Exception {
        fault("b2_list_file_*: repeat-name");

        assertThat(names(list(""))).containsExactly("a", "a", "b", "c");
        assertThat(names(b2.call("b2_list_file_versions", "{'bucketId':'" + bucketId + "'}")))
                .containsExactly("a", "a", "b", "c");
    }

    @Test
    void namesAreListedOutOfOrder() throws Exception {
        fault("b2_list_file_names: misorder-names");

        assertThat(names(list(""))).containsExactly("b", "c", "a");
    }

    @Test
    void freshUploadIsNotListedYet() throws Exception {
        B2.emulator().state().put(B2.bucketName(), "a", new byte[11]);
        B2.emulator().state().put(B2.bucketName(), "aa", new byte[11]);
        fault("b2_list_file_names #1: miss-fresh");

        assertThat(names(list(""))).containsExactly("a", "b", "c");
        assertThat(names(list(""))).containsExactly("a", "aa", "b", "c");
    }

    @Test
    void emptyPageDoesNotAdvance() throws Exception {
        fault("b2_list_file_names: stuck-page");

        RawB2.Answer page = list(",'startFileName':'b'");

        assertThat(names(page)).isEmpty();
        assertThat(page.text("nextFileName")).isEqualTo("b");
        assertThat(list("").text("nextFileName")).isEqualTo("a");
    }

    @Test
    void listingsOfUnfinishedFilesAndPartsAreAsBad() throws Exception {
        String fileId = start("l1");
        start("l2");
        fault("b2_list_unfinished_large_files #1: misorder-names; b2_list_unfinished_large_files #2: stuck-page");
        fault("b2_list_parts: stuck-page");
        String listing = "{'bucketId':'" + bucketId + "','startFileId':'" + fileId + "'}";

        assertThat(names(b2.call("b2_list_unfinished_large_files", listing))).containsExactly("l2", "l1");
        RawB2.Answer stuck = b2.call("b2_list_unfinished_large_files", listing);
        assertThat(names(stuck)).isEmpty();
        assertThat(stuck.text("nextFileId")).isEqualTo(fileId);
        RawB2.Answer parts = b2.call("b2_list_parts", "{'fileId':'" + fileId + "','startPartNumber':7}");
        assertThat(parts.json().get("parts")).isEmpty();
        assertThat(parts.text("nextPartNumber")).isEqualTo("7");
    }

    private String start(String name) throws Exception {
        return b2.call(
                        "b2_start_large_file",
                        "{'bucketId':'" + bucketId + "','fileName':'" + name + "','contentType':'a/b'}")
                .text("fileId");
    }

    @Test
    void jsonEndsEarlyInAWholeAnswer() throws Exception {
        String whole = new String(
                get("/b2api/v4/b2_list_buckets?accountId=" + b2.accountId()).body());
        fault("b2_list_buckets #1: cut-json; b2_list_buckets #2: cut-json 10");

        HttpResponse<byte[]> half = get("/b2api/v4/b2_list_buckets?accountId=" + b2.accountId());
        HttpResponse<byte[]> ten = get("/b2api/v4/b2_list_buckets?accountId=" + b2.accountId());

        assertThat(half.statusCode()).isEqualTo(200);
        assertThat(new String(half.body())).isEqualTo(whole.substring(0, whole.length() / 2));
        assertThatThrownBy(() -> new ObjectMapper().readTree(half.body())).isInstanceOf(java.io.IOException.class);
        assertThat(ten.body()).hasSize(10);
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return b2.get(path, Map.of());
    }

    @Test
    void requestIsSentElsewhere() throws Exception {
        fault("b2_download_file_by_name #1: redirect; b2_download_file_by_name #2: redirect 307");

        HttpResponse<byte[]> found = get("/file/" + B2.bucketName() + "/a");
        HttpResponse<byte[]> temporary = get("/file/" + B2.bucketName() + "/a");

        assertThat(found.statusCode()).isEqualTo(302);
        assertThat(found.headers().firstValue("Location"))
                .contains(B2.emulator().url() + "/elsewhere/file/" + B2.bucketName() + "/a");
        assertThat(temporary.statusCode()).isEqualTo(307);
    }

    @Test
    void gatewayAnswersInPlaceOfB2AndNothingIsDone() throws Exception {
        fault("b2_hide_file: gateway");

        RawB2.Answer page = b2.call("b2_hide_file", "{'bucketId':'" + bucketId + "','fileName':'a'}");

        assertThat(page.status()).isEqualTo(502);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html");
        assertThat(page.json().asText()).contains("<h1>502 Bad Gateway</h1>");
        assertThat(B2.emulator().state().names(B2.bucketName())).contains("a");
    }

    @Test
    void bodyOfADownloadStops() throws Exception {
        fault("b2_download_file_by_name #1: stall response 4");

        HttpResponse<java.io.InputStream> answer =
                b2.send("GET", "/file/" + B2.bucketName() + "/a", Map.of(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(answer.body().readNBytes(4)).hasSize(4);
        CompletableFuture<Integer> rest = CompletableFuture.supplyAsync(() -> {
            try {
                return answer.body().read();
            } catch (java.io.IOException e) {
                return -2;
            }
        });

        assertThatThrownBy(() -> rest.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        B2.emulator().faults().clear();
        assertThat(rest.get(60, TimeUnit.SECONDS)).isEqualTo(-2);
    }

    @Test
    void bodyOfAnUploadIsNotReadToItsEnd() throws Exception {
        fault("b2_upload_file #1: stall request 4");

        CompletableFuture<Integer> upload = CompletableFuture.supplyAsync(() -> {
            try {
                return b2.upload(bucketId, "d", new byte[10]).status();
            } catch (Exception e) {
                return -2;
            }
        });

        assertThatThrownBy(() -> upload.get(300, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        B2.emulator().faults().clear();
        assertThat(upload.get(60, TimeUnit.SECONDS)).isEqualTo(-2);
        assertThat(B2.emulator().state().names(B2.bucketName())).doesNotContain("d");
    }

    @Test
    void statusOfAGatewayIsOneOfAnError() {
        assertThatThrownBy(() -> fault("b2_list_buckets: gateway 200"))
                .hasMessage("fault rule \"b2_list_buckets: gateway 200\": the status must be 400 to 599");
        assertThatThrownBy(() -> fault("b2_list_buckets: redirect 200")).hasMessageContaining("300 to 399");
    }

    @Test
    void realisticServiceIsBusyForOneUploadInAHundredAndSlowAtFirst() throws Exception {
        try (B2Emulator busy = B2Emulator.builder().realistic().start()) {
            RawB2 client = RawB2.login(busy);
            String bucket = client.createBucket("realistic");
            busy.faults().clear();
            int refused = 0;
            for (int i = 0; i < 400; i++) {
                RawB2.Answer url = client.call("b2_get_upload_url", "{'bucketId':'" + bucket + "'}");
                if (url.status() == 401) {
                    client = RawB2.login(busy);
                    continue;
                }
                RawB2.Answer answer = client.uploadTo(url, "a", new byte[1], Map.of());
                refused += answer.status() == 503 && answer.message().equals("no tomes available") ? 1 : 0;
            }

            assertThat(refused).isBetween(1, 15);
            long begin = System.nanoTime();
            client.call("b2_list_file_names", "{'bucketId':'" + bucket + "'}");
            assertThat(System.nanoTime() - begin).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(700));
        }
    }
}
