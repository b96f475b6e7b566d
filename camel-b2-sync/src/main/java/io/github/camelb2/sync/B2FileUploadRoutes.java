// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.FileEndpointUriFactory;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Constants;
import io.github.camelb2.sync.inbox.InboxFile;
import io.github.camelb2.sync.inbox.InboxNames;
import io.github.camelb2.sync.option.SyncOptions;

/**
 * The route template {@code b2-file-upload}: Camel's {@code file:} consumer and {@code workers} parallel uploads. A file
 * is marked done, by whatever way the {@code file:} options choose, only after B2 has it as it lies there then.
 *
 * <p>Parameters: {@code directory}, {@code bucketName}, {@code prefix} (none), {@code workers} (10), {@code recursive}
 * (true), {@code b2Component} (b2), and every option of the {@code file:} consumer by its name, with the default
 * {@code idempotentEager=false}: a file is remembered when B2 has it. Values of options are taken as they are written, with or without {@code RAW()}.
 */
public class B2FileUploadRoutes extends RouteBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(B2FileUploadRoutes.class);
    private static final String PREFIX = "CamelB2FileUploadPrefix";
    private static final String EAGER = "idempotentEager";
    /** The template has parameters of its own for these. */
    private static final Set<String> NOT_OFFERED = Set.of("directoryName", "recursive");

    @Override
    public void configure() {
        Set<String> fileOptions = new TreeSet<>(new FileEndpointUriFactory().propertyNames());
        fileOptions.removeAll(NOT_OFFERED);
        RouteTemplateDefinition template = routeTemplate("b2-file-upload")
                .templateParameter("directory", null, "The directory that is watched")
                .templateParameter("bucketName", null, "The bucket that files go to")
                .templateParameter(
                        "prefix", "", "What the names in the bucket begin with; a slash is added where one is missing")
                .templateParameter("workers", "10", "How many files are uploaded at once")
                .templateParameter("recursive", "true", "Whether directories below are watched too")
                .templateParameter("b2Component", "b2", "The B2 component whose account is used");
        fileOptions.stream().filter(option -> !option.equals(EAGER)).forEach(template::templateOptionalParameter);
        template.templateParameter(
                EAGER,
                "false",
                "Whether a file is remembered before B2 has it, so that no other JVM takes it meanwhile");
        template.configure(route -> {
            warnOfWhatAKillForgets(route.getParameters());
            SyncOptions.workers(String.valueOf(route.getProperty("workers")));
            InboxNames.checkDirectory(String.valueOf(route.getProperty("directory")));
        });
        RouteParameters.takeAsWritten(getContext(), "b2-file-upload", fileOptions, B2FileUploadRoutes::leaveNoMarkers);
        template.from("file:{{directory}}?recursive={{recursive}}&"
                        + fileOptions.stream()
                                .map(option -> option + (option.equals(EAGER) ? "={{" : "={{?") + option + "}}")
                                .collect(Collectors.joining("&")))
                .routePolicy(new InboxNames.Policy())
                .setProperty(PREFIX)
                .constant("{{prefix}}")
                .process(InboxFile::begin)
                // No queue: when all workers are busy the poller uploads itself, and so reads no further ahead.
                .threads()
                .poolSize("{{workers}}")
                .maxPoolSize("{{workers}}")
                .maxQueueSize("0")
                .rejectedPolicy(ThreadPoolRejectedPolicy.CallerRuns)
                .threadName("B2FileUpload")
                .process(B2FileUploadRoutes::nameForB2)
                .to("{{b2Component}}:{{bucketName}}?operation=uploadFile")
                .id("upload-{{bucketName}}")
                .process(InboxFile::stored);
    }

    /** Camel takes the marker that a dead JVM left for a lock, and removes it at its start with other locks only. */
    private static void leaveNoMarkers(Map<String, Object> parameters) {
        if (Set.of("rename", "fileLock").contains(text(parameters, "readLock"))) {
            parameters.putIfAbsent("readLockMarkerFile", "false");
        }
    }

    /** What is in a lasting repository before the upload has ended is there for ever when the JVM is killed. */
    private static void warnOfWhatAKillForgets(Map<String, Object> parameters) {
        boolean isEager = "true".equalsIgnoreCase(text(parameters, EAGER));
        boolean isLock = text(parameters, "readLock").startsWith("idempotent");
        if (parameters.get("idempotentRepository") != null && (isEager || isLock)) {
            LOG.warn(
                    "With {} a file is in the idempotentRepository before B2 has it: a JVM that is killed meanwhile leaves it there, and"
                            + " nobody uploads it. Remove its key then",
                    isEager ? EAGER + "=true" : "readLock=" + parameters.get("readLock"));
        }
    }

    private static String text(Map<String, Object> parameters, String name) {
        return String.valueOf(parameters.getOrDefault(name, ""));
    }

    /** The relative path with B2's separators, below the prefix. */
    private static void nameForB2(Exchange exchange) {
        String prefix = exchange.getProperty(PREFIX, "", String.class);
        String folder = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
        exchange.getMessage().setHeader(B2Constants.FILE_NAME, folder + InboxFile.pathOf(exchange));
    }
}
