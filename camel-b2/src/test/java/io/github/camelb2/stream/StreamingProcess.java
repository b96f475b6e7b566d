// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.emulator.B2Emulator;

/** A JVM of its own that gathers numbered messages, and says on its output which ones were acknowledged. */
final class StreamingProcess {
    private static final int SENDERS = 8;

    private StreamingProcess() {}

    static Process start(B2Emulator b2, String uri, int from, int until, Path out, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StreamingProcess.class.getName(),
                b2.url(),
                b2.applicationKeyId(),
                uri,
                String.valueOf(from),
                String.valueOf(until)));
        builder.environment().put("B2_KEY", b2.applicationKey());
        return builder.redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    static String message(int number) {
        return number + ":" + "x".repeat(number % 90);
    }

    public static void main(String[] args) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        B2Configuration options = context.getComponent("b2", B2Component.class).getConfiguration();
        options.setRealm(args[0]);
        options.setApplicationKeyId(args[1]);
        options.setApplicationKey(System.getenv("B2_KEY"));
        options.setInitialBackoff(1);
        options.setMaxBackoff(50);
        context.start();
        ProducerTemplate template = context.createProducerTemplate();
        AtomicInteger next = new AtomicInteger(Integer.parseInt(args[3]));
        int until = Integer.parseInt(args[4]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        template.start();
        // The endpoint starts, and goes on with its spool, before the first message.
        context.getEndpoint(args[2]).start();
        Thread[] senders = new Thread[SENDERS];
        for (int i = 0; i < SENDERS; i++) {
            senders[i] = new Thread(() -> {
                for (int n = next.getAndIncrement(); n < until; n = next.getAndIncrement()) {
                    template.sendBody(args[2], message(n));
                    out.println(n);
                }
            });
            senders[i].start();
        }
        for (Thread sender : senders) {
            sender.join();
        }
        // A template is its user's: the context does not stop its producers.
        template.stop();
        context.stop();
        out.println("stopped");
    }
}
