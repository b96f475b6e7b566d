// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.witness;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.emulator.B2EmulatorExtension;

class B2SdkJavaTest extends B2SdkJavaWitness {

    @RegisterExtension
    static final B2EmulatorExtension B2 =
            new B2EmulatorExtension(builder -> builder.minPartSize(1_000).recommendedPartSize(100_000));

    @Override
    B2EmulatorExtension b2() {
        return B2;
    }
}
