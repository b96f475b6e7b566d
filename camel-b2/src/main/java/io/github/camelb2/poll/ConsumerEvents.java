// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.observe.B2Observers;
import io.github.camelb2.observe.ConsumerEvent;
import io.github.camelb2.observe.ConsumerEvent.Kind;
import io.github.camelb2.poll.scan.VersionScanner.Figures;

/** Tells the observers of a context what a consumer does. Thread-safe. */
final class ConsumerEvents {
    private final B2Consumer consumer;
    private final B2Observers observers;

    ConsumerEvents(B2Consumer consumer) {
        this.consumer = consumer;
        this.observers = B2Observers.of(consumer.getEndpoint().getCamelContext());
    }

    void swept(Figures sweep) {
        tell(Kind.SEEN, sweep.versions(), Duration.ZERO);
    }

    void claimed(int versions) {
        if (versions > 0) {
            tell(Kind.CLAIMED, versions, Duration.ZERO);
        }
    }

    void delivered(FileVersion version, Instant now) {
        if (observers.areAny()) {
            Duration lag = Duration.ofMillis(Math.max(0, now.toEpochMilli() - version.uploadTimestamp()));
            tell(Kind.DELIVERED, 1, lag);
        }
    }

    void ended(boolean isSuccess) {
        tell(isSuccess ? Kind.SUCCEEDED : Kind.FAILED, 1, Duration.ZERO);
    }

    private void tell(Kind kind, long versions, Duration lag) {
        if (observers.areAny()) {
            observers.consumed(new ConsumerEvent(
                    kind,
                    Objects.requireNonNullElse(consumer.getRouteId(), ""),
                    Objects.requireNonNullElse(
                            consumer.getEndpoint().getConfiguration().getBucketName(), ""),
                    versions,
                    lag));
        }
    }
}
