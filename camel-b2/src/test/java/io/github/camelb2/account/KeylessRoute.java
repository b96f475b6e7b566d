// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.account;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.camel.impl.DefaultCamelContext;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.model.bucket.Bucket;

import static org.assertj.core.api.Assertions.assertThat;

/** A JVM of its own that lists the buckets of an account, without a key in its configuration. */
public final class KeylessRoute {
    private static final String ANSWER = "buckets:";

    private KeylessRoute() {}

    /** The realm that the configuration sets, if any. */
    public static void main(String[] args) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true)) {
            B2Configuration options =
                    context.getComponent("b2", B2Component.class).getConfiguration();
            options.setUseDefaultCredentials(true);
            Stream.of(args).forEach(options::setRealm);
            context.start();
            List<?> buckets = context.createFluentProducerTemplate()
                    .to("b2:*?operation=listBuckets")
                    .request(List.class);
            answers.println(ANSWER
                    + String.join(
                            ",",
                            buckets.stream()
                                    .map(it -> ((Bucket) it).bucketName())
                                    .toList()));
        }
    }

    /** Runs one with these environment variables, and answers the names that it lists. */
    static List<String> list(Path directory, Map<String, String> environment, String... realm) throws Exception {
        Path output = Files.createTempFile(directory, "keyless", ".log");
        Process process = start(output, environment, realm);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String log = Files.readString(output);
        assertThat(process.exitValue()).as(log).isZero();
        return log.lines()
                .filter(line -> line.startsWith(ANSWER))
                .map(line -> List.of(line.substring(ANSWER.length()).split(",")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(log));
    }

    private static Process start(Path output, Map<String, String> environment, String... realm) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                KeylessRoute.class.getName());
        builder.command().addAll(List.of(realm));
        builder.environment().keySet().removeIf(name -> name.startsWith("B2_"));
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    }
}
