// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.policy;

/** Which transfers come first, among those that are known. */
public enum TransferOrder {
    /** In the order of names, each as soon as it is found. */
    NAME,
    /** The smallest file first. */
    SIZE,
    /** The file that was modified longest ago first. */
    MOD_TIME
}
