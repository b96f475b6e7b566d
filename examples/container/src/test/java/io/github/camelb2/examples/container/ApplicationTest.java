// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.container;

import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.apache.camel.main.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the probes of kubernetes.yaml are answered, and what stays on its volume. */
@Tag("full")
class ApplicationTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private int port;

    private Main application(B2Emulator b2) throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Main main = Application.application();
        main.addOverrideProperty("camel.component.b2.realm", b2.url());
        main.addOverrideProperty("camel.component.b2.applicationKeyId", b2.applicationKeyId());
        main.addOverrideProperty("camel.component.b2.applicationKey", b2.applicationKey());
        main.addOverrideProperty("camel.component.b2.retryTimeout", "1");
        main.addOverrideProperty("camel.management.port", String.valueOf(port));
        main.addOverrideProperty("pollDelay", "200");
        main.addOverrideProperty("bucket", "container-orders");
        main.addOverrideProperty("outbox", directory.resolve("outbox").toString());
        main.addOverrideProperty("work", directory.toString());
        return main;
    }

    private int probe(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void readyTellsAFailingServiceAndLiveDoesNotAndClaimsStay() throws Exception {
        Files.createDirectories(directory.resolve("outbox"));
        Files.writeString(directory.resolve("outbox/1.csv"), "a,1");
        try (B2Emulator b2 = B2Emulator.start()) {
            b2.state().createBucket("container-orders");
            Main main = application(b2);
            main.start();
            try {
                await().atMost(LONG)
                        .until(() -> !b2.state().names("container-orders").isEmpty());
                await().atMost(LONG).until(() -> probe("/observe/health/ready") == 200);
                b2.faults().add("b2_list_file_names: status 500");
                b2.faults().add("b2_list_file_versions: status 500");

                await().atMost(LONG).until(() -> probe("/observe/health/ready") == 503);

                assertThat(probe("/observe/health/live")).isEqualTo(200);
                assertThat(b2.state().names("container-orders")).containsExactly("orders/1.csv");
                assertThat(directory.resolve("consumed.sqlite")).isNotEmptyFile();
            } finally {
                main.stop();
            }
        }
    }
}
