// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What an operator sees of a run over JMX, and can do to it. */
class SyncJmxTest extends SyncTestSupport {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final CountDownLatch firstAction = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    SyncJmxTest() {
        testConfiguration().withJMX(true);
    }

    @BeforeEach
    void givenTwoFilesAndARoute() throws Exception {
        given(source, "a", "12345", 100);
        given(source, "b", "123", 100);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sync")
                        .to("b2-sync:watched?workers=1&reportTo=direct:gate&source=" + source + "&destination="
                                + bucketUri());
                from("direct:gate").process(exchange -> {
                    firstAction.countDown();
                    assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
                });
            }
        });
    }

    @Test
    void figuresAreAttributesWhileARunGoesOnAndAfterIt() throws Exception {
        assertThat(attribute("Phase")).isEqualTo("IDLE");
        CompletableFuture<Exchange> run = begin();
        firstAction.await();

        assertThat(attribute("Phase")).isIn("SCANNING", "TRANSFERRING");
        assertThat(attribute("DoneActions")).isEqualTo(1L);
        assertThat(attribute("MovedBytes")).isEqualTo(5L);
        assertThat(attribute("Workers")).isEqualTo(1);
        goOn.countDown();
        assertThat(run.get(60, TimeUnit.SECONDS).getException()).isNull();

        assertThat(attribute("Phase")).isEqualTo("ENDED");
        assertThat(attribute("ComparedFiles")).isEqualTo(2L);
        assertThat(attribute("DoneActions")).isEqualTo(2L);
        assertThat(attribute("Workers")).isEqualTo(0);
        assertThat(attribute("MovedBytes")).isEqualTo(8L);
        assertThat(attribute("PlannedBytes")).isEqualTo(8L);
        assertThat(attribute("Failures")).isEqualTo(0L);
        assertThat((Long) attribute("BytesPerSecond")).isNotNegative();
        assertThat((Long) attribute("SecondsLeft")).isZero();
    }

    @Test
    void runIsStoppedByAnOperation() throws Exception {
        CompletableFuture<Exchange> run = begin();
        firstAction.await();

        server.invoke(bean(), "stopRun", new Object[0], new String[0]);
        goOn.countDown();

        assertThat(run.get(60, TimeUnit.SECONDS).getException())
                .hasMessageContaining("interrupted: the run was stopped before its end");
        assertThat(bucketTree()).containsOnlyKeys("a");
    }

    private CompletableFuture<Exchange> begin() {
        return template.asyncSend("direct:sync", exchange -> {});
    }

    private Object attribute(String name) throws Exception {
        return server.getAttribute(bean(), name);
    }

    private ObjectName bean() throws Exception {
        return server
                .queryNames(
                        new ObjectName("org.apache.camel:context=" + context.getManagementName()
                                + ",type=endpoints,name=\"b2-sync*\""),
                        null)
                .stream()
                .findFirst()
                .orElseThrow();
    }
}
