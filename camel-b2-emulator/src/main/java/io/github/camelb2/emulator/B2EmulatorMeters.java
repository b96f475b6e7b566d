// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.util.function.ToDoubleFunction;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;

import io.github.camelb2.emulator.cap.Usage;

/**
 * Meters of an emulator, for who compares them with those of a client: what B2 would bill, and the open connections.
 *
 * <p>Needs {@code micrometer-core} on the class path. The counters begin anew with {@link B2Emulator#resetRequests}.
 */
public final class B2EmulatorMeters implements MeterBinder {
    private final B2Emulator emulator;

    /** Has to be bound to a registry; the emulator may be closed before or after. */
    public B2EmulatorMeters(B2Emulator emulator) {
        this.emulator = emulator;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        transactions(registry, "A", Usage::classA);
        transactions(registry, "B", Usage::classB);
        transactions(registry, "C", Usage::classC);
        FunctionCounter.builder("camel.b2.emulator.downloaded", emulator, b2 -> b2.usage()
                        .downloadedBytes())
                .description("Bytes of the content of files that were sent to clients, which B2 bills")
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
        Gauge.builder("camel.b2.emulator.connections", emulator, B2Emulator::openConnections)
                .description("Connections that are open now")
                .register(registry);
    }

    private void transactions(MeterRegistry registry, String transactionClass, ToDoubleFunction<Usage> count) {
        FunctionCounter.builder("camel.b2.emulator.transactions", emulator, b2 -> count.applyAsDouble(b2.usage()))
                .tag("transactionClass", transactionClass)
                .description("Transactions as B2 bills them")
                .register(registry);
    }
}
