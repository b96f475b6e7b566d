// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a promise is kept through. */
public enum Durability {

    /** The end of the process: what was written is with the operating system. */
    PROCESS {
        @Override
        void force(FileChannel channel) {}

        @Override
        void forceDirectory(Path directory) {}
    },

    /** The loss of power: what was written is on the disk. */
    MACHINE {
        @Override
        void force(FileChannel channel) throws IOException {
            channel.force(true);
        }

        @Override
        void forceDirectory(Path directory) throws IOException {
            if (IS_POSIX) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
        }
    };

    // Windows opens no directories, and has no need to.
    private static final boolean IS_POSIX = java.io.File.separatorChar == '/';

    abstract void force(FileChannel channel) throws IOException;

    abstract void forceDirectory(Path directory) throws IOException;
}
