// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.run;

import io.github.camelb2.sync.plan.policy.TransferOrder;

/**
 * How the files of a run are transferred.
 *
 * @param order which come first
 */
public record TransferRules(TransferOrder order) {
    /** In the order of names. */
    public static final TransferRules DEFAULT = new TransferRules(TransferOrder.NAME);
}
