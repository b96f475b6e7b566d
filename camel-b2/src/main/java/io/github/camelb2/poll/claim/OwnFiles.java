// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.step.SourceConsumers;

/**
 * What the exchanges of one consumer have stored where it consumes: it is not delivered to that consumer, which would feed
 * itself without an end. Kept in its memory, so that others who share that, and restarts, know it as well. Thread-safe.
 */
public final class OwnFiles implements SourceConsumers.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(OwnFiles.class);
    private static final int NAME_LENGTH = 16;

    private final B2Configuration options;
    private final boolean isDelivered;
    private final VersionMemory memory;
    private final BiPredicate<String, FileVersion> isConsumed;
    private final Reader reader;
    private final String consumer;
    private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
    private final Set<String> left = ConcurrentHashMap.newKeySet();
    private final AtomicLong stored = new AtomicLong();

    /** The consumer, as far as this needs it. */
    public interface Reader {
        /** Its route, for people. */
        String route();

        /** The name that its exchanges carry. */
        String sourceName();

        /**
         * Whether somebody asks it for one file by its name: that feeds nobody, and may be a file in which a route keeps what
         * it wants to know the next time.
         */
        boolean isAskedByName();

        /** A file of that name was left alone while another one was being stored. */
        void lookAgain(String fileName);
    }

    /**
     * Nothing is stored yet.
     *
     * @param isConsumed whether the consumer would be delivered that version of that bucket
     */
    public OwnFiles(
            B2Configuration options, VersionMemory memory, BiPredicate<String, FileVersion> isConsumed, Reader reader) {
        this.options = options;
        this.isDelivered = options.isIncludeOwn() || reader.isAskedByName();
        this.memory = memory;
        this.isConsumed = isConsumed;
        this.reader = reader;
        this.consumer = Selection.nameOf(options).substring(0, NAME_LENGTH);
    }

    /** A name for the exchanges of an endpoint's consumers; consumers of the same files may differ in it. */
    public static String sourceName(Endpoint endpoint) {
        return VersionMemory.digest(endpoint.getEndpointUri()).substring(0, NAME_LENGTH);
    }

    /** Begins to hear of what exchanges of the consumer store, if that matters; the answer ends it. */
    public Runnable listen(CamelContext context) {
        return isDelivered ? () -> {} : SourceConsumers.add(context, reader.sourceName(), this);
    }

    /** The exchange comes from the consumer. */
    public void begin(Exchange exchange) {
        if (!isDelivered) {
            SourceConsumers.mark(exchange, reader.sourceName());
        }
    }

    /** How many were stored so far. */
    public long count() {
        return stored.get();
    }

    /** Whether a file of that name is being stored, so that nobody knows yet whose its newest version is. */
    public boolean isUnderWay(String fileName) {
        if (!underWay.containsKey(fileName)) {
            return false;
        }
        left.add(fileName);
        // It may have ended before anybody knew that the file was left.
        if (!underWay.containsKey(fileName) && left.remove(fileName)) {
            reader.lookAgain(fileName);
        }
        return true;
    }

    /** Whether the consumer has stored the version itself, by that memory. */
    boolean isIn(VersionMemory asked, FileVersion version) {
        return !isDelivered && asked.isOwn(version, consumer);
    }

    /** The key that says that the consumer has stored the version itself, if that matters. */
    Set<String> keysOf(FileVersion version) {
        return isDelivered ? Set.of() : Set.of(VersionMemory.ownKey(version, consumer));
    }

    @Override
    public void begins(String fileName) {
        underWay.merge(fileName, 1, Integer::sum);
    }

    @Override
    public void stored(String bucketName, FileVersion version) {
        try {
            if (!isConsumed.test(bucketName, version)) {
                return;
            }
            memory.own(version, consumer);
        } catch (RuntimeException e) {
            // The file is stored; a step that fails now would be done again.
            LOG.warn(
                    "{} may be delivered {} once, which it has stored itself: that could not be remembered",
                    reader.route(),
                    version.fileName(),
                    e);
            return;
        }
        if (stored.getAndIncrement() == 0) {
            LOG.info(
                    "{} stores files where it consumes, in bucket {}, the first one as {}: it is not delivered what it"
                            + " stores itself. Others are; set includeOwn=true to have it delivered, or a prefix that the"
                            + " stored files do not have",
                    reader.route(),
                    options.getBucketName(),
                    version.fileName());
        }
    }

    @Override
    public void ended(String fileName) {
        underWay.computeIfPresent(fileName, (name, count) -> count == 1 ? null : count - 1);
        if (!underWay.containsKey(fileName) && left.remove(fileName)) {
            reader.lookAgain(fileName);
        }
    }
}
