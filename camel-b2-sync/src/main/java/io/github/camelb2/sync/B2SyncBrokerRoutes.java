// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteTemplateDefinition;

import io.github.camelb2.sync.option.SyncOptions;

/**
 * The route templates {@code b2-sync-coordinator} and {@code b2-sync-worker}: one sync over several machines, on a broker.
 *
 * <p>Parameters of both: {@code name}, {@code source}, {@code destination}, {@code results} (where answers go),
 * {@code planKey}, {@code deadLetters}, and every option of a run by its name. The coordinator has
 * {@code from} ({@code direct:b2-sync-coordinator-NAME}), {@code work} (the queue of plans) and {@code ledger}; a worker
 * {@code from} (the queue of plans) and {@code workers} (10). Values are taken as they are written, with or without
 * {@code RAW()}.
 *
 * <p>With JMS ({@code jms:}, {@code activemq:}, {@code activemq6:}, {@code amqp:}) a worker has that many consumers, which
 * acknowledge a plan when it is answered, unless {@code from} says otherwise.
 */
public class B2SyncBrokerRoutes extends RouteBuilder {
    private static final Set<String> JMS = Set.of("jms", "activemq", "activemq6", "amqp");

    /** What is of a run as a whole, which a worker knows nothing of. */
    private static final Set<String> OF_COORDINATORS = Set.of(
            "reportFile",
            "stateFile",
            "healthMaxAge",
            "dryRun",
            "order",
            "window",
            "maxDuration",
            "cutoff",
            "maxTransactionsC",
            "maxDownloadBytes",
            "maxTransferBytes",
            "prices",
            "planTimeout",
            "trustNowHeader");

    @Override
    public void configure() {
        coordinator();
        worker();
    }

    private void coordinator() {
        List<String> options = Stream.concat(
                        B2SyncRoutes.options().stream(), Stream.of("workers", "leaseTime", "outstanding"))
                .toList();
        template("b2-sync-coordinator", options)
                .templateParameter("work", null, "The URI of the queue that gets the path plans")
                .templateParameter("results", null, "The URI that brings the answers of the workers")
                .templateParameter(
                        "from", "direct:b2-sync-coordinator-{{name}}", "Where messages come from that start a run")
                .templateOptionalParameter("ledger")
                .from("{{from}}")
                .to(uri(options) + "&actionEndpoint=RAW({{work}})&ledger={{?ledger}}")
                .id("coordinate-{{name}}");
        RouteParameters.takeAsWritten(getContext(), "b2-sync-coordinator", B2SyncRoutes.withPlaces(options));
    }

    private void worker() {
        List<String> options = B2SyncRoutes.options().stream()
                .filter(option -> !OF_COORDINATORS.contains(option))
                .toList();
        template("b2-sync-worker", options)
                .templateParameter("from", null, "The URI of the queue that brings the path plans")
                .templateParameter("results", null, "The URI that gets the answers")
                .templateParameter("workers", "10", "How many path plans are carried out at once")
                .from("{{from}}")
                .to(uri(options) + "&mode=work")
                .id("work-{{name}}");
        RouteParameters.takeAsWritten(
                getContext(),
                "b2-sync-worker",
                B2SyncRoutes.withPlaces(options),
                B2SyncBrokerRoutes.this::addConsumers);
    }

    private RouteTemplateDefinition template(String id, List<String> options) {
        RouteTemplateDefinition template = routeTemplate(id)
                .templateParameter("name", null, "The name of the sync, the same for the coordinator and its workers")
                .templateParameter("source", null, "A directory, or b2://bucket[/prefix]")
                .templateParameter("destination", null, "A directory, or b2://bucket[/prefix]")
                .templateOptionalParameter("deadLetters", "The URI for what no worker can read or carry out");
        options.forEach(template::templateOptionalParameter);
        return template;
    }

    private static String uri(List<String> options) {
        return "b2-sync:{{name}}?source={{source}}&destination={{destination}}&resultEndpoint=RAW({{results}})"
                + "&deadLetterEndpoint={{?deadLetters}}&" + B2SyncRoutes.passedOn(options);
    }

    /** A worker with one consumer would do one plan at a time. */
    private void addConsumers(Map<String, Object> parameters) {
        String from = getContext().resolvePropertyPlaceholders(String.valueOf(parameters.get("from")));
        int workers = SyncOptions.workers(String.valueOf(parameters.getOrDefault("workers", "10")));
        if (!JMS.contains(from.substring(0, Math.max(0, from.indexOf(':'))))) {
            return;
        }
        StringBuilder uri = new StringBuilder(from);
        if (!from.contains("concurrentConsumers")) {
            add(uri, "concurrentConsumers=" + workers);
        }
        if (!from.contains("cknowledgementMode") && !from.contains("transacted")) {
            add(uri, "acknowledgementModeName=CLIENT_ACKNOWLEDGE");
        }
        parameters.put("from", uri.toString());
    }

    private static void add(StringBuilder uri, String option) {
        uri.append(uri.indexOf("?") < 0 ? '?' : '&').append(option);
    }
}
