// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.stream;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.NamingStrategy;
import io.github.camelb2.RestartingPolicy;
import io.github.camelb2.client.PageIterator;
import io.github.camelb2.client.api.Capability;
import io.github.camelb2.client.call.FileCalls.ListFileNames;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.step.OperationScope;

/**
 * Chooses the names of files, so that none of a stream covers another one. Thread-safe; one name is chosen at a time.
 *
 * <p>Numbers go on behind the highest that the bucket has or that was given before, which one listing per name tells.
 */
final class FileNumbers {
    private static final Logger LOG = LoggerFactory.getLogger(FileNumbers.class);
    private static final int PAGE = 1000;
    private static final String LONGEST_MARK = new UUID(0, 0).toString();
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Names whose numbers are known; what falls out is listed anew. */
    private static final int MOST_KNOWN = 10_000;

    private final NamingStrategy strategy;
    private final RestartingPolicy policy;

    /** Guarded by this: the next number of each name. */
    private final Map<String, Long> next = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            boolean isFull = size() > MOST_KNOWN;
            hasForgotten |= isFull;
            return isFull;
        }
    };

    /** Guarded by this: the first free number behind those that batches of the spool had at the start. */
    private final Map<String, Long> reserved = new HashMap<>();

    private boolean hasForgotten;
    private boolean warned;

    FileNumbers(NamingStrategy strategy, RestartingPolicy policy) {
        this.strategy = strategy;
        this.policy = policy;
    }

    /** A name that a batch in the spool has already, whose file the bucket may not have yet. */
    synchronized void reserve(String wish, String name) {
        Name.of(wish).numberOf(name).ifPresent(number -> reserved.merge(wish, number + 1, Math::max));
    }

    /** The name for the next file that would like that one. */
    synchronized String choose(String wish, String bucketId, OperationScope scope) {
        Name parts = Name.of(wish);
        if (strategy == NamingStrategy.random) {
            return parts.with(UUID.randomUUID().toString());
        }
        Long number = next.get(wish);
        if (number == null && (policy == RestartingPolicy.lastPart || hasForgotten)) {
            if (!scope.accountInfo().allowed().has(Capability.LIST_FILES)) {
                warnOfBlindness();
                return parts.with(UUID.randomUUID().toString());
            }
            number = numberAfterStored(parts, bucketId, scope);
        }
        long chosen = Math.max(number == null ? 0 : number, reserved.getOrDefault(wish, 0L));
        next.put(wish, chosen + 1);
        return chosen == 0 ? wish : parts.with(String.valueOf(chosen));
    }

    private void warnOfBlindness() {
        if (!warned) {
            warned = true;
            LOG.warn("The key may not list files, so that nobody knows which names of streaming uploads the bucket has:"
                    + " they get random ones. Use a key with listFiles, or write namingStrategy=random");
        }
    }

    private static long numberAfterStored(Name name, String bucketId, OperationScope scope) {
        long highest = -1;
        PageIterator<FileVersion> files = scope.client()
                .listFileNames(
                        ListFileNames.of(bucketId).withPrefix(name.stem()).withMaxFileCount(PAGE), scope.settings());
        while (files.hasNext()) {
            highest = Math.max(highest, name.numberOf(files.next().fileName()).orElse(-1L));
        }
        return highest + 1;
    }

    /**
     * A name in two, between which a number goes.
     *
     * @param ending from the last dot of the last piece on, or empty
     */
    record Name(String stem, String ending) {
        private static final Pattern NUMBER = Pattern.compile("-([1-9][0-9]{0,17})");

        static Name of(String name) {
            int dot = name.lastIndexOf('.');
            boolean isEnding = dot > name.lastIndexOf('/') + 1;
            return isEnding ? new Name(name.substring(0, dot), name.substring(dot)) : new Name(name, "");
        }

        String with(String mark) {
            return stem + '-' + mark + ending;
        }

        /** The number of a name of this form: 0 for that without one; empty for others. */
        Optional<Long> numberOf(String name) {
            if (!name.startsWith(stem) || !name.endsWith(ending) || name.length() < stem.length() + ending.length()) {
                return Optional.empty();
            }
            String middle = name.substring(stem.length(), name.length() - ending.length());
            if (middle.isEmpty()) {
                return Optional.of(0L);
            }
            Matcher number = NUMBER.matcher(middle);
            return number.matches() ? Optional.of(Long.valueOf(number.group(1))) : Optional.empty();
        }
    }

    /**
     * A name that has room for what tells it apart from others.
     *
     * @throws IllegalArgumentException if B2 would refuse it: its messages would be acknowledged, and never stored
     */
    static String checked(String wish) {
        FileNames.check(Name.of(wish).with(LONGEST_MARK));
        return wish;
    }

    /** Milliseconds since 1970, null where they are too many for a number. */
    static @Nullable Long millis(Instant instant) {
        return instant.isBefore(EARLIEST) || instant.isAfter(LATEST) ? null : (Long) instant.toEpochMilli();
    }

    /** Whether a time has a date that can be in a name, in the years 0 to 9999. */
    static boolean isInCalendar(long millis) {
        return millis >= EARLIEST.toEpochMilli() && millis <= LATEST.toEpochMilli();
    }

    /** The wish of a batch of a window of time: its beginning is in the name. */
    static String inWindow(String wish, Instant begin) {
        String time = java.time.format.DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                .withZone(java.time.ZoneOffset.UTC)
                .format(begin);
        return Name.of(wish).with(time);
    }
}
