// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.upkeep;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorState.StoredVersion;
import io.github.camelb2.emulator.RawB2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LifecycleTest {

    private static final String BUCKET = "lifecycle-bucket";

    private B2Emulator emulator;
    private RawB2 b2;
    private String bucketId;

    @BeforeEach
    void start() throws Exception {
        emulator = B2Emulator.builder().minPartSize(1).start();
        b2 = RawB2.login(emulator);
        bucketId = b2.createBucket(BUCKET);
    }

    @AfterEach
    void stop() {
        emulator.close();
    }

    private void rules(String rules) throws Exception {
        RawB2.Answer answer = b2.call(
                "b2_update_bucket",
                "{'accountId':'" + b2.accountId() + "','bucketId':'" + bucketId + "','lifecycleRules':[" + rules
                        + "]}");
        assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    }

    private void put(String name) {
        emulator.state().put(BUCKET, name, new byte[1]);
    }

    private List<String> versions() {
        return emulator.state().versions(BUCKET).stream()
                .map(version -> version.name() + " " + version.action())
                .toList();
    }

    private void days(int days) {
        // A little more: two versions of one name never have the same time.
        emulator.advance(Duration.ofDays(days).plusSeconds(1));
    }

    @Test
    void fileIsHiddenAndDeletedInItsTime() throws Exception {
        rules("{'fileNamePrefix':'logs/','daysFromUploadingToHiding':10,'daysFromHidingToDeleting':5}");
        put("logs/a");
        put("other");

        days(9);
        assertThat(versions()).containsExactly("logs/a upload", "other upload");
        days(1);
        assertThat(versions()).containsExactly("logs/a hide", "logs/a upload", "other upload");
        days(4);
        assertThat(versions()).containsExactly("logs/a hide", "logs/a upload", "other upload");
        days(1);

        assertThat(versions()).containsExactly("other upload");
        assertThat(emulator.state().contentFiles()).isEqualTo(1);
    }

    @Test
    void aMonthPassesDayByDay() throws Exception {
        rules("{'fileNamePrefix':'','daysFromUploadingToHiding':10,'daysFromHidingToDeleting':5}");
        put("a");

        days(31);

        assertThat(versions()).isEmpty();
    }

    @Test
    void onlyTheLastVersionIsKept() throws Exception {
        rules("{'fileNamePrefix':'','daysFromHidingToDeleting':1}");
        put("a");
        put("a");
        days(1);
        put("a");

        assertThat(versions()).containsExactly("a upload", "a upload");
        days(1);
        assertThat(versions()).containsExactly("a upload");
        days(100);
        assertThat(versions()).containsExactly("a upload");
    }

    @Test
    void versionsOfMoreThanAPageAreOneNameStill() throws Exception {
        rules("{'fileNamePrefix':'','daysFromHidingToDeleting':1}");
        for (int i = 0; i < 1_050; i++) {
            put("a");
        }
        put("b");

        emulator.advance(Duration.ofDays(1).plusMinutes(1));

        assertThat(versions()).containsExactly("a upload", "b upload");
    }

    @Test
    void unfinishedFileIsCancelled() throws Exception {
        rules("{'fileNamePrefix':'','daysFromStartingToCancelingUnfinishedLargeFiles':7}");
        String fileId = b2.call(
                        "b2_start_large_file", "{'bucketId':'" + bucketId + "','fileName':'l','contentType':'a/b'}")
                .text("fileId");
        b2.uploadPart(fileId, 1, new byte[10]);

        days(6);
        assertThat(emulator.state().unfinishedLargeFiles(BUCKET)).containsExactly("l");
        days(1);

        assertThat(emulator.state().unfinishedLargeFiles(BUCKET)).isEmpty();
        assertThat(emulator.state().contentFiles()).isZero();
    }

    @Test
    void lockedVersionStaysUntilItsTimeIsOver() throws Exception {
        String locked = b2.call(
                        "b2_create_bucket",
                        "{'accountId':'" + b2.accountId()
                                + "','bucketName':'lifecycle-locked','bucketType':'allPrivate','fileLockEnabled':true,"
                                + "'lifecycleRules':[{'fileNamePrefix':'','daysFromHidingToDeleting':1}]}")
                .text("bucketId");
        long until = System.currentTimeMillis() + Duration.ofDays(10).toMillis();
        b2.upload(
                locked,
                "a",
                new byte[1],
                java.util.Map.of(
                        "X-Bz-File-Retention-Mode",
                        "compliance",
                        "X-Bz-File-Retention-Retain-Until-Timestamp",
                        Long.toString(until)));
        emulator.state().hide("lifecycle-locked", "a");

        days(9);
        assertThat(emulator.state().versions("lifecycle-locked")).hasSize(2);
        days(2);

        assertThat(emulator.state().versions("lifecycle-locked")).isEmpty();
    }

    @Test
    void listenersHearThatARuleDidIt() throws Exception {
        rules("{'fileNamePrefix':'','daysFromUploadingToHiding':1,'daysFromHidingToDeleting':1}");
        java.util.concurrent.BlockingQueue<String> bodies = new java.util.concurrent.LinkedBlockingQueue<>();
        com.sun.net.httpserver.HttpServer hook = com.sun.net.httpserver.HttpServer.create(
                new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            bodies.add(new String(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        hook.start();
        try {
            b2.call(
                    "b2_set_bucket_notification_rules",
                    "{'bucketId':'" + bucketId
                            + "','eventNotificationRules':[{'name':'by-rules','eventTypes':['b2:HideMarkerCreated:LifecycleRule',"
                            + "'b2:ObjectDeleted:LifecycleRule'],'isEnabled':true,'objectNamePrefix':'',"
                            + "'targetConfiguration':{'targetType':'webhook','url':'http://127.0.0.1:"
                            + hook.getAddress().getPort() + "/'}}]}");
            put("a");

            days(3);

            StringBuilder heard = new StringBuilder();
            while (!heard.toString().contains("ObjectDeleted:LifecycleRule")) {
                String body = bodies.poll(10, java.util.concurrent.TimeUnit.SECONDS);
                assertThat(body).as("after " + heard).isNotNull();
                heard.append(body);
            }
            assertThat(heard.toString()).contains("b2:HideMarkerCreated:LifecycleRule");
        } finally {
            hook.stop(0);
        }
    }

    @Test
    void clockIsAheadFromTheStart(@TempDir Path directory) throws Exception {
        try (B2Emulator first = B2Emulator.builder().dataDir(directory).start()) {
            RawB2 client = RawB2.login(first);
            client.call(
                    "b2_create_bucket",
                    "{'accountId':'" + client.accountId() + "','bucketName':'aheadbucket','bucketType':'allPrivate',"
                            + "'lifecycleRules':[{'fileNamePrefix':'','daysFromUploadingToHiding':1}]}");
            first.state().put("aheadbucket", "a", new byte[1]);
        }

        try (B2Emulator later = B2Emulator.builder()
                .dataDir(directory)
                .advance(Duration.ofDays(2))
                .start()) {
            assertThat(later.state().versions("aheadbucket"))
                    .extracting(StoredVersion::action)
                    .containsExactly("hide", "upload");
        }
    }

    @Test
    void clockGoesForwardOnlyAndTokensAge() throws Exception {
        assertThatThrownBy(() -> emulator.advance(Duration.ofDays(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("forward");

        emulator.advance(Duration.ofHours(25));

        assertThat(b2.call("b2_list_buckets", "{'accountId':'" + b2.accountId() + "'}")
                        .code())
                .isEqualTo("expired_auth_token");
    }
}
