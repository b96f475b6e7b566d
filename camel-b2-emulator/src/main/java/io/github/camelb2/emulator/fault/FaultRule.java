// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.fault;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** One rule of a fault script, with its count. Guarded by the lock of {@link Faults}. */
final class FaultRule {

    private final String text;
    private final Pattern call;
    private final @Nullable Pattern file;
    private final Occurrence occurrence;
    private final List<FaultAction> actions;
    private long seen;
    private long fired;

    FaultRule(String text, Pattern call, @Nullable Pattern file, Occurrence occurrence, List<FaultAction> actions) {
        this.text = text;
        this.call = call;
        this.file = file;
        this.occurrence = occurrence;
        this.actions = List.copyOf(actions);
    }

    /** What this rule does to a request; counts it. */
    List<FaultAction> strike(String callName, @Nullable String fileName) {
        if (!call.matcher(callName).matches()) {
            return List.of();
        }
        if (file != null && (fileName == null || !file.matcher(fileName).matches())) {
            return List.of();
        }
        seen++;
        if (!occurrence.strikes(seen)) {
            return List.of();
        }
        fired++;
        return actions;
    }

    String text() {
        return text;
    }

    /** How many requests it struck. */
    long fired() {
        return fired;
    }
}
