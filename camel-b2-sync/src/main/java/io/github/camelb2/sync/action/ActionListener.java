// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.action;

/** Hears of finished actions on the threads that did them, several at once. */
@FunctionalInterface
public interface ActionListener {
    /** Hears nothing. */
    ActionListener NONE = event -> {};

    /**
     * An action is finished, well or not.
     *
     * @throws Exception if it cannot be told; the action stays done, and the run counts a failure
     */
    void finished(ActionEvent event) throws Exception;
}
