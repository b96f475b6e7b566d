// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What injected faults look like from the other side. */
class FaultInjectionTest {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void login() throws Exception {
        b2 = RawB2.login(B2.emulator());
        bucketId = b2.createBucket(B2.bucketName());
    }

    private void fault(String rule) {
        B2.emulator().faults().add(rule);
    }

    private HttpResponse<byte[]> download() throws Exception {
        return b2.get("/file/" + B2.bucketName() + "/a", Map.of());
    }

    @Test
    void statusIsAnsweredOnceWithRetryAfterAndNothingIsDone() throws Exception {
        fault("b2_hide_file #1: status 503 service_unavailable c001 is too busy retry-after 7");
        B2.emulator().state().put(B2.bucketName(), "a", new byte[1]);
        String request = "{'bucketId':'" + bucketId + "','fileName':'a'}";

        RawB2.Answer first = b2.call("b2_hide_file", request);

        assertThat(first.status()).isEqualTo(503);
        assertThat(first.message()).isEqualTo("c001 is too busy");
        assertThat(first.headers().firstValue("Retry-After")).contains("7");
        assertThat(B2.emulator().state().names(B2.bucketName())).containsExactly("a");
        assertThat(b2.call("b2_hide_file", request).status()).isEqualTo(200);
        assertThat(B2.emulator().faults().fired()).isEqualTo(1);
    }

    @Test
    void uploadUrlIsDeadAfterTheServersOwnFailureOnly() throws Exception {
        RawB2.Answer ticket = b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}");
        fault("b2_upload_file #1: status 429\nb2_upload_file #2: status 503");

