// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.RemoteFileBody;
import io.github.camelb2.client.transfer.local.UploadSource;
import io.github.camelb2.client.transfer.local.UploadSources;

/**
 * Turns message bodies into sources of bytes, without copying them into memory.
 *
 * <p>Files, byte arrays, buffers, texts and Camel's stream caches can be read again when something has to be sent twice;
 * other streams are read once. A length is taken only from what knows it, never guessed.
 */
public final class BodySources {
    private BodySources() {}

    /**
     * The bytes of the body of that exchange.
     *
     * @param streamLength the length of a body that does not know its own
     * @throws IllegalArgumentException if there is no body, or no bytes can be made of it
     */
    public static UploadSource of(Exchange exchange, OptionalLong streamLength) {
        return of(exchange, exchange.getMessage().getBody(), streamLength);
    }

    /** The bytes of any object that can be a body; otherwise as above. */
    public static UploadSource of(Exchange exchange, @Nullable Object body, OptionalLong streamLength) {
        if (body instanceof WrappedFile<?> wrapped) {
            return ofWrapped(exchange, wrapped, streamLength);
        }
        Optional<Path> file = localFile(body);
        if (file.isPresent()) {
            return UploadSources.file(file.get());
        }
        if (body instanceof byte[] bytes) {
            return UploadSources.bytes(bytes);
        }
        if (body instanceof ByteBuffer buffer) {
            return new ByteBufferSource(buffer.slice());
        }
        if (body instanceof String text) {
            return UploadSources.bytes(text.getBytes(Charset.forName(ExchangeHelper.getCharsetName(exchange, true))));
        }
        return ofStream(exchange, body, streamLength);
    }

    private static UploadSource ofStream(Exchange exchange, @Nullable Object body, OptionalLong streamLength) {
        if (body instanceof RemoteFileBody remote) {
            return remote.asUploadSource();
        }
        if (body instanceof StreamCache cache && body instanceof InputStream) {
            return new StreamCacheSource(exchange, cache);
        }
        if (body instanceof InputStream stream) {
            return UploadSources.stream(stream, streamLength, "the message body (a stream)");
        }
        if (body == null) {
            throw unusable("is empty");
        }
        String type = body.getClass().getName();
        InputStream converted =
                exchange.getContext().getTypeConverter().tryConvertTo(InputStream.class, exchange, body);
        if (converted == null) {
            throw unusable("is a " + type);
        }
        return UploadSources.stream(converted, OptionalLong.empty(), "the message body (a " + type + ")");
    }

    private static IllegalArgumentException unusable(String what) {
        return new IllegalArgumentException("the body " + what
                + ": set a File, Path, WrappedFile, byte[], ByteBuffer, String, StreamCache or InputStream");
    }

    private static UploadSource ofWrapped(Exchange exchange, WrappedFile<?> wrapped, OptionalLong streamLength) {
        Optional<Path> file = localFile(wrapped);
        if (file.isPresent()) {
            return UploadSources.file(file.get());
        }
        if (wrapped.getBody() == null) {
            throw new IllegalArgumentException("the body is a remote file that was not retrieved ("
                    + wrapped.getClass().getName() + "): let its consumer download it");
        }
        OptionalLong length = streamLength.isPresent() || wrapped.getFileLength() <= 0
                ? streamLength
                : OptionalLong.of(wrapped.getFileLength());
        return of(exchange, wrapped.getBody(), length);
    }

    /** The local file that the body is, if it is one. */
    public static Optional<Path> localFile(@Nullable Object body) {
        Object file = body instanceof WrappedFile<?> wrapped ? wrapped.getFile() : body;
        if (file instanceof File plain) {
            return Optional.of(plain.toPath());
        }
        return file instanceof Path path ? Optional.of(path) : Optional.empty();
    }

    /** A buffer, read without moving its position. */
    private record ByteBufferSource(ByteBuffer buffer) implements UploadSource {
        @Override
        public OptionalLong length() {
            return OptionalLong.of(buffer.remaining());
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public InputStream open() {
            return new ByteBufferStream(buffer.duplicate());
        }

        @Override
        public InputStream open(long offset, long length) {
            Objects.checkFromIndexSize(offset, length, (long) buffer.remaining());
            return new ByteBufferStream(buffer.slice((int) offset, (int) length));
        }

        @Override
        public String describe() {
            return buffer.remaining() + " bytes in a buffer";
        }
    }

    private static final class ByteBufferStream extends InputStream {
        private final ByteBuffer buffer;

        ByteBufferStream(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public int read() {
            return buffer.hasRemaining() ? buffer.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!buffer.hasRemaining()) {
                return -1;
            }
            int count = Math.min(length, buffer.remaining());
            buffer.get(target, offset, count);
            return count;
        }
    }

    /** What Camel has cached, in memory or on disk: every reader gets a copy, which shares the bytes. */
    private record StreamCacheSource(Exchange exchange, StreamCache cache) implements UploadSource {
        @Override
        public OptionalLong length() {
            return OptionalLong.of(cache.length());
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public InputStream open() throws IOException {
            StreamCache copy = cache.copy(exchange);
            if (copy instanceof InputStream stream) {
                copy.reset();
                return stream;
            }
            throw new IOException("a copy of " + cache.getClass().getName() + " is no stream");
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            Objects.checkFromIndexSize(offset, length, cache.length());
            InputStream stream = open();
            stream.skipNBytes(offset);
            return new LimitedStream(stream, length);
        }

        @Override
        public String describe() {
            return "the cached message body of " + cache.length() + " bytes";
        }
    }
}
