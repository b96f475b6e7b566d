// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.model.json.Json;

/**
 * How far each source with numbered messages, as a partition of a Kafka topic, was read into the spool: what comes from in
 * front of that comes again. Journals have it of their own messages, this file of those whose files are stored. Guarded by
 * the {@link Stream}.
 */
final class Positions {
    private static final Logger LOG = LoggerFactory.getLogger(Positions.class);
    private static final int MOST_SOURCES = 10_000;

    private final Path file;

    /** The highest number of each source, that which is heard of least in front. */
    private final Map<String, Long> highest = bounded();

    /** Those of them that the file has, and has to keep. */
    private final Map<String, Long> stored = bounded();

    private Positions(Path directory) {
        this.file = directory.resolve("positions");
    }

    /** The number that a message has in its source. */
    record Position(String source, long number) {
        /** That of a record of Kafka; null for any other message. */
        static @Nullable Position of(Message message) {
            Object topic = message.getHeader("kafka.TOPIC");
            Object partition = message.getHeader("kafka.PARTITION");
            Object offset = message.getHeader("kafka.OFFSET");
            boolean isWhole = topic instanceof String && partition instanceof Integer && offset instanceof Long;
            return isWhole ? new Position("kafka:" + topic + "/" + partition, (Long) offset) : null;
        }
    }

    private static Map<String, Long> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > MOST_SOURCES;
            }
        };
    }

    /** What an earlier process has left; nothing where that cannot be read, as it only serves to count. */
    static Positions open(Path directory) {
        Positions positions = new Positions(directory);
        try {
            if (Files.exists(positions.file)) {
                Map<?, ?> read = Json.read(new ByteArrayInputStream(Files.readAllBytes(positions.file)), Map.class);
                read.forEach((source, number) ->
                        positions.stored.put(String.valueOf(source), ((Number) number).longValue()));
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} cannot be read: messages that come again are not counted", positions.file, e);
        }
        positions.highest.putAll(positions.stored);
        return positions;
    }

    /** Whether that message was in the spool before. */
    boolean has(@Nullable Position position) {
        return position != null && position.number() <= highest.getOrDefault(position.source(), -1L);
    }

    void took(Position position) {
        highest.merge(position.source(), position.number(), Math::max);
    }

    /** The journal that has these goes. */
    void keep(Map<String, Long> ofBatch) {
        if (ofBatch.isEmpty()) {
            return;
        }
        ofBatch.forEach((source, number) -> stored.merge(source, number, Math::max));
        Path fresh = file.resolveSibling("positions.new");
        try {
            Files.write(fresh, Json.write(stored));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("{} cannot be written: messages that come again may not be counted", file, e);
        }
    }
}
