// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.jmstob2;

import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.main.Main;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;

/** Runs the routes in {@code camel/} on the broker of the variable {@code BROKER}, or on one of its own that gets orders. */
public final class Application {
    private Application() {}

    /** Runs until it has been idle for some seconds, or until the process is told to stop. */
    public static void main(String[] arguments) throws Exception {
        String url = System.getenv("BROKER");
        if (url != null) {
            System.exit(run(url, "classpath:camel/*.yaml"));
        }
        int code;
        try (Broker broker = Broker.start()) {
            code = run(broker.url(), "classpath:camel/*.yaml,classpath:demo/*.yaml");
        }
        System.exit(code);
    }

    private static int run(String broker, String routes) throws Exception {
        // Without a pool each message has a connection of its own.
        JmsPoolConnectionFactory pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(new ActiveMQConnectionFactory(broker));
        pool.start();
        try {
            Main main = new Main(Application.class);
            main.bind("connections", pool);
            main.configure().withRoutesIncludePattern(routes);
            return main.run(new String[0]);
        } finally {
            pool.stop();
        }
    }
}
