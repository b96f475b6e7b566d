// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.RouteTemplateContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.ThreadPoolProfile;

import io.github.camelb2.sync.option.SyncOptions;

/**
 * The route template {@code b2-sync}: {@code mode=plan}, a parallel splitter over the path plans, {@code mode=execute} for
 * each, and the report.
 *
 * <p>Parameters: {@code name}, {@code source}, {@code destination}, {@code workers} (10), {@code from}
 * ({@code direct:b2-sync-NAME}), and every option of the {@code b2-sync:} endpoint by its name. Values are taken as they
 * are written, with or without {@code RAW()}. The step that carries out one path plan has the id {@code execute-NAME}, for
 * interceptors, advice and tests.
 */
public class B2SyncRoutes extends RouteBuilder {
    /** The options that only planning needs. */
    private static final List<String> PLANNING = List.of(
            "allowEmptySource",
            "compareMode",
            "compareThreshold",
            "newerFileMode",
            "keepMode",
            "keepDays",
            "excludeDirRegex",
            "excludeRegex",
            "includeRegex",
            "excludeAllSymlinks",
            "excludeModifiedBefore",
            "excludeModifiedAfter",
            "excludeUploadedBefore",
            "excludeUploadedAfter",
            "deleteExcluded",
            "uploadMode",
            "maxDelete",
            "keepDaysFrom",
            "deleteAfterFailures",
            "planTimeout",
            "trustNowHeader");

    /** The options that both steps need. */
    private static final List<String> COMMON = List.of(
            "sourceComponent",
            "destinationComponent",
            "dryRun",
            "contentType",
            "cacheControl",
            "fileInfo",
            "retentionMode",
            "retainFor",
            "legalHold",
            "storedAs",
            "sourceApplicationKeyId",
            "sourceApplicationKey",
            "sourceRealm",
            "sourceConfiguration",
            "destinationApplicationKeyId",
            "destinationApplicationKey",
            "destinationRealm",
            "destinationConfiguration",
            "sourceEncryption",
            "sourceCustomerKey",
            "destinationEncryption",
            "destinationCustomerKey",
            "progress",
            "progressListener",
            "outageTimeout",
            "planKey",
            "reportFile",
            "stateFile",
            "reportTo");

    /** The options that a template passes on to its endpoints. */
    static Stream<String> options() {
        return Stream.concat(COMMON.stream(), PLANNING.stream());
    }

    @Override
    public void configure() {
        RouteTemplateDefinition template = routeTemplate("b2-sync")
                .templateParameter("name", null, "The name of the sync; two runs of one name never overlap")
                .templateParameter("source", null, "A directory, or b2://bucket[/prefix]")
                .templateParameter("destination", null, "A directory, or b2://bucket[/prefix]")
                .templateParameter("workers", "10", "How many path plans are carried out at once")
                .templateParameter("from", "direct:b2-sync-{{name}}", "Where the messages that start a run come from");
        Stream.concat(PLANNING.stream(), COMMON.stream()).forEach(template::templateOptionalParameter);
        template.configure(this::registerPool);
        RouteParameters.takeAsWritten(
                getContext(),
                "b2-sync",
                Stream.of(List.of("source", "destination"), PLANNING, COMMON)
                        .flatMap(List::stream)
                        .toList());
        PathPlanFailures failures = new PathPlanFailures();
        template.from("{{from}}")
                .to(uri("plan", Stream.concat(COMMON.stream(), PLANNING.stream())))
                .id("plan-{{name}}")
                .split(body())
                .streaming()
                .parallelProcessing()
                .executorService("b2-sync-{{name}}")
                .synchronous()
                .onPrepare(failures)
                .aggregationStrategy(failures)
                .to(uri("execute", Stream.concat(COMMON.stream(), PLANNING.stream())))
                .id("execute-{{name}}")
                .end()
                .process(new SyncReportProcessor())
                .id("report-{{name}}");
    }

    /** As many threads as workers and a queue: the splitter then has one more plan pulled than are carried out. */
    private void registerPool(RouteTemplateContext route) {
        ThreadPoolProfile profile = new ThreadPoolProfile("b2-sync-" + route.getProperty("name"));
        int workers = SyncOptions.workers(String.valueOf(route.getProperty("workers")));
        profile.setPoolSize(workers);
        profile.setMaxPoolSize(workers);
        profile.setMaxQueueSize(-1);
        profile.setAllowCoreThreadTimeOut(true);
        getContext().getExecutorServiceManager().registerThreadPoolProfile(profile);
    }

    private static String uri(String mode, Stream<String> options) {
        return "b2-sync:{{name}}?mode=" + mode + "&source={{source}}&destination={{destination}}&workers={{workers}}&"
                + options.map(option -> option + "={{?" + option + "}}").collect(Collectors.joining("&"));
    }
}
