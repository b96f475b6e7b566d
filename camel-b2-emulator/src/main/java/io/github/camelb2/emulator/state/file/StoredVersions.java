package io.github.camelb2.emulator.state.file;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/** The versions that clients put into a bucket. Guarded by the lock of its owner. */
final class StoredVersions implements VersionIndex {

    private final TreeMap<VersionKey, FileVersion> versions = new TreeMap<>();

    @Override
    public @Nullable FileVersion ceiling(VersionKey place) {
        Map.Entry<VersionKey, FileVersion> entry = versions.ceilingEntry(place);
        return entry == null ? null : entry.getValue();
    }

    @Override
    public boolean isEmpty() {
        return versions.isEmpty();
    }

    void put(FileVersion version) {
        versions.put(version.key(), version);
    }

    void remove(FileVersion version) {
        versions.remove(version.key());
    }

    Collection<FileVersion> all() {
        return versions.values();
    }
}
