// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.kafkatob2;

import org.apache.camel.main.Main;

/** Runs the routes in {@code camel/} on the broker of the variable {@code BROKER}, or on one of its own that gets orders. */
public final class Application {
    private Application() {}

    /** Runs until it has been idle for some seconds, or until the process is told to stop. */
    public static void main(String[] arguments) throws Exception {
        String address = System.getenv("BROKER");
        if (address != null) {
            System.exit(run(address, "classpath:camel/*.yaml"));
        }
        int code;
        try (Broker broker = Broker.start()) {
            code = run(broker.address(), "classpath:camel/*.yaml,classpath:demo/*.yaml");
        }
        System.exit(code);
    }

    private static int run(String broker, String routes) throws Exception {
        Main main = new Main(Application.class);
        main.addOverrideProperty("broker", broker);
        main.bind("commitOffsets", new CommitOffsets());
        main.configure().withRoutesIncludePattern(routes);
        return main.run(new String[0]);
    }
}
