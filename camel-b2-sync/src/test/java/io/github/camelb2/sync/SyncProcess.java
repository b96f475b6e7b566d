// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.sun.management.OperatingSystemMXBean;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;

import static org.awaitility.Awaitility.await;

/** One sync in a JVM of its own, which can be killed and has as much memory as a test gives it. */
final class SyncProcess {

    private SyncProcess() {}

    /** Starts a JVM that syncs; its output goes to {@code log}. */
    static Process start(B2Emulator b2, Path log, String memory, String uri) throws IOException {
        return inLocale("C.UTF-8", b2, log, memory, uri);
    }

    /** Starts it in another locale. */
    static Process inLocale(String locale, B2Emulator b2, Path log, String memory, String uri) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + memory,
                // It lives for seconds, which the optimizing compiler only costs.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SyncProcess.class.getName()));
        command.addAll(List.of(b2.url(), b2.applicationKeyId(), b2.applicationKey(), uri));
        ProcessBuilder child =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(new File(log.toString()));
        child.environment().put("LC_ALL", locale);
        return child.start();
    }

    /**
     * Waits until nothing is done any more for clients that came after {@code before}: what a dead process had asked for
     * is still carried out, as B2 does.
     */
    static void awaitSilence(B2Emulator b2, Set<SocketAddress> before) throws IOException {
        // Connections are accepted in the order in which they came: when this one is answered, none waits any more.
        HttpURLConnection last =
                (HttpURLConnection) URI.create(b2.url() + "/").toURL().openConnection();
        last.setRequestProperty("Connection", "close");
        last.getResponseCode();
        last.disconnect();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> before.containsAll(b2.clients()));
    }

    /** Arguments: address, key id, key, endpoint URI. The last line of the output has the figures. */
    public static void main(String[] args) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext();
                ProducerTemplate template = context.createProducerTemplate()) {
            B2Configuration account =
                    context.getComponent("b2", B2Component.class).getConfiguration();
            account.setRealm(args[0]);
            account.setApplicationKeyId(args[1]);
            account.setApplicationKey(args[2]);
            context.start();
            long started = System.nanoTime();
            long cpuBefore = cpuNanos();
            Exchange answer = template.request(args[3], exchange -> {});
            Object report = answer.getMessage().getBody();
            System.out.printf(
                    "%nFIGURES wall=%.2fs cpu=%.2fs %s%n",
                    (System.nanoTime() - started) / 1e9, (cpuNanos() - cpuBefore) / 1e9, report);
            if (report instanceof SyncReport told && !told.skips().isEmpty()) {
                System.out.println("SKIPPED " + told.skips());
            }
            if (answer.getException() instanceof SyncIncompleteException incomplete) {
                System.out.println("INCOMPLETE " + incomplete.report().failures());
            }
            if (answer.getException() != null) {
                answer.getException().printStackTrace();
                System.exit(1);
            }
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
