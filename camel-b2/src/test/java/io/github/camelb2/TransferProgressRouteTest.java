// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.client.api.ClientListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What event notifiers and the listener hear of transfers. */
class TransferProgressRouteTest extends B2TestSupport {
    private static final int LENGTH = 300_000;

    @TempDir
    static Path directory;

    private final List<TransferProgressEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private String bucket;

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        made.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof TransferProgressEvent progress) {
                    events.add(progress);
                    throw new IllegalStateException("a notifier that fails changes nothing");
                }
            }
        });
        return made;
    }

    @Override
    protected void configure(B2Configuration options) {
        super.configure(options);
        options.setPartSize("10000");
        options.setClientListener(new ClientListener() {
            @Override
            public void onProgress(long transfer, String fileName, long bytes, long total) {
                heard.add(fileName + " " + bytes + "/" + total);
            }
        });
    }

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read")
                        .toD("b2:${header.bucket}?operation=downloadFile&fileName=a")
                        .process(e ->
                                e.getMessage().getBody(InputStream.class).transferTo(OutputStream.nullOutputStream()));
            }
        };
    }

    @BeforeEach
    void givenABucket() {
        bucket = B2.createBucket();
    }

    @Test
    void anUploadIsToldWithItsMessageAtMostOncePerPercent() {
        Exchange sent = send("b2:" + bucket + "?fileName=a", new byte[LENGTH], Map.of());

        assertThat(events).hasSizeBetween(2, 101).allSatisfy(event -> {
            assertThat(event.getExchange().getExchangeId()).isEqualTo(sent.getExchangeId());
            assertThat(event.getSource()).isSameAs(event.getExchange());
            assertThat(event.getFileName()).isEqualTo("a");
            assertThat(event.getTotal()).hasValue(LENGTH);
            assertThat(event.getType()).isEqualTo(CamelEvent.Type.Custom);
        });
        assertThat(events.get(events.size() - 1)).hasToString("a: 300000 of 300000 bytes");
        assertThat(heard).hasSameSizeAs(events).endsWith("a 300000/300000");
    }

    @Test
    void aBodyThatIsReadIsToldWithItsMessage() {
        b2().state().put(bucket, "a", new byte[LENGTH]);

        Exchange read = send("direct:read", null, Map.of("bucket", bucket));

        assertThat(events).hasSizeBetween(2, 101).allSatisfy(event -> assertThat(
                        event.getExchange().getExchangeId())
                .isEqualTo(read.getExchangeId()));
        assertThat(events.get(events.size() - 1).getBytes()).isEqualTo(LENGTH);
    }

    @Test
    void aDownloadToDiskIsTold() {
        b2().state().put(bucket, "a", new byte[LENGTH]);

        send("b2:" + bucket + "?operation=downloadFile&fileName=a&localWorkDirectory=" + directory, null, Map.of());

        assertThat(events).hasSizeBetween(2, 101);
        assertThat(events)
                .extracting(TransferProgressEvent::getTransfer)
                .containsOnly(events.get(0).getTransfer());
        assertThat(events.get(events.size() - 1).getBytes()).isEqualTo(LENGTH);
    }

    @Test
    void aConsumedBodyIsToldWithItsMessage() throws Exception {
        b2().state().put(bucket, "a", new byte[LENGTH]);
        context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("b2:" + bucket + "?initialDelay=0").routeId("consumer").process(e -> e.getMessage()
                        .getBody(InputStream.class)
                        .transferTo(OutputStream.nullOutputStream()));
            }
        });

        await().until(() -> !events.isEmpty() && events.get(events.size() - 1).getBytes() == LENGTH);

        assertThat(events).allSatisfy(event -> assertThat(event.getExchange().getFromRouteId())
                .isEqualTo("consumer"));
    }

    @Test
    void whatMovesNoBytesIsNotTold() {
        b2().state().put(bucket, "a", new byte[LENGTH]);

        send("b2:" + bucket + "?operation=getFileInfo&fileName=a", null, Map.of());
        send("b2:" + bucket + "?operation=downloadFile&fileName=a", null, Map.of());

        assertThat(events).isEmpty();
    }
}
