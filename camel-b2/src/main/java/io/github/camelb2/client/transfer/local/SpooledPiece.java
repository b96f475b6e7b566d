// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

/**
 * A piece of a stream that can be read again. Whoever took it closes it, which deletes its temporary file. That file is
 * locked until then; see {@link SpoolFile}.
 */
public final class SpooledPiece implements AutoCloseable {
    private final int number;
    private final UploadSource source;
    private final long length;
    private final Runnable delete;

    private SpooledPiece(int number, UploadSource source, long length, Runnable delete) {
        this.number = number;
        this.source = source;
        this.length = length;
        this.delete = delete;
    }

    /** The first bytes of an array; what they hold is given back when it is closed. */
    static SpooledPiece inMemory(int number, byte[] content, int length, Runnable giveBack) {
        return new SpooledPiece(number, UploadSources.bytes(content, 0, length), length, giveBack);
    }

    /** That many bytes, which were written to the file; closed with the piece. */
    static SpooledPiece onDisk(int number, SpoolFile file, long length) {
        return new SpooledPiece(number, file.source(length), length, file::close);
    }

    /** From 1. */
    public int number() {
        return number;
    }

    /** Its bytes. */
    public long length() {
        return length;
    }

    public UploadSource source() {
        return source;
    }

    @Override
    public void close() {
        delete.run();
    }
}
