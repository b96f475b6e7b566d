// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.FileIdempotentRepository;
import org.apache.camel.support.processor.state.FileStateRepository;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.emulator.B2Emulator;

/** A consumer with a checkpoint as a JVM that can be killed; what it has delivered is a line of its output. */
final class ConsumerProcess {
    private ConsumerProcess() {}

    static Process start(B2Emulator b2, String uri, Path directory, Path out, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ConsumerProcess.class.getName(),
                b2.url(),
                b2.applicationKeyId(),
                uri,
                directory.toString()));
        builder.environment().put("B2_KEY", b2.applicationKey());
        return builder.redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /** Ends by being killed. */
    public static void main(String[] args) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        B2Configuration options = context.getComponent("b2", B2Component.class).getConfiguration();
        options.setRealm(args[0]);
        options.setApplicationKeyId(args[1]);
        options.setApplicationKey(System.getenv("B2_KEY"));
        options.setInitialBackoff(1);
        options.setMaxBackoff(50);
        File directory = new File(args[3]);
        context.getRegistry()
                .bind(
                        "known",
                        FileIdempotentRepository.fileIdempotentRepository(
                                new File(directory, "known"), 10_000, 10_000_000));
        context.getRegistry().bind("state", FileStateRepository.fileStateRepository(new File(directory, "state")));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(args[2])
                        .process(exchange -> out.println(exchange.getMessage().getHeader("CamelB2FileName")));
            }
        });
        context.start();
        Thread.currentThread().join();
    }
}
