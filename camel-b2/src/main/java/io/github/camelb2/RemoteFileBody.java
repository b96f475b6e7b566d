// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.body.BodyHold;
import io.github.camelb2.body.HeldBody;
import io.github.camelb2.body.OpenBodies;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.transfer.local.UploadSource;

/**
 * The content of one file version, read from B2 when it is read here.
 *
 * <p>Nothing is held in memory. The first reading takes over the answer that has described the file, where there is one
 * still; else nothing is requested before the first byte is wanted. Camel treats it as a cached stream: {@link #reset} and {@link #close} end the download under way, and the next reading starts another one from the
 * beginning, which B2 bills again. Since a version never changes, each reading gives the same bytes; after the version
 * was deleted it fails with {@link B2NotFoundException}. One object is read by one thread at a time; {@link #copy}
 * gives others their own.
 *
 * <p>A body that is not read for {@link RemoteContent#idleTimeout}, or whose exchange is done, gives its connection back; the
 * next reading goes on at the same byte with a ranged download, and what it brings is compared with the checksum of the
 * whole file together with what came before.
 */
public final class RemoteFileBody extends InputStream implements StreamCache, HeldBody, OpenBodies.Body {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteFileBody.class);
    private static final int BUFFER_BYTES = 64 * 1024;

    private final RemoteContent content;
    private final @Nullable BodyHold hold;
    private volatile WeakReference<@Nullable Exchange> owner = new WeakReference<>(null);
    private volatile boolean hasBeenRead;
    private volatile boolean isFinished;

    /** Guarded by this, as the two below. */
    private @Nullable InputStream open;

    /** What was open when the connection was given back; null at the beginning. */
    private @Nullable InputStream paused;

    private long position;
    private long lastReadNanos;

    /** One that nothing has to be kept for. */
    public RemoteFileBody(RemoteContent content) {
        this(content, null);
    }

    /** @param hold hears when it was read; null if nobody has to */
    public RemoteFileBody(RemoteContent content, @Nullable BodyHold hold) {
        this.content = content;
        this.hold = hold;
        if (hold != null) {
            hold.track(this);
        }
    }

    /** Which file version this is, and how it is reached. */
    public RemoteContent content() {
        return content;
    }

    @Override
    public @Nullable BodyHold hold() {
        return hold;
    }

    @Override
    public void handedOut() {
        if (hold != null && !isFinished) {
            hold.handedOut(this);
        }
    }

    /** Gives its connection back when the exchange is done, so that none outlives it. */
    public RemoteFileBody closedWith(Exchange exchange) {
        owner = new WeakReference<>(exchange);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                pause();
            }
        });
        return this;
    }

    @Override
    public synchronized int read() throws IOException {
        int next = opened().read();
        count(next < 0 ? -1 : 1);
        return next;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = opened().read(target, offset, length);
        count(count);
        return count;
    }

    private InputStream opened() throws IOException {
        InputStream stream = open;
        if (stream == null) {
            InputStream before = paused;
            stream = before == null ? content.open() : content.goOn(before);
            open = stream;
            paused = null;
            hasBeenRead = true;
            lastReadNanos = System.nanoTime();
            OpenBodies.of(content.client()).opened(this);
        }
        return stream;
    }

    private void count(int bytes) {
        lastReadNanos = System.nanoTime();
        position += Math.max(bytes, 0);
        if (bytes < 0 || position == content.length()) {
            tellRead(owner.get());
        }
        if (bytes < 0) {
            // The connection is given back already.
            OpenBodies.of(content.client()).closed(this);
        }
    }

    private void tellRead(@Nullable Exchange reader) {
        isFinished = true;
        if (hold != null) {
            hold.finished(this, reader);
        }
    }

    @Override
    public void writeTo(OutputStream target) throws IOException {
        copyTo(target);
        tellRead(owner.get());
    }

    private void copyTo(OutputStream target) throws IOException {
        hasBeenRead = true;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream stream = content.open()) {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                target.write(buffer, 0, count);
            }
        }
    }

    /** All of it, for an exchange that may have the body without being the one it was made for. */
    byte[] readAllFor(@Nullable Exchange exchange) throws IOException {
        hasBeenRead = true;
        byte[] bytes;
        try (InputStream stream = content.open()) {
            bytes = stream.readAllBytes();
        }
        tellRead(exchange);
        return bytes;
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        if (hold != null) {
            hold.copiedFor(exchange);
        }
        return new RemoteFileBody(content, hold).closedWith(exchange);
    }

    @Override
    public Object ownedBy(Exchange exchange) {
        return owner.get() == exchange ? this : new RemoteFileBody(content, hold).closedWith(exchange);
    }

    /** Ends the download under way; opens none. */
    @Override
    public synchronized void reset() {
        pause();
        paused = null;
        position = 0;
    }

    /** Ends the download under way; the object can be read again from the beginning. */
    @Override
    public void close() {
        content.giveUpUnread();
        reset();
        tellRead(owner.get());
    }

    /** Gives the connection back; the next reading goes on at the same byte. */
    private synchronized void pause() {
        InputStream stream = open;
        open = null;
        if (stream == null) {
            return;
        }
        paused = stream;
        OpenBodies.of(content.client()).closed(this);
        try {
            stream.close();
        } catch (IOException e) {
            // Nobody wants the bytes that are left, and the stream has given up its connection.
            LOG.debug("Closing the download of {} failed", content, e);
        }
    }

    @Override
    public synchronized void pauseIfIdle() {
        if (open != null && System.nanoTime() - lastReadNanos >= idleTimeout().toNanos()) {
            LOG.debug("Nobody has read {} for {}; its connection is given back", content, idleTimeout());
            pause();
        }
    }

    @Override
    public Duration idleTimeout() {
        return content.idleTimeout();
    }

    @Override
    public String origin() {
        Exchange exchange = owner.get();
        String route = exchange == null ? null : exchange.getFromRouteId();
        return content.address() + (route == null ? "" : " (route " + route + ")");
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
        return new Source(content, hold == null ? null : this);
    }

    /** What it is, as {@code b2://bucket/name, 41,943,040 bytes, not read}; nothing is asked of B2 for it. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s, %,d bytes, %s",
                content.address(),
                content.length(),
                hasBeenRead ? "read" : "not read");
    }

    /**
     * The bytes of a file in B2 as the source of an upload: they can be copied there instead of read.
     *
     * @param body hears when they were; null if nobody has to
     */
    public record Source(RemoteContent content, @Nullable RemoteFileBody body) implements UploadSource {
        /** They were copied in B2, which is as good as having been read to the end. */
        public void wasCopied() {
            if (body != null) {
                body.tellRead(null);
            }
        }

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

        /** All of it was read for the upload. */
        @Override
        public void checkUnchanged() {
            wasCopied();
        }

        @Override
        public String describe() {
            return content.toString();
        }
    }
}
