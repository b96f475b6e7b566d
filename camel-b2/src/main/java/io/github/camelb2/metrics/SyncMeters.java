// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;

import io.github.camelb2.observe.SyncEvent;

/**
 * The meters of syncs, by their names: the figures of the run under way, or of the last one, and when the last run was
 * complete. Thread-safe.
 */
final class SyncMeters {
    private static final class Last {
        private volatile SyncEvent event;
        private volatile double completeAt = Double.NaN;

        Last(SyncEvent event) {
            this.event = event;
        }
    }

    private final Map<String, Last> byName = new ConcurrentHashMap<>();

    void tell(SyncEvent event, MeterRegistry registry, Tags tags) {
        Last last = byName.computeIfAbsent(event.name(), name -> register(new Last(event), registry, tags));
        last.event = event;
        if (!event.kind().isEnd()) {
            return;
        }
        if (event.kind() == SyncEvent.Kind.COMPLETED && !event.isDryRun()) {
            last.completeAt = event.at().toEpochMilli();
        }
        Timer.builder("camel.b2.sync.runs")
                .description("Runs of syncs that ended")
                .tags(tags.and("outcome", event.kind().name()))
                .register(registry)
                .record(event.elapsed());
    }

    private static Last register(Last last, MeterRegistry registry, Tags tags) {
        gauge("compared", "Files of the source that were looked at", SyncEvent::compared, last, registry, tags);
        gauge("planned", "Paths that need something done", SyncEvent::planned, last, registry, tags);
        gauge("done", "Actions that were done", SyncEvent::done, last, registry, tags);
        gauge("failed", "Failures", SyncEvent::failed, last, registry, tags);
        gauge("planned.bytes", "Bytes that have to move", SyncEvent::bytesPlanned, last, registry, tags);
        gauge("moved.bytes", "Bytes that moved", SyncEvent::bytesMoved, last, registry, tags);
        TimeGauge.builder("camel.b2.sync.last.complete", last, TimeUnit.MILLISECONDS, it -> it.completeAt)
                .description("When the last complete run ended, in time since 1970; none since the start: not a number")
                .tags(tags)
                .register(registry);
        return last;
    }

    private static void gauge(
            String name,
            String what,
            ToDoubleFunction<SyncEvent> figure,
            Last last,
            MeterRegistry registry,
            Tags tags) {
        Gauge.builder("camel.b2.sync." + name, last, it -> figure.applyAsDouble(it.event))
                .description(what + " by the run under way, or by the last one")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
