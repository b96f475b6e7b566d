// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

/** What a call allows after its answer was lost, when nobody knows whether the service did the work. */
public enum Repeat {
    /** Sending it again changes nothing that the first time did not change: reads, listings, updates that set a state. */
    SAFE,

    /**
     * Sending it again may answer with an error that only says that the first time worked (a name that is already
     * hidden, a version that is already gone), or with a duplicate: the call says how to look the outcome up.
     */
    LOOK_UP_FIRST
}
