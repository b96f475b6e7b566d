// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.json.Json;
import io.github.camelb2.emulator.state.file.PackedFiles;
import io.github.camelb2.emulator.store.JournalReader;
import io.github.camelb2.emulator.store.PrivateFiles;

/**
 * What the journal says up to a record in it, in a form that is read ten times as fast. The journal stays whole and is what counts: a snapshot
 * that is damaged, or that was taken of another journal, is passed over.
 *
 * @param first the number of the journal's first record
 * @param last the number of the last record that is in it
 * @param sum the checksum of that record
 * @param records everything but files, as records of the journal
 * @param files all files
 */
record Snapshot(long first, long last, int sum, List<ObjectNode> records, PackedFiles files) {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);
    private static final String FORMAT = "b2 snapshot 2";
    private static final int BUFFER_SIZE = 64 * 1024;

    /** Replaces the snapshot in a file; whoever is killed meanwhile keeps the old one. */
    void write(Path file) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(fresh, options, PrivateFiles.attributes(fresh))) {
            CheckedOutputStream checked = new CheckedOutputStream(
                    new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_SIZE), new CRC32());
            DataOutputStream out = new DataOutputStream(checked);
            out.writeUTF(FORMAT);
            out.writeLong(first);
            out.writeLong(last);
            out.writeInt(sum);
            out.writeInt(records.size());
            for (ObjectNode record : records) {
                byte[] json = Json.bytes(record);
                out.writeInt(json.length);
                out.write(json);
            }
            files.write(out);
            out.writeLong(checked.getChecksum().getValue());
            out.flush();
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The snapshot in a file, if it is whole. */
    static Optional<Snapshot> read(AccountDirectory directory) throws IOException {
        Path file = directory.snapshot();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            requireWhole(file);
            return Optional.of(read(file));
        } catch (IOException | RuntimeException e) {
            LOG.warn("The snapshot {} is damaged, and is not used: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    /** Whether it was taken of this journal; one that is shorter than it was then is refused. */
    boolean isOf(JournalReader.Extent extent, AccountDirectory directory) throws IOException {
        boolean sameBeginning = extent.sealed() && extent.position().first() == first;
        if (sameBeginning && extent.position().last() < last) {
            throw directory.refusal(
                    "the journal " + directory.journal() + " is shorter than it was when the snapshot was taken");
        }
        boolean isOf =
                sameBeginning && extent.mark().filter(mark -> mark.sum() == sum).isPresent();
        if (!isOf) {
            LOG.warn("The snapshot {} was taken of another journal, and is not used", directory.snapshot());
        }
        return isOf;
    }

    private static void requireWhole(Path file) throws IOException {
        long left = Files.size(file) - Long.BYTES;
        try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
            byte[] buffer = new byte[BUFFER_SIZE];
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    break;
                }
                left -= read;
            }
            long checksum = in.getChecksum().getValue();
            if (left != 0 || new DataInputStream(in).readLong() != checksum) {
                throw new IOException("its checksum is wrong");
            }
        }
    }

    private static Snapshot read(Path file) throws IOException {
        try (InputStream stream = new BufferedInputStream(Files.newInputStream(file), BUFFER_SIZE);
                DataInputStream in = new DataInputStream(stream)) {
            if (!in.readUTF().equals(FORMAT)) {
                throw new IOException("it is of another format");
            }
            long first = in.readLong();
            long last = in.readLong();
            int sum = in.readInt();
            List<ObjectNode> records = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                byte[] record = new byte[in.readInt()];
                in.readFully(record);
                records.add((ObjectNode) Json.read(record));
            }
            return new Snapshot(first, last, sum, records, PackedFiles.read(in));
        }
    }
}
