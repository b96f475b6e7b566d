// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.wire;

import java.io.IOException;

/** Waits until faults are cleared or the emulator is closed. */
@FunctionalInterface
public interface Stall {

    void begin() throws IOException;
}
