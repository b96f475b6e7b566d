// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.interop;

import java.nio.file.Path;

/** Backblaze's own client for Java. */
class B2SdkJavaInteropTest extends InteropContract {
    @Override
    OtherClient open(Path directory) {
        return new B2SdkJavaClient(b2());
    }
}
