// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.interop;

import java.nio.file.Path;

/** b2sdk for Python (Debian: python3-b2sdk), where it is installed. */
class B2sdkPythonInteropTest extends InteropContract {
    @Override
    OtherClient open(Path directory) throws Exception {
        return new B2sdkClient(b2(), directory);
    }
}
