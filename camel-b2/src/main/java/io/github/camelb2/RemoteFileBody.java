package io.github.camelb2;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.OptionalLong;

import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.transfer.local.UploadSource;

/**
 * The content of one file version, read from B2 when it is read here.
 *
 * <p>Nothing is requested before the first byte is wanted, and nothing is held in memory. Camel treats it as a cached
 * stream: {@link #reset} and {@link #close} end the download under way, and the next reading starts another one from the
 * beginning, which B2 bills again. Since a version never changes, each reading gives the same bytes; after the version
 * was deleted it fails with {@link B2NotFoundException}. One object is read by one thread at a time; {@link #copy}
 * gives others their own.
 */
public final class RemoteFileBody extends InputStream implements StreamCache {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteFileBody.class);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final RemoteContent content;
    private @Nullable InputStream open;

    public RemoteFileBody(RemoteContent content) {
        this.content = content;
    }

    /** Which file version this is, and how it is reached. */
    public RemoteContent content() {
        return content;
    }

    /** Ends what is being downloaded when the exchange is done, so that no connection outlives it. */
    public RemoteFileBody closedWith(Exchange exchange) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                close();
            }
        });
        return this;
    }

    @Override
    public int read() throws IOException {
        return opened().read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return length == 0 ? 0 : opened().read(target, offset, length);
    }

    private InputStream opened() throws IOException {
        InputStream stream = open;
        if (stream == null) {
            stream = content.open();
            open = stream;
        }
        return stream;
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream stream = content.open()) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                target.write(buffer, 0, count);
            }
        }
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        return new RemoteFileBody(content).closedWith(exchange);
    }

    /** Ends the download under way; opens none. */
    @Override
    public void reset() {
        close();
    }

    /** Ends the download under way; the object can be read again from the beginning. */
    @Override
    public void close() {
        InputStream stream = open;
        open = null;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                // Nobody wants the bytes that are left, and the stream has given up its connection.
                LOG.debug("Closing the download of {} failed", content, e);
            }
        }
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public long length() {
        return content.length();
    }

    /** Not known: what Camel asks it for is done by reading again. */
    @Override
    public long position() {
        return -1;
    }

    /** The same bytes as the source of an upload: it can be read again, and from any position. */
    public UploadSource asUploadSource() {
        return new Source(content);
    }

    @Override
    public String toString() {
        return "B2 " + content;
    }

    /** The bytes of a file in B2 as the source of an upload: they can be copied there instead of read. */
    public record Source(RemoteContent content) implements UploadSource {
        @Override
        public OptionalLong length() {
            return OptionalLong.of(content.length());
        }

        @Override
        public boolean isReplayable() {
            return true;
        }

        @Override
        public InputStream open() throws IOException {
            return content.open();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            return content.open(offset, length);
        }

        @Override
        public Optional<String> sha1() {
            return content.sha1();
        }

        @Override
        public String describe() {
            return content.toString();
        }
    }
}