        assertThat(b2.uploadTo(ticket, "a", new byte[9], Map.of()).status()).isEqualTo(429);
        assertThat(b2.uploadTo(ticket, "a", new byte[9], Map.of()).status()).isEqualTo(503);
        assertThat(b2.uploadTo(ticket, "a", new byte[9], Map.of()).code()).isEqualTo("expired_auth_token");
    }

    @Test
    void connectionIsResetInTheMiddleOfARequest() throws Exception {
        fault("b2_upload_file #1: drop request 1000");

        assertThatThrownBy(() -> b2.upload(bucketId, "a", new byte[1_000_000])).isInstanceOf(IOException.class);

        Awaitility.await().until(() -> B2.emulator().requests("b2_upload_file").size() == 1);
        assertThat(B2.emulator().requests("b2_upload_file").get(0).requestBytes())
                .isEqualTo(1_000);
        assertThat(B2.emulator().requests("b2_upload_file").get(0).status()).isZero();
        assertThat(B2.emulator().state().versions(B2.bucketName())).isEmpty();
        await().until(() -> B2.emulator().state().temporaryFiles() == 0);
    }

    @Test
    void connectionIsResetInTheMiddleOfAnAnswer() throws Exception {
        B2.emulator().state().put(B2.bucketName(), "a", new byte[1_000_000]);
        fault("b2_download_file_by_name #1: drop response 10000");

        assertThatThrownBy(this::download).isInstanceOf(IOException.class);

        assertThat(B2.emulator().requests("b2_download_file_by_name").get(0).responseBytes())
                .isEqualTo(10_000);
        assertThat(download().body()).hasSize(1_000_000);
    }

    @Test
    void answerEndsTooEarlyInGoodOrder() throws Exception {
        B2.emulator().state().put(B2.bucketName(), "a", "hello world".getBytes(StandardCharsets.UTF_8));
        fault("b2_download_file_by_name: truncate 5");
        try (RawSocket socket = new RawSocket(B2.emulator().url())) {
            socket.send("GET /file/" + B2.bucketName() + "/a HTTP/1.1", "Host: x", "Authorization: " + b2.token());

            assertThat(socket.head().header("Content-Length")).contains("11");
            assertThat(socket.body(5)).isEqualTo("hello");
            assertThat(socket.isEnded()).isTrue();
        }
    }

    @Test
    void answerIsLostAfterTheWorkWasDone() throws Exception {
        fault("b2_upload_file #1: lose-answer");

        assertThatThrownBy(() -> b2.upload(bucketId, "a", new byte[10])).isInstanceOf(IOException.class);

        assertThat(B2.emulator().state().names(B2.bucketName())).containsExactly("a");
    }

    @Test
    void damageInARequestIsFoundByItsSha1() throws Exception {
        fault("b2_upload_file: flip request 3");

        RawB2.Answer answer = b2.upload(bucketId, "a", new byte[10]);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).isEqualTo("Checksum did not match data received");
        assertThat(B2.emulator().state().versions(B2.bucketName())).isEmpty();
    }

    @Test
    void damageInAnAnswerIsOneBit() throws Exception {
        B2.emulator().state().put(B2.bucketName(), "a", "hello".getBytes(StandardCharsets.UTF_8));
        fault("b2_download_file_by_name #1: flip response 1");

        assertThat(download().body()).asString().isEqualTo("hdllo");
        assertThat(download().body()).asString().isEqualTo("hello");
    }

    @Test
    void tokenExpiresInTheMiddle() throws Exception {
        fault("b2_list_buckets #2: expire-token");
        String request = "{'accountId':'" + b2.accountId() + "'}";

        assertThat(b2.call("b2_list_buckets", request).status()).isEqualTo(200);
        assertThat(b2.call("b2_list_buckets", request).code()).isEqualTo("expired_auth_token");
        assertThat(b2.call("b2_list_buckets", request).code()).isEqualTo("expired_auth_token");
        assertThat(RawB2.login(B2.emulator()).call("b2_list_buckets", request).status())
                .isEqualTo(200);
    }

    @Test
    void emptyPageSaysWhereToGoOn() throws Exception {
        B2.emulator().state().put(B2.bucketName(), "a", new byte[1]);
        fault("b2_list_file_*: empty-page");
        String request = "{'bucketId':'" + bucketId + "'}";

        RawB2.Answer names = b2.call("b2_list_file_names", request);
        RawB2.Answer versions = b2.call("b2_list_file_versions", request);

        assertThat(names.json().get("files")).isEmpty();
        assertThat(names.text("nextFileName")).isEqualTo("a");
        assertThat(versions.json().get("files")).isEmpty();
        assertThat(versions.text("nextFileName")).isEqualTo("a");
        assertThat(versions.text("nextFileId")).startsWith("4_z");
    }

    @Test
    void rejectionDoesNotWaitForTheBody() throws Exception {
        fault("b2_upload_file: reject 503");
        RawB2.Answer ticket = b2.call("b2_get_upload_url", "{'bucketId':'" + bucketId + "'}");
        try (RawSocket socket = new RawSocket(B2.emulator().url())) {
            socket.send(
                    "POST " + java.net.URI.create(ticket.text("uploadUrl")).getPath() + " HTTP/1.1",
                    "Host: x",
                    "Content-Length: 1000000000");

            RawSocket.Head head = socket.head();

            assertThat(head.status()).isEqualTo(503);
            assertThat(head.header("Connection")).contains("close");
        }
    }

    @Test
    void hangingRequestIsLetGoWhenFaultsAreCleared() throws Exception {
        B2.emulator().state().put(B2.bucketName(), "a", new byte[1]);
        fault("b2_download_file_by_name: hang");

        CompletableFuture<Integer> status = CompletableFuture.supplyAsync(() -> {
            try {
                return download().statusCode();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Awaitility.await().until(() -> B2.emulator().faults().fired() == 1);
        assertThat(status).isNotDone();
        B2.emulator().faults().clear();

        assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(200);
    }

    @Test
    void delayAndRateTakeTheirTime() throws Exception {
        B2.emulator().state().put(B2.bucketName(), "a", new byte[20_000]);
        fault("b2_download_file_by_name: delay 100ms, rate 100000");

        download();

        assertThat(B2.emulator().requests("b2_download_file_by_name").get(0).duration())
                .isBetween(Duration.ofMillis(290), Duration.ofSeconds(10));
    }
}
