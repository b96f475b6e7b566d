// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.inbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Constants;
import io.github.camelb2.client.transfer.local.FreeName;

/**
 * A file on its way through the route template {@code b2-file-upload}: what it is called in the bucket, and where it
 * lies when it was not stored.
 *
 * <p>It has its turn at the end of the exchange, before the {@code file:} consumer has. An error that somebody handled
 * is none for the consumer, which would delete or move what is not stored: it becomes one again. And what {@code preMove}
 * took to another place goes back to where the next poll finds it, unless {@code moveFailed} takes it.
 */
public final class InboxFile extends SynchronizationAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(InboxFile.class);
    private static final String STORED = "CamelB2FileUploadStored";

    /**
     * Ahead of the upload, whose own look at the file comes before it at the end. A poll that found nothing may send a
     * message without a file ({@code sendEmptyMessageWhenIdle}), which ends here.
     */
    public static void begin(Exchange exchange) {
        if (of(exchange) == null) {
            exchange.setRouteStop(true);
            return;
        }
        exchange.getExchangeExtension().addOnCompletion(new InboxFile());
    }

    /** The upload has ended; where the bucket keeps what it has, it stored nothing, and that is no error. */
    public static void stored(Exchange exchange) {
        exchange.setProperty(STORED, exchange.getMessage().getHeader(B2Constants.FILE_ID) != null);
    }

    private static @Nullable GenericFile<?> of(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, GenericFile.class);
    }

    /**
     * The path relative to the directory, with B2's separators: that of the place where the file was found, which
     * {@code preMove} does not change.
     */
    public static String pathOf(Exchange exchange) {
        GenericFile<?> file = of(exchange);
        if (file != null && file.getCopyFromAbsoluteFilePath() != null) {
            Path directory = Path.of(file.getEndpointPath()).toAbsolutePath().normalize();
            Path path = directory.relativize(found(file).toAbsolutePath().normalize());
            return File.separatorChar == '/' ? path.toString() : path.toString().replace('\\', '/');
        }
        return exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class).replace('\\', '/');
    }

    /** Where it was found. */
    private static Path found(GenericFile<?> file) {
        String before = file.getCopyFromAbsoluteFilePath();
        return Path.of(before == null ? file.getAbsoluteFilePath() : before);
    }

    @Override
    public void onDone(Exchange exchange) {
        Exception handled = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class);
        if (!exchange.isFailed() && handled != null && !exchange.getProperty(STORED, false, Boolean.class)) {
            LOG.warn("The error was handled, but B2 does not have {}: it stays and is delivered again", of(exchange));
            exchange.setException(handled);
        }
        GenericFile<?> file = of(exchange);
        if (exchange.isFailed() && file != null && file.getCopyFromAbsoluteFilePath() != null && !goesAside(exchange)) {
            giveBack(Path.of(file.getAbsoluteFilePath()), found(file), exchange.getExchangeId());
        }
    }

    private static boolean goesAside(Exchange exchange) {
        return exchange.getFromEndpoint() instanceof GenericFileEndpoint<?> endpoint
                && endpoint.getMoveFailed() != null;
    }

    /** To where it was found, never over a file that has come there since. */
    private static void giveBack(Path moved, Path found, String exchangeId) {
        if (moved.equals(found) || !Files.exists(moved, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            FreeName.move(moved, found);
        } catch (FileAlreadyExistsException e) {
            // The next file of that name goes where this one lies, and Camel deletes what is there.
            Path aside = moved.resolveSibling(moved.getFileName() + ".not-stored-" + exchangeId);
            try {
                FreeName.move(moved, aside);
                LOG.warn(
                        "{} is not stored; another file has taken its place {}, so it lies in {} now",
                        moved,
                        found,
                        aside);
            } catch (IOException failure) {
                LOG.warn("{} is not stored and stays there, in the way of the next file of its name", moved, failure);
            }
        } catch (IOException e) {
            LOG.warn("{} is not stored and stays there; move it to {}, where it is delivered again", moved, found, e);
        }
    }
}
