// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.http;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.Delivery;
import io.github.camelb2.client.retry.Attempt;
import io.github.camelb2.client.retry.CallContext;
import io.github.camelb2.client.retry.CallSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What comes of a request that is aborted at a moment at which HttpClient takes that for a misuse. */
class AbortedRequestTest {
    private interface Request {
        void send(Transport transport, HttpCall call);
    }

    @AfterEach
    void clearTheMark() {
        Thread.interrupted();
    }

    static Stream<Request> requests() {
        return Stream.of(
                (transport, call) -> transport.postJson(call, new byte[0], answer -> answer),
                (transport, call) -> transport.download(call),
                (transport, call) -> transport.head(call));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void anInterruptAtAnyMomentIsAFailureOfTheTransport(Request request) throws IOException {
        for (RuntimeException thrown : new RuntimeException[] {
            new IllegalStateException("Endpoint not acquired"),
            new CancellationException("Request aborted"),
            new NullPointerException("Connection")
        }) {
            assertThatThrownBy(() -> send(request, () -> {
                        Thread.currentThread().interrupt();
                        return thrown;
                    }))
                    .isInstanceOf(B2TransportException.class)
                    .hasMessageContaining("it was interrupted")
                    .hasCause(thrown);
            assertThat(Thread.interrupted()).as("the mark").isTrue();
        }
    }

    /** As when the context stops. */
    @ParameterizedTest
    @MethodSource("requests")
    void aPoolThatIsClosedIsAFailureOfTheTransport(Request request) {
        assertThatThrownBy(() -> send(request, () -> new IllegalStateException("Connection pool shut down")))
                .isInstanceOf(B2TransportException.class)
                .hasMessageContaining("Connection pool shut down")
                .hasMessageContaining("the Camel context stops")
                .satisfies(e -> assertThat(((B2Exception) e).details().delivery())
                        .as("nothing tries again")
                        .isEqualTo(Delivery.IMPOSSIBLE));
    }

    @Test
    void aThreadThatIsInterruptedAlreadySendsNothing() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> send((transport, call) -> transport.head(call), IllegalStateException::new))
                .isInstanceOf(B2TransportException.class);

        assertThat(Thread.interrupted()).as("the mark").isTrue();
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aMisuseWithoutAnAbortStaysOne(Request request) {
        IllegalStateException misuse = new IllegalStateException("shut down");

        assertThatThrownBy(() -> send(request, () -> misuse)).isSameAs(misuse);
    }

    /** With a client that throws this before it takes a connection. */
    private static void send(Request request, Supplier<RuntimeException> failure) throws IOException {
        try (CloseableHttpClient client = HttpClients.custom()
                .addExecInterceptorFirst("failing", (asked, scope, chain) -> {
                    throw failure.get();
                })
                .build()) {
            Transport transport = new Transport(client, null, InstantSource.system(), "camel-b2-test/1");
            request.send(
                    transport,
                    new HttpCall(
                            CallContext.download("b2_download_file_by_name", "a"),
                            "http://127.0.0.1:1/a",
                            Map.of(),
                            new Attempt.Try(1, CallSettings.DEFAULT)));
        }
    }
}
