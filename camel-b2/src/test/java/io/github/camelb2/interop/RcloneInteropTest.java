// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.interop;

import java.nio.file.Path;

/** rclone, where it is installed. */
class RcloneInteropTest extends InteropContract {
    @Override
    OtherClient open(Path directory) throws Exception {
        return new RcloneClient(b2(), directory);
    }
}
