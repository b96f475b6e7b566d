// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.brokers;

import java.util.Map;
import java.util.Objects;

import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

import io.github.camelb2.B2Component;
import io.github.camelb2.sync.B2SyncBrokerRoutes;

/** One machine that works: a JVM with nothing but the template {@code b2-sync-worker}. */
public final class Worker {
    private Worker() {}

    /**
     * Works until it is killed, or nobody writes to it any more.
     *
     * @param arguments none: the environment says where B2 and the broker are
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = System.getenv();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            connect(context, environment);
            context.addRoutes(new B2SyncBrokerRoutes());
            context.start();
            TemplatedRouteBuilder.builder(context, "b2-sync-worker")
                    .parameter("name", "photos")
                    .parameter("source", need(environment, "SOURCE"))
                    .parameter("destination", need(environment, "DESTINATION"))
                    .parameter("keepMode", "delete")
                    .parameter("from", "jms:queue:b2sync.work")
                    .parameter("results", need(environment, "RESULTS"))
                    .parameter("deadLetters", "jms:queue:b2sync.dead")
                    .parameter("planKey", need(environment, "PLAN_KEY"))
                    .parameter("workers", environment.getOrDefault("WORKERS", "4"))
                    .add();
            System.out.println("working");
            // Whoever started it holds the other end, and lets go when it ends, however that happens.
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** Gives a context the account and the broker. */
    static void connect(CamelContext context, Map<String, String> environment) {
        B2Component b2 = context.getComponent("b2", B2Component.class);
        b2.getConfiguration().setRealm(need(environment, "B2_REALM"));
        b2.getConfiguration().setApplicationKeyId(need(environment, "B2_APPLICATION_KEY_ID"));
        b2.getConfiguration().setApplicationKey(need(environment, "B2_APPLICATION_KEY"));
        // No worker holds plans that another could do.
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(new ActiveMQConnectionFactory(need(environment, "BROKER") + "?consumerWindowSize=0"));
        context.addComponent("jms", JmsComponent.jmsComponent(pool));
    }

    static String need(Map<String, String> environment, String name) {
        return Objects.requireNonNull(environment.get(name), name);
    }
}
