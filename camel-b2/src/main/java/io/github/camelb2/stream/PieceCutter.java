// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the next piece of a batch, as it is sent to B2, to a file of its own: whole messages, until it is long enough or
 * there are no more. In memory are one message and one block of the compression.
 */
final class PieceCutter {
    private static final int BUFFER = 1 << 16;

    private final Compression compression;
    private final byte[] separator;
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();

    PieceCutter(Compression compression, byte[] separator) {
        this.compression = compression;
        this.separator = separator;
    }

    /**
     * A piece on the disk.
     *
     * @param raw its bytes before compression
     * @param to the journal's position behind its last message
     */
    record Piece(Path file, long length, long raw, long to) {}

    /**
     * Cuts a piece.
     *
     * @param from the journal's position that it begins at
     * @param end the position behind the last message that there is
     * @param enough it ends as soon as it has so many bytes
     */
    Piece cut(Path journal, Path target, long from, long end, long enough) throws IOException {
        boolean isWhole = false;
        try {
            Piece piece = write(journal, target, from, end, enough);
            isWhole = true;
            return piece;
        } finally {
            if (!isWhole) {
                // On a full disk it holds the room that another one needs.
                Files.deleteIfExists(target);
            }
        }
    }

    private Piece write(Path journal, Path target, long from, long end, long enough) throws IOException {
        long raw = 0;
        long to = from;
        long enoughForBlock = Math.min(Compression.BLOCK, enough);
        try (RecordInput input = Journal.read(journal, from);
                Counting out = new Counting(new BufferedOutputStream(Files.newOutputStream(target), BUFFER))) {
            while (input.position() < end && out.count < enough) {
                if (input.next() != RecordInput.Found.RECORD) {
                    throw Journal.missing(journal, input.position());
                }
                if (input.kind() == Journal.MESSAGE) {
                    raw += take(input);
                    // Without compression a piece may end behind any message; blocks of one are worth their length.
                    if (block.size() >= enoughForBlock || compression.isNone()) {
                        flush(out);
                    }
                }
                to = input.position();
            }
            flush(out);
            if (out.count == 0 && !compression.isNone()) {
                // Of messages without content: no bytes at all would be no file of the format.
                compression.compress(new byte[0], 0, out);
            }
            out.flush();
            return new Piece(target, out.count, raw, to);
        }
    }

    private long take(RecordInput input) {
        byte[] content = input.content().array();
        block.write(content, 1, content.length - 1);
        block.writeBytes(separator);
        return content.length - 1L + separator.length;
    }

    private void flush(OutputStream out) throws IOException {
        if (block.size() > 0) {
            compression.compress(block.toByteArray(), block.size(), out);
            block.reset();
        }
    }

    private static final class Counting extends OutputStream {
        private final OutputStream target;
        private long count;

        Counting(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            target.write(value);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            target.write(bytes, offset, length);
            count += length;
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }
}
