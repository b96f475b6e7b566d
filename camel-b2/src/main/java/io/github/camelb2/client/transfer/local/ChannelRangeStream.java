// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Exactly so many bytes of a channel, from where it stands; owns the channel. An earlier end is an error, because who
 * asked for the range has promised its length. For one thread.
 */
final class ChannelRangeStream extends InputStream {
    private final ReadableByteChannel channel;
    private final String description;
    private long remaining;

    ChannelRangeStream(ReadableByteChannel channel, long length, String description) {
        this.channel = channel;
        this.remaining = length;
        this.description = description;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (remaining == 0) {
            return length == 0 ? 0 : -1;
        }
        int count = channel.read(ByteBuffer.wrap(target, offset, (int) Math.min(length, remaining)));
        if (count < 0) {
            throw new EOFException(description + " changed while it was read: it ended " + remaining
                    + " bytes earlier than its length at the beginning");
        }
        remaining -= count;
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
