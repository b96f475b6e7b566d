// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.github.camelb2.emulator.json.Json;

/**
 * What a stored file says about itself, so that an account can be rebuilt without its journal: JSON behind the bytes of the content, then its
 * CRC-32, its length and eight letters. It stands at the end because the bytes are on disk before anything is known about them.
 */
final class Header {

    private static final byte[] MARK = "b2header".getBytes(StandardCharsets.US_ASCII);
    private static final int FOOTER = Integer.BYTES + Integer.BYTES + 8;
    private static final int MAX_LENGTH = 16 << 20;

    private Header() {}

    /** Writes a header at the end of a file that has none, which is made if it is missing. */
    static void append(Path file, ObjectNode header, Durability durability) throws IOException {
        byte[] json = Json.bytes(header);
        ByteBuffer bytes = ByteBuffer.allocate(json.length + FOOTER);
        bytes.put(json).putInt(crc(json)).putInt(json.length).put(MARK).flip();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            durability.force(channel);
        }
    }

    /** The header of a file; empty if there is none, or a damaged one. */
    static Optional<JsonNode> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int length = lengthIn(channel);
            if (length < 0) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.allocate(length + Integer.BYTES);
            readFully(channel, bytes, channel.size() - FOOTER - length);
            byte[] json = new byte[length];
            bytes.get(json);
            return bytes.getInt() == crc(json) ? Optional.of(Json.read(json)) : Optional.empty();
        }
    }

    /** How many bytes of JSON the end of the file announces; -1 if it is no header. */
    private static int lengthIn(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < FOOTER) {
            return -1;
        }
        ByteBuffer footer = ByteBuffer.allocate(FOOTER);
        readFully(channel, footer, size - FOOTER);
        footer.getInt();
        int length = footer.getInt();
        boolean marked = footer.equals(ByteBuffer.wrap(MARK));
        return marked && length > 0 && length <= Math.min(MAX_LENGTH, size - FOOTER) ? length : -1;
    }

    private static void readFully(FileChannel channel, ByteBuffer target, long position) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target, position + target.position()) < 0) {
                throw new IOException("a stored file became shorter while it was read");
            }
        }
        target.flip();
    }

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
