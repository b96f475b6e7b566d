// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

import io.github.camelb2.client.model.file.FileVersion;

/**
 * What a consumer knows of file versions beyond their existence, kept in the idempotent repository.
 *
 * <p>A version is settled when its key is there, because it was consumed, or its file id, because it never shall be. A
 * note beside it says that the route is done with it and what comes after the reading is not. As thread-safe as the
 * repository.
 */
public final class VersionMemory {
    private static final String AFTER_READ = "~after-read";
    private static final String OWN = "~own-";
    private static final String START = "~start-";
    private static final int DEFAULT_CAMEL_CAPACITY = 1000;

    private final IdempotentRepository repository;
    private final Function<FileVersion, String> keys;

    public VersionMemory(IdempotentRepository repository, Function<FileVersion, String> keys) {
        this.repository = repository;
        this.keys = keys;
    }

    IdempotentRepository repository() {
        return repository;
    }

    /** The same, as one scan sees it through that repository. */
    VersionMemory through(IdempotentRepository view) {
        return new VersionMemory(view, keys);
    }

    /** The key under which that version is remembered when it was consumed. */
    String keyOf(FileVersion version) {
        return keys.apply(version);
    }

    /** Whether that version must not be delivered: it was consumed, or it never shall be. */
    public boolean isSettled(FileVersion version) {
        String key = keyOf(version);
        return repository.contains(version.fileId()) || !key.equals(version.fileId()) && repository.contains(key);
    }

    /** Remembers that the version was consumed. */
    public void consumed(FileVersion version) {
        String key = keyOf(version);
        repository.add(key);
        repository.confirm(key);
    }

    /** The keys that say that it is settled. */
    Set<String> settledKeysOf(FileVersion version) {
        return Set.copyOf(List.of(version.fileId(), keyOf(version)));
    }

    /** Remembers that these versions are never to be delivered, whatever keys they would have. */
    public void passOver(Collection<FileVersion> versions) {
        if (repository instanceof BulkRepository bulk) {
            bulk.addAll(versions.stream().map(FileVersion::fileId).collect(Collectors.toSet()));
        } else {
            versions.forEach(this::passOver);
        }
    }

    /** Remembers that this one version is never to be delivered, whatever key it would have. */
    public void passOver(FileVersion version) {
        if (repository.add(version.fileId())) {
            repository.confirm(version.fileId());
        }
    }

    /**
     * Remembers that the consumer of that name has stored the version itself, so that it is not delivered to that one;
     * to others, which may share the repository, it is.
     */
    void own(FileVersion version, String consumer) {
        String key = ownKey(version, consumer);
        if (repository.add(key)) {
            repository.confirm(key);
        }
    }

    /** Whether the consumer of that name has stored the version itself. */
    boolean isOwn(FileVersion version, String consumer) {
        return repository.contains(ownKey(version, consumer));
    }

    static String ownKey(FileVersion version, String consumer) {
        return version.fileId() + OWN + consumer;
    }

    /** Notes that the route succeeded with the version, and that what comes after the reading begins. */
    public void beginAfterRead(FileVersion version) {
        String note = noteOf(version);
        repository.add(note);
        repository.confirm(note);
    }

    /** Whether what comes after the reading of that version has begun and not ended. */
    public boolean isAfterReadOpen(FileVersion version) {
        return repository.contains(noteOf(version));
    }

    public void endAfterRead(FileVersion version) {
        repository.remove(noteOf(version));
    }

    static String noteOf(FileVersion version) {
        return version.fileId() + AFTER_READ;
    }

    /** Whether everything that existed before that start was passed over once. */
    public boolean knowsStart(String bucket, String prefix, String startFrom) {
        return repository.contains(startKey(bucket, prefix, startFrom));
    }

    public void rememberStart(String bucket, String prefix, String startFrom) {
        String key = startKey(bucket, prefix, startFrom);
        repository.add(key);
        repository.confirm(key);
    }

    /** How many keys the repository keeps before it forgets one; empty if it forgets none, or does not say. */
    public OptionalLong capacity() {
        if (repository instanceof RecentKeys recent) {
            return OptionalLong.of(recent.capacity());
        }
        if (repository instanceof MemoryIdempotentRepository memory) {
            int said = memory.getMaxCacheSize();
            return OptionalLong.of(said > 0 ? said : DEFAULT_CAMEL_CAPACITY);
        }
        return OptionalLong.empty();
    }

    private static String startKey(String bucket, String prefix, String startFrom) {
        return START + digest(bucket, prefix, startFrom);
    }

    /** The same for the same texts; a prefix may be longer than what a repository takes. */
    static String digest(String... texts) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\n", texts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
