// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.time.Duration;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.camelb2.emulator.B2Emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** B2 closes connections that nobody uses: what comes next must not pay for that. */
class IdleConnectionTest {
    private static final String BUCKET = "idle-bucket";

    @ParameterizedTest
    @ValueSource(ints = {10, 100_000})
    void callsAfterAPauseSucceedOnNewConnections(int length) throws Exception {
        try (B2Emulator b2 = B2Emulator.builder()
                        .idleTimeout(Duration.ofMillis(200))
                        .minPartSize(20_000)
                        .recommendedPartSize(20_000)
                        .start();
                DefaultCamelContext context = new DefaultCamelContext()) {
            B2Component component = new B2Component();
            component.getConfiguration().setRealm(b2.url());
            component.getConfiguration().setApplicationKeyId(b2.applicationKeyId());
            component.getConfiguration().setApplicationKey(b2.applicationKey());
            context.addComponent("b2", component);
            b2.state().createBucket(BUCKET);
            context.start();
            ProducerTemplate template = context.createProducerTemplate();

            for (int round = 0; round < 2; round++) {
                // No connection is open; each pause takes the emulator a second.
                await().until(() -> b2.openConnections() == 0);
                byte[] content = new byte[length + round];
                template.sendBodyAndHeader("b2:" + BUCKET, content, "CamelB2FileName", "file" + round);
                await().until(() -> b2.openConnections() == 0);
                assertThat(template.requestBodyAndHeader(
                                "b2:" + BUCKET + "?operation=downloadFile",
                                null,
                                "CamelB2FileName",
                                "file" + round,
                                byte[].class))
                        .isEqualTo(content);
            }

            assertThat(b2.state().names(BUCKET)).containsExactly("file0", "file1");
            assertThat(b2.state().versions(BUCKET))
                    .as("nothing was stored twice")
                    .hasSize(2);
            assertThat(b2.state().unfinishedLargeFiles(BUCKET)).isEmpty();
        }
    }
}
