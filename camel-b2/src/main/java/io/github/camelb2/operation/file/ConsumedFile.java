// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.WrappedFile;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.api.B2LocalContentException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.client.transfer.local.FileStamp;
import io.github.camelb2.client.transfer.local.LocalFailure;
import io.github.camelb2.client.transfer.local.RegularFile;
import io.github.camelb2.client.transfer.local.Sha1;

/**
 * A local file that Camel's file consumer made an exchange of and that was stored: at the end of the exchange the
 * consumer deletes it, moves it or remembers it as done, and may do so only if it still is what was stored. A file that
 * somebody wrote to or replaced meanwhile makes the exchange fail, so that the consumer leaves it and delivers it again.
 *
 * <p>It is looked at before its first byte is read, after B2 has confirmed, and once more when the exchange ends, just
 * before the consumer's own turn: completions run in the opposite order of their registration. Where no more than times
 * or rights differ, and the SHA-1 of what was stored is known, content decides. One that is gone by itself is nobody's
 * loss here. Used by one thread at a time.
 */
final class ConsumedFile extends SynchronizationAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConsumedFile.class);
    private static final String PROPERTY = "CamelB2ConsumedFile";

    /** Where the consumer takes the file to be, which is what it deletes or moves. */
    private static final String CONSUMERS_PATH = "CamelFileAbsolutePath";

    private static final int BUFFER = 128 << 10;

    private final Path file;
    private FileStamp stamp;
    private Optional<String> sha1 = Optional.empty();

    private ConsumedFile(Path file, FileStamp stamp) {
        this.file = file;
        this.stamp = stamp;
    }

    /**
     * Before it is read, so that whatever happens to the file from now on shows.
     *
     * @throws B2LocalContentException if the consumer would delete, move or remember another file than the one it found
     */
    static void look(Exchange exchange, Optional<Path> body) {
        exchange.removeProperty(PROPERTY);
        Object consumed = exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE);
        if (consumed instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File found) {
            refuseMistaken(exchange, found, body);
        }
        if (body.isEmpty() || !isConsumers(body.get(), consumed)) {
            return;
        }
        Path file = body.get().toAbsolutePath();
        try {
            exchange.setProperty(PROPERTY, new ConsumedFile(file, FileStamp.of(file)));
        } catch (IOException e) {
            throw new B2LocalContentException(
                    ErrorDetails.local("upload", "file " + file, "cannot be read: " + LocalFailure.reason(e)), e);
        }
    }

    /**
     * Camel's file consumer makes a separator of every backslash, also where that is a letter of a name: of {@code a\b}
     * it deletes {@code a/b}, and {@code x\..\..\y} leads out of its directory. What its preMove took is where it says.
     */
    private static void refuseMistaken(Exchange exchange, File found, Optional<Path> body) {
        String path = found.getAbsolutePath();
        String mistaken = path.replace('\\', '/');
        if (File.separatorChar != '/' || path.equals(mistaken)) {
            return;
        }
        boolean isFoundUploaded =
                body.isPresent() && body.get().toAbsolutePath().toString().equals(path);
        Object consumersPath = exchange.getMessage().getHeader(CONSUMERS_PATH);
        if (isFoundUploaded || consumersPath == null || consumersPath.equals(mistaken)) {
            B2LocalContentException failure = new B2LocalContentException(ErrorDetails.local(
                            "upload",
                            "file " + path,
                            "is not uploaded, because Camel's file component takes the backslash in its path for a"
                                    + " separator, and would delete, move or remember " + mistaken + " instead")
                    .withAdvice("rename it, keep such names away from the route (exclude, filter), or use b2-sync:,"
                            + " which takes them"));
            exchange.getExchangeExtension().addOnCompletion(new Unhandled(failure));
            throw failure;
        }
    }

    /** Fails the exchange for the consumer also where the route handles the error. */
    private static final class Unhandled extends SynchronizationAdapter {
        private final B2LocalContentException failure;

        Unhandled(B2LocalContentException failure) {
            this.failure = failure;
        }

        @Override
        public void onComplete(Exchange exchange) {
            exchange.setException(failure);
        }
    }

    /** The consumer's file, or what its preMove made of that: then nothing lies where it lay. */
    private static boolean isConsumers(Path body, @Nullable Object consumed) {
        return consumed instanceof WrappedFile<?> wrapped
                && wrapped.getFile() instanceof File file
                && (file.toPath().toAbsolutePath().equals(body.toAbsolutePath()) || !file.exists());
    }

    /**
     * It is stored, and the step ends.
     *
     * @param version what is stored
     *
     * @throws B2LocalContentException if it is no more what was stored
     */
    static void stored(Exchange exchange, FileVersion version) {
        Object found = exchange.removeProperty(PROPERTY);
        if (found instanceof ConsumedFile consumed) {
            consumed.sha1 = version.knownSha1();
            if (consumed.hasChanged()) {
                throw consumed.changed();
            }
            exchange.getExchangeExtension().addOnCompletion(consumed);
        }
    }

    @Override
    public void onComplete(Exchange exchange) {
        if (!exchange.isFailed() && hasChanged()) {
            B2LocalContentException failure = changed();
            // No error handler hears of what happens after the route.
            LOG.warn("{}", failure.getMessage());
            exchange.setException(failure);
        }
    }

    private boolean hasChanged() {
        try {
            FileStamp now = FileStamp.of(file);
            if (now.equals(stamp)) {
                return false;
            }
            if (now.size() != stamp.size()
                    || !isContentStored()
                    || !FileStamp.of(file).equals(now)) {
                return true;
            }
            stamp = now;
            return false;
        } catch (NoSuchFileException e) {
            LOG.debug("Somebody has taken {} away, which is stored", file, e);
            return false;
        } catch (IOException e) {
            LOG.warn("Whether {} has changed since it was stored cannot be seen, so it counts as changed", file, e);
            return true;
        }
    }

    private boolean isContentStored() throws IOException {
        if (sha1.isEmpty()) {
            return false;
        }
        Sha1 found = new Sha1();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Channels.newInputStream(RegularFile.open(file))) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                found.update(buffer, 0, read);
            }
        }
        return found.hex().equals(sha1.get());
    }

    private B2LocalContentException changed() {
        return new B2LocalContentException(ErrorDetails.local(
                "upload",
                "file " + file,
                "it changed while it was uploaded or after: what it was is stored, and what it is now is not, so it is"
                        + " not done and the next poll uploads it again"));
    }
}
