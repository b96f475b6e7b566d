// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

import java.util.Optional;

/** Whether whoever carries out a plan that somebody else gave may still do so. Thread-safe. */
@FunctionalInterface
public interface Mandate {
    /** Nobody else gets the plan. */
    Mandate FOR_EVER = Optional::empty;

    /** Why nothing may be changed any more; empty while it may. Asked before each step that changes something. */
    Optional<String> loss();
}
