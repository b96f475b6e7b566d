// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.witness;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.emulator.B2EmulatorExtension;

class RcloneTest extends RcloneWitness {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    @Override
    B2EmulatorExtension b2() {
        return B2;
    }
}
