// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import java.io.IOException;

/** Ends a connection on purpose. */
public final class ConnectionDropped extends IOException {

    private static final long serialVersionUID = 1L;

    private final Manner manner;

    public ConnectionDropped(Manner manner) {
        super("the connection is dropped on purpose: " + manner);
        this.manner = manner;
    }

    public Manner manner() {
        return manner;
    }

    /** How the other side sees the end. */
    public enum Manner {
        /** A reset: what was under way is lost. */
        RESET,
        /** What was written arrives, then the end. */
        ORDERLY
    }
}
