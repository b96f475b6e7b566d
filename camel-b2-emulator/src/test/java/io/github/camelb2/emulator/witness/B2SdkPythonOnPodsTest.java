// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.witness;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.emulator.B2EmulatorExtension;

/** The same against uploads on three hosts of their own, over TLS. */
class B2SdkPythonOnPodsTest extends B2SdkPythonWitness {

    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension(builder -> builder.minPartSize(5_000_000)
            .recommendedPartSize(5_000_000)
            .pods(3)
            .tls());

    @Override
    B2EmulatorExtension b2() {
        return B2;
    }
}
