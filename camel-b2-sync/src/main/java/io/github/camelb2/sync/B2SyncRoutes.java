// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
 * ({@code direct:b2-sync-NAME}), and every option of the {@code b2-sync:} endpoint by its name that a run has. Values are taken as they
 * are written, with or without {@code RAW()}. The step that carries out one path plan has the id {@code execute-NAME}, for
 * interceptors, advice and tests.
 */
public class B2SyncRoutes extends RouteBuilder {
    /** What a template says itself, or has parameters of its own for. */
    private static final Set<String> OWN = Set.of(
            "name",
            "source",
            "destination",
            "mode",
            "workers",
            "actionEndpoint",
            "resultEndpoint",
            "deadLetterEndpoint",
            "ledger",
            "leaseTime",
            "outstanding");

    /** What only a consumer has: a template begins with whatever its parameter {@code from} says. */
    private static final Set<String> OF_CONSUMERS = Set.of(
            "incompleteRun",
            "sendEmptyMessageWhenIdle",
            "bridgeErrorHandler",
            "exceptionHandler",
            "exchangePattern",
            "pollStrategy",
            "backoffErrorThreshold",
            "backoffIdleThreshold",
            "backoffMultiplier",
            "delay",
            "greedy",
            "initialDelay",
            "repeatCount",
            "runLoggingLevel",
            "scheduledExecutorService",
            "scheduler",
            "schedulerProperties",
            "startScheduler",
            "timeUnit",
            "useFixedDelay");

    /** What other modes have. */
    private static final Set<String> OF_OTHER_MODES = Set.of(
            "path",
            "planFile",
            "planMaxAge",
            "verify",
            "sample",
            "checkFile",
            "combinedFile",
            "certificateFile",
            "repair",
            "scrubFile",
            "scrubDataSource",
            "scrubBytes",
            "scrubCost",
            "scrubEvery");

    /** The options that a template passes on to its endpoints: all that a run has, also those that are added one day. */
    static List<String> options() {
        Set<String> options = new TreeSet<>(new B2SyncEndpointUriFactory().propertyNames());
        List.of(OWN, OF_CONSUMERS, OF_OTHER_MODES).forEach(options::removeAll);
        return List.copyOf(options);
    }

    @Override
    public void configure() {
        RouteTemplateDefinition template = routeTemplate("b2-sync")
                .templateParameter("name", null, "The name of the sync; two runs of one name never overlap")
                .templateParameter("source", null, "A directory, or b2://bucket[/prefix]")
                .templateParameter("destination", null, "A directory, or b2://bucket[/prefix]")
                .templateParameter("workers", "10", "How many path plans are carried out at once")
                .templateParameter("from", "direct:b2-sync-{{name}}", "Where the messages that start a run come from");
        List<String> options = options();
        options.forEach(template::templateOptionalParameter);
        template.configure(this::registerPool);
        RouteParameters.takeAsWritten(getContext(), "b2-sync", withPlaces(options));
        PathPlanFailures failures = new PathPlanFailures();
        template.from("{{from}}")
                .to(uri("plan", options))
                .id("plan-{{name}}")
                .split(body())
                .streaming()
                .parallelProcessing()
                .executorService("b2-sync-{{name}}")
                .synchronous()
                .onPrepare(failures)
                .aggregationStrategy(failures)
                .to(uri("execute", options))
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

    static List<String> withPlaces(List<String> options) {
        return Stream.concat(Stream.of("source", "destination"), options.stream())
                .toList();
    }

    private static String uri(String mode, List<String> options) {
        return "b2-sync:{{name}}?mode=" + mode + "&source={{source}}&destination={{destination}}&workers={{workers}}&"
                + passedOn(options);
    }

    /** The part of an endpoint's URI that hands on what the template was given. */
    static String passedOn(List<String> options) {
        return options.stream().map(option -> option + "={{?" + option + "}}").collect(Collectors.joining("&"));
    }
}
