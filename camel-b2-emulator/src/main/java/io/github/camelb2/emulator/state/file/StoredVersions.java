// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/** The versions that clients put into a bucket, in order and by id. Guarded by the lock of its owner. */
final class StoredVersions implements VersionIndex {

    private final String bucketId;
    private final String bucketName;
    private final PackedVersions packing;
    private final VersionTree ordered = new VersionTree();
    private final SequenceTable bySequence = new SequenceTable();

    StoredVersions(String bucketId, String bucketName, PackedVersions packing) {
        this.bucketId = bucketId;
        this.bucketName = bucketName;
        this.packing = packing;
    }

    String bucketName() {
        return bucketName;
    }

    @Override
    public @Nullable FileVersion ceiling(VersionKey place) {
        return unpack(ordered.ceiling(place));
    }

    @Override
    public boolean isEmpty() {
        return ordered.isEmpty();
    }

    @Override
    public long size() {
        return bySequence.size();
    }

    /** The version with an id that has this sequence number. */
    @Nullable
    FileVersion find(String fileId, long sequence) {
        FileVersion version = unpack(bySequence.get(sequence));
        return version != null && version.id().equals(fileId) ? version : null;
    }

    /** The version that has this sequence number. */
    @Nullable
    FileVersion find(long sequence) {
        return unpack(bySequence.get(sequence));
    }

    void put(FileVersion version) {
        byte[] packed = packing.pack(version);
        ordered.put(version.key(), packed);
        bySequence.put(packed);
    }

    void remove(FileVersion version) {
        ordered.remove(version.key());
        bySequence.remove(version.key().sequence());
    }

    List<FileVersion> all() {
        List<FileVersion> all = new ArrayList<>();
        ordered.forEach(packed -> all.add(packing.unpack(packed, bucketId)));
        return all;
    }

    List<FileVersion> unfinished() {
        List<FileVersion> unfinished = new ArrayList<>();
        ordered.forEach(packed -> {
            if (PackedVersions.action(packed) == FileVersion.Action.START) {
                unfinished.add(packing.unpack(packed, bucketId));
            }
        });
        return unfinished;
    }

    /** The versions as they are kept, in order. */
    void forEachPacked(Consumer<byte[]> use) {
        ordered.forEach(use);
    }

    /** Adds a version that {@link #forEachPacked} gave, behind all others. */
    void appendPacked(byte[] packed) {
        ordered.append(packed);
        bySequence.put(packed);
    }

    private @Nullable FileVersion unpack(byte @Nullable [] packed) {
        return packed == null ? null : packing.unpack(packed, bucketId);
    }
}
