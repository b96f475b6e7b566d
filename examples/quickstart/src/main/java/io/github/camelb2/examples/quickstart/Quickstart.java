// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.apache.camel.impl.DefaultCamelContext;

import io.github.camelb2.B2Component;
import io.github.camelb2.examples.support.Service;
import io.github.camelb2.sync.report.SyncReport;

/** The steps of the example, one after the other. */
public final class Quickstart {
    private final Service service;
    private final Path original;
    private final Path work;
    private final Screen screen;

    Quickstart(Service service, Path original, Path work, Screen screen) {
        this.service = service;
        this.original = original;
        this.work = work;
        this.screen = screen;
    }

    /**
     * Runs the example.
     *
     * @param arguments the directory to sync, and a directory to work in, which is made if it is missing
     */
    public static void main(String[] arguments) throws Exception {
        Path original = Path.of(arguments[0]).toAbsolutePath().normalize();
        Path work = Path.of(arguments[1]).toAbsolutePath().normalize();
        Screen.Kind kind = System.console() != null ? Screen.Kind.TERMINAL : Screen.Kind.FILE;
        Screen screen = new Screen(System.out, kind);
        String run = "quickstart-" + Instant.now().toEpochMilli();
        if (!Files.isDirectory(original)) {
            screen.say(
                    "The directory " + original + " does not exist: name one that does, or none for the sample tree.");
            System.exit(2);
        }
        boolean equal;
        try (Service service = Service.of(System.getenv(), "camel-b2-quickstart", run)) {
            equal = new Quickstart(service, original, work.resolve(run), screen).run();
        } catch (IllegalArgumentException e) {
            screen.say(String.valueOf(e.getMessage()));
            equal = false;
        }
        System.exit(equal ? 0 : 1);
    }

    /** Syncs, changes, syncs again, brings back; answers whether what came back is what was sent. */
    boolean run() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            configure(context);
            context.addRoutes(new QuickstartRoutes(screen));
            context.start();
            var template = context.createProducerTemplate();

            screen.step("Working on " + service);
            if (service.isEmulator()) {
                template.requestBody("direct:createBucket", (Object) null);
                screen.say("made bucket " + service.bucket());
            }
            screen.step("Sync " + original + " to " + service.remote());
            screen.say(announcement());
            SyncReport first = template.requestBody("direct:backup", null, SyncReport.class);

            screen.step("Change something in a copy, and sync again: only the change moves");
            prepareChanges();
            SyncReport second = template.requestBody("direct:mirror", null, SyncReport.class);

            screen.step("Bring everything back to " + restored());
            SyncReport third = template.requestBody("direct:restore", null, SyncReport.class);

            boolean equal = compare(List.of(first, second, third));
            template.requestBody("direct:cleanUp", (Object) null);
            return equal;
        }
    }

    /** A whole home directory is soon named; nobody should learn from the bill what it holds. */
    private String announcement() throws IOException {
        var files = Trees.files(original).values();
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        return "will upload " + files.size() + " files, " + Screen.size(bytes)
                + "; stop with Ctrl-C if that is more than you mean";
    }

    private void configure(DefaultCamelContext context) {
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "bucket", service.bucket(),
                "prefix", service.prefix() + "/",
                "remote", service.remote(),
                "original", original.toString(),
                "copy", copy().toString(),
                "restored", restored().toString()));
        context.getPropertiesComponent().setInitialProperties(properties);
        context.getRegistry().bind("screen", screen);
        B2Component b2 = context.getComponent("b2", B2Component.class);
        b2.getConfiguration().setRealm(service.realm());
        b2.getConfiguration().setApplicationKeyId(service.keyId());
        b2.getConfiguration().setApplicationKey(service.key());
    }

    private void prepareChanges() throws IOException {
        Trees.copy(original, copy());
        Trees.change(copy()).forEach(screen::say);
        screen.say("");
    }

    private boolean compare(List<SyncReport> reports) throws IOException {
        List<String> differences = Trees.differences(copy(), restored());
        screen.step("Summary");
        reports.forEach(report -> screen.say(report.summary()));
        differences.forEach(screen::say);
        screen.say(
                differences.isEmpty()
                        ? "What came back is byte for byte what was sent: "
                                + Trees.files(restored()).size() + " files."
                        : "What came back differs from what was sent.");
        return differences.isEmpty();
    }

    private Path copy() {
        return work.resolve("copy");
    }

    private Path restored() {
        return work.resolve("restored");
    }
}
