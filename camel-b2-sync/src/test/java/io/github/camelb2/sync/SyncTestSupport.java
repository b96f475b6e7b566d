// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.camelb2.B2Component;
import io.github.camelb2.B2Configuration;
import io.github.camelb2.emulator.B2Emulator;
import io.github.camelb2.emulator.B2EmulatorExtension;
import io.github.camelb2.sync.report.SyncIncompleteException;
import io.github.camelb2.sync.report.SyncReport;
import io.github.camelb2.sync.scan.disk.FileTimes;

/** A context with an emulator behind its b2 component, two directories, and a bucket for each test. */
abstract class SyncTestSupport extends CamelTestSupport {
    static final long NOW = System.currentTimeMillis();

    /** The emulator's; uploads and hide markers of the past are made with it. */
    static final SettableClock CLOCK = new SettableClock();

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension(
            builder -> builder.minPartSize(1_000).recommendedPartSize(100_000).clock(CLOCK));

    @TempDir
    Path temp;

    Path source;
    Path destination;
    String bucket;

    String reportTo = "direct:report";

    /** What came to reportTo, in the order it came. */
    final List<Exchange> reported = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void sides() throws IOException {
        source = Files.createDirectory(temp.resolve("source"));
        destination = temp.resolve("destination");
        bucket = B2.createBucket();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext made = super.createCamelContext();
        account(made.getComponent("b2", B2Component.class).getConfiguration());
        return made;
    }

    static void account(B2Configuration options) {
        account(options, B2.emulator());
    }

    static void account(B2Configuration options, B2Emulator emulator) {
        options.setRealm(emulator.url());
        options.setApplicationKeyId(emulator.applicationKeyId());
        options.setApplicationKey(emulator.applicationKey());
        options.setInitialBackoff(1);
        options.setMaxBackoff(10);
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:report").process(exchange -> reported.add(exchange.copy()));
            }
        };
    }

    String bucketUri() {
        return "b2://" + bucket;
    }

    /** Syncs with one worker, so that lines come in the order of names; a failure is thrown. */
    SyncReport sync(String from, Object to, String... options) throws Exception {
        Exchange exchange = trySync(from, to, options);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage().getBody(SyncReport.class);
    }

    /** The report of a sync that something has to go wrong in. */
    SyncReport syncIncompletely(String from, Object to, String... options) {
        Exception failure = trySync(from, to, options).getException();
        if (failure instanceof SyncIncompleteException incomplete) {
            return incomplete.report();
        }
        throw new AssertionError("no incomplete sync", failure);
    }

    Exchange trySync(String from, Object to, String... options) {
        reported.clear();
        return template.request(uri(from, to, options), exchange -> {});
    }

    String uri(Object from, Object to, String... options) {
        String workers = Stream.of(options).anyMatch(option -> option.startsWith("workers=")) ? "" : "&workers=1";
        return "b2-sync:test?source=" + from + "&destination=" + to + workers + "&reportTo=" + reportTo
                + String.join("", Stream.of(options).map(option -> "&" + option).toList());
    }

    List<String> lines() {
        synchronized (reported) {
            return reported.stream()
                    .map(exchange -> exchange.getMessage().getBody(String.class))
                    .toList();
        }
    }

    /** A file of the source with its name as content, that many seconds old. */
    Path given(String name, long secondsAgo) throws IOException {
        return given(source, name, name, secondsAgo);
    }

    static Path given(Path root, String name, String content, long secondsAgo) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTimes.of(NOW - secondsAgo * 1000));
        return file;
    }

    /** A version in the bucket of the test. */
    void givenInBucket(String name, String content, long secondsAgo) {
        B2.emulator()
                .state()
                .put(
                        bucket,
                        name,
                        content.getBytes(StandardCharsets.UTF_8),
                        Map.of("src_last_modified_millis", String.valueOf(NOW - secondsAgo * 1000)));
    }

    /** Names and contents below a directory. */
    static Map<String, String> tree(Path root) {
        Map<String, String> contents = new TreeMap<>();
        if (Files.notExists(root)) {
            return contents;
        }
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> contents.put(root.relativize(file).toString(), read(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return contents;
    }

    /** Names and contents that a reader of the bucket sees. */
    Map<String, String> bucketTree() {
        Map<String, String> contents = new TreeMap<>();
        for (String name : B2.emulator().state().names(bucket)) {
            contents.put(name, new String(B2.emulator().state().bytes(bucket, name), StandardCharsets.UTF_8));
        }
        return contents;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
