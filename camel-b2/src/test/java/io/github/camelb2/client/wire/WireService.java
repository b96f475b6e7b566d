// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.wire;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.github.camelb2.account.InMemoryAccountInfoRepository;
import io.github.camelb2.client.B2Client;
import io.github.camelb2.client.ManualTime;
import io.github.camelb2.client.PlainTransport;
import io.github.camelb2.client.api.Credentials;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

/** A server that answers what a test tells it, and a client that is logged in to it and never really waits. */
public final class WireService implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private final WireMockServer server =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
    private final ExecutorService parts = Executors.newCachedThreadPool();
    private PlainTransport transport;
    private ManualTime time = new ManualTime();
    private B2Client client;

    @Override
    public void beforeAll(ExtensionContext context) {
        server.start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        server.resetAll();
        time = new ManualTime();
        transport = new PlainTransport(time);
        // Every login answers another token, as B2 does; the last one stays.
        answerInTurn(
                "b2_authorize_account",
                json(login("4_account_token")),
                json(login("4_second")),
                json(login("4_third")));
        client = B2Client.builder()
                .repository(new InMemoryAccountInfoRepository())
                .credentials(new Credentials("key-id", "application-key"))
                .realm(url())
                .transport(transport.transport())
                .clock(time)
                .sleeper(time)
                .parts(parts)
                .build();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        transport.close();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        parts.shutdownNow();
        server.stop();
    }

    private String login(String token) {
        return """
                {"accountId":"acc","authorizationToken":"%2$s","apiInfo":{"storageApi":{
                 "apiUrl":"%1$s","downloadUrl":"%1$s","s3ApiUrl":"%1$s","recommendedPartSize":100000000,
                 "absoluteMinimumPartSize":5000000,"allowed":{"buckets":null,"capabilities":["listFiles"],"namePrefix":null}}}}""".formatted(url(), token);
    }

    public String url() {
        return "http://127.0.0.1:" + server.port();
    }

    public WireMockServer server() {
        return server;
    }

    public B2Client client() {
        return client;
    }

    public PlainTransport transport() {
        return transport;
    }

    public ManualTime time() {
        return time;
    }

    /** Answers a call with 200 and JSON, always. */
    public void answer(String call, String json) {
        answer(
                call,
                aResponse()
                        .withHeader("Content-Type", "application/json;charset=UTF-8")
                        .withBody(json));
    }

    /** Answers a call so, always. */
    public void answer(String call, ResponseDefinitionBuilder answer) {
        server.stubFor(post(urlEqualTo("/b2api/v4/" + call)).willReturn(answer));
    }

    /** Answers a call with one answer after the other; the last one for ever. */
    public void answerInTurn(String call, ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            boolean last = i + 1 == answers.length;
            server.stubFor(post(urlEqualTo("/b2api/v4/" + call))
                    .inScenario(call)
                    .whenScenarioStateIs(i == 0 ? "Started" : "answer " + i)
                    .willSetStateTo(last ? "answer " + i : "answer " + (i + 1))
                    .willReturn(answers[i]));
        }
    }

    public static ResponseDefinitionBuilder json(String json) {
        return aResponse().withBody(json);
    }

    public static ResponseDefinitionBuilder error(int status, String code) {
        return aResponse()
                .withStatus(status)
                .withBody("{\"code\":\"" + code + "\",\"message\":\"said so\",\"status\":" + status + "}");
    }

    /** What was sent to a call. */
    public List<LoggedRequest> requests(String call) {
        return server.findAll(postRequestedFor(urlEqualTo("/b2api/v4/" + call)));
    }

    /** What was sent to a call that was called once. */
    public LoggedRequest request(String call) {
        List<LoggedRequest> all = requests(call);
        if (all.size() != 1) {
            throw new AssertionError(call + " was called " + all.size() + " times");
        }
        return all.get(0);
    }
}
