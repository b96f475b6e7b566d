// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.scan;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.transfer.local.PrivateDirectory;
import io.github.camelb2.poll.scan.VersionSort.Entry;
import io.github.camelb2.poll.scan.VersionSort.Source;

/**
 * A sorted piece of a {@link VersionSort} on the disk, to be read once. The file has no name any more as soon as it is
 * open (on Windows, as it is closed), so that a killed process leaves nothing. Not thread-safe.
 */
final class SortedRun implements Source, AutoCloseable {
    /** Stands behind the last entry. */
    private static final int END = -1;

    private final FileChannel file;
    private final DataInputStream entries;
    private boolean isAtEnd;

    private SortedRun(FileChannel file) {
        this.file = file;
        this.entries = new DataInputStream(new BufferedInputStream(Channels.newInputStream(file), 1 << 15));
    }

    /** Writes them all, for this user only. */
    static SortedRun write(Path directory, Source entries) throws IOException {
        PrivateDirectory.prepare(directory);
        Path path = directory.resolve("sweep-" + UUID.randomUUID() + ".run");
        FileChannel file = FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE),
                PrivateDirectory.ofFile(path));
        boolean isWritten = false;
        try {
            write(entries, file);
            file.position(0);
            isWritten = true;
            return new SortedRun(file);
        } finally {
            if (!isWritten) {
                file.close();
            }
        }
    }

    /** The stream is not closed, because that would close the file. */
    private static void write(Source entries, FileChannel file) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(file), 1 << 16));
        for (Entry entry = entries.next(); entry != null; entry = entries.next()) {
            out.writeInt(entry.json().length);
            out.write(entry.json());
        }
        out.writeInt(END);
        out.flush();
    }

    @Override
    public @Nullable Entry next() throws IOException {
        int length = isAtEnd ? END : entries.readInt();
        if (length == END) {
            isAtEnd = true;
            return null;
        }
        byte[] json = new byte[length];
        entries.readFully(json);
        return Entry.read(json);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("A file of sorted versions cannot be closed", e);
        }
    }
}
