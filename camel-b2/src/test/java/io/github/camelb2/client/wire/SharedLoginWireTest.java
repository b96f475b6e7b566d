// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.client.api.AccountInfo;
import io.github.camelb2.client.api.B2ThrottledException;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.B2UnauthorizedException;
import io.github.camelb2.client.retry.CallSettings;

import static io.github.camelb2.client.wire.WireService.error;
import static io.github.camelb2.client.wire.WireService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Threads that need a login at the same time: one asks, the others wait, and each has its own time and failure. */
class SharedLoginWireTest {
    private static final CallSettings ONCE = CallSettings.DEFAULT.withRetryTimeout(Duration.ZERO);

    @RegisterExtension
    static final WireService SERVICE = new WireService();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private CompletableFuture<AccountInfo> login(CallSettings settings) {
        return CompletableFuture.supplyAsync(() -> SERVICE.client().accountInfo(settings), threads);
    }

    private static void awaitRequests(int count) {
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> SERVICE.requests("b2_authorize_account").size() == count);
    }

    @Test
    void waiterWithTimeLeftLeadsTheNextTry() {
        SERVICE.answerInTurn(
                "b2_authorize_account", error(503, "service_unavailable").withFixedDelay(800), json("""
                        {"accountId":"acc","authorizationToken":"t","apiUrl":"http://127.0.0.1:1",
                         "downloadUrl":"http://127.0.0.1:1"}"""));
        CompletableFuture<AccountInfo> hasty = login(ONCE);
        awaitRequests(1);

        CompletableFuture<AccountInfo> patient = login(CallSettings.DEFAULT);

        assertThatThrownBy(hasty::join).hasCauseInstanceOf(B2ThrottledException.class);
        assertThat(patient.join().authorizationToken()).isEqualTo("t");
        assertThat(SERVICE.requests("b2_authorize_account")).hasSize(2);
    }

    @Test
    void waiterWithLessTimeThanTheLeaderDoesNotWaitForIt() {
        SERVICE.answer("b2_authorize_account", json("{}").withFixedDelay(4_000));
        CompletableFuture<AccountInfo> leader = login(CallSettings.DEFAULT);
        awaitRequests(1);

        assertThatThrownBy(() -> SERVICE.client().accountInfo(ONCE.withRequestTimeout(Duration.ofMillis(100))))
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("longer than this call may take");

        assertThat(leader).isNotDone();
    }

    @Test
    void wrongKeyIsRefusedOnceForAllThatWaitAndEachHasAnExceptionOfItsOwn() {
        SERVICE.answer("b2_authorize_account", error(401, "unauthorized").withFixedDelay(800));
        List<CompletableFuture<AccountInfo>> logins = new ArrayList<>();
        logins.add(login(CallSettings.DEFAULT));
        awaitRequests(1);
        for (int i = 0; i < 7; i++) {
            logins.add(login(CallSettings.DEFAULT));
        }

        List<Throwable> failures =
                logins.stream().map(SharedLoginWireTest::failure).toList();

        assertThat(failures).hasSize(8).allSatisfy(it -> assertThat(it).isInstanceOf(B2UnauthorizedException.class));
        assertThat(failures).usingElementComparator((a, b) -> a == b ? 0 : 1).doesNotHaveDuplicates();
        assertThat(SERVICE.requests("b2_authorize_account")).hasSizeLessThan(8);
    }

    @Test
    void outageIsAskedAboutByOneThreadAtATime() {
        SERVICE.answer("b2_authorize_account", error(503, "service_unavailable").withFixedDelay(150));
        List<CompletableFuture<AccountInfo>> logins = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            logins.add(login(CallSettings.DEFAULT.withRetryTimeout(Duration.ofMinutes(2))));
        }

        List<Throwable> failures =
                logins.stream().map(SharedLoginWireTest::failure).toList();

        assertThat(failures).allSatisfy(it -> assertThat(it).isInstanceOf(B2ThrottledException.class));
        // One thread alone makes 7 to 9 in two minutes and leaves some time to the next; 16 alone would make 128.
        assertThat(SERVICE.requests("b2_authorize_account").size()).isLessThan(32);
        assertThat(failures).usingElementComparator((a, b) -> a == b ? 0 : 1).doesNotHaveDuplicates();
    }

    private static Throwable failure(CompletableFuture<AccountInfo> login) {
        try {
            throw new AssertionError("logged in: " + login.join());
        } catch (CompletionException e) {
            return e.getCause();
        }
    }
}
