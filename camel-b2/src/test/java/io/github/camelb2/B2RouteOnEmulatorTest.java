// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.camelb2.client.api.Credentials;
import io.github.camelb2.emulator.B2EmulatorExtension;

class B2RouteOnEmulatorTest extends B2RouteContract {
    @RegisterExtension
    static final B2EmulatorExtension B2 = new B2EmulatorExtension();

    @Override
    String realm() {
        return B2.emulator().url();
    }

    @Override
    Credentials key() {
        return new Credentials(B2.emulator().applicationKeyId(), B2.emulator().applicationKey());
    }

    @Override
    String unusedBucketName() {
        return B2.bucketName("route");
    }
}
