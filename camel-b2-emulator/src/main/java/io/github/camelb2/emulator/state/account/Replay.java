// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.account;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.github.camelb2.emulator.state.bucket.BucketRecord;
import io.github.camelb2.emulator.state.file.FileRecord;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.key.KeyRecord;
import io.github.camelb2.emulator.state.large.Part;
import io.github.camelb2.emulator.state.large.PartRecord;
import io.github.camelb2.emulator.store.JournalReader;

/** Makes an account what its records say. Nothing is written meanwhile. */
final class Replay implements JournalReader.Reader {

    private final Account account;
    private final Set<String> gone = new HashSet<>();
    /** The number of the last change of keys and buckets, whether they are there or gone. */
    private final Map<String, Long> entities = new HashMap<>();

    private final Map<String, Long> entitiesGone = new HashMap<>();

    Replay(Account account) {
        this.account = account;
    }

    @Override
    public void read(JsonNode entry, long serial) {
        read(entry);
        switch (entry.get("t").textValue()) {
            case "key", "bucket" -> entities.put(entry.get("id").textValue(), serial);
            case "keyGone", "bucketGone" -> entitiesGone.put(entry.get("id").textValue(), serial);
            default -> {
                // Whoever asks for the age of others asks their content.
            }
        }
    }

    /** The number of the last change of a key or bucket that was read; empty if none was. */
    Optional<Long> serialOf(String id) {
        return Optional.ofNullable(entities.get(id));
    }

    /** Which keys and buckets are gone, and since which change. */
    Map<String, Long> entitiesGone() {
        return entitiesGone;
    }

    void read(JsonNode entry) {
        String type = entry.get("t").textValue();
        switch (type) {
            case "account" -> account.sequenceAtLeast(entry.path("sequence").longValue());
            case "key" -> account.keys().restore(KeyRecord.read(entry));
            case "keyGone" -> account.keys().remove(gone(entry));
            case "bucket" -> account.buckets().restore(BucketRecord.read(entry));
            case "bucketGone" -> account.buckets().remove(gone(entry));
            case "file" -> file(FileRecord.read(entry));
            case "part" -> part(entry.get("file").textValue(), PartRecord.read(entry));
            case "replication" -> account.replication().restore(entry);
            case "fileGone" -> fileGone(gone(entry));
            default -> throw new IllegalArgumentException("unknown record " + type + ": a newer emulator wrote it");
        }
    }

    /** Whether a record said that the key, bucket or version with this id is gone. */
    boolean isGone(String id) {
        return gone.contains(id);
    }

    private String gone(JsonNode entry) {
        String id = entry.get("id").textValue();
        gone.add(id);
        return id;
    }

    private void file(FileVersion file) {
        FileVersion before = account.files().find(file.id());
        account.store().retain(file.content());
        account.files().put(file);
        boolean unfinished = file.action() == FileVersion.Action.START;
        if (before == null && unfinished) {
            account.largeFiles().restore(file);
        }
        if (before != null && !unfinished) {
            account.largeFiles().forget(file);
        }
        if (before != null) {
            account.store().release(before.content());
        }
    }

    private void part(String fileId, Part part) {
        FileVersion file = account.files().find(fileId);
        // A part that arrived while its file was being deleted.
        if (file == null || file.action() != FileVersion.Action.START) {
            return;
        }
        account.store().retain(part.content());
        account.largeFiles().restore(fileId, part);
    }

    private void fileGone(String fileId) {
        FileVersion file = account.files().find(fileId);
        if (file != null) {
            account.largeFiles().forget(file);
            account.files().remove(file);
            account.replication().forget(fileId);
        }
    }
}
