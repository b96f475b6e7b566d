// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.benchmarks.cases;

import java.io.IOException;

/** The disks of this machine. */
public final class Disk {

    private Disk() {}

    /** Returns when everything is written that programs have left to the disks. */
    public static void await() throws IOException, InterruptedException {
        int code = new ProcessBuilder("sync").inheritIO().start().waitFor();
        if (code != 0) {
            throw new IOException("sync ended with " + code);
        }
    }
}
