// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.fault;

import java.util.List;
import java.util.Optional;

/** What goes wrong with one request. */
public final class FaultPlan {

    /** Nothing goes wrong. */
    public static final FaultPlan NONE = new FaultPlan(List.of(), 0);

    private final List<FaultAction> actions;

    private final long generation;

    FaultPlan(List<FaultAction> actions, long generation) {
        this.actions = List.copyOf(actions);
        this.generation = generation;
    }

    /** How often rules had been cleared when the request began: what was cleared since then has let it go. */
    long generation() {
        return generation;
    }

    /** The first action of a kind. */
    public <A extends FaultAction> Optional<A> find(Class<A> kind) {
        return actions.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }

    public boolean has(Class<? extends FaultAction> kind) {
        return find(kind).isPresent();
    }
}
