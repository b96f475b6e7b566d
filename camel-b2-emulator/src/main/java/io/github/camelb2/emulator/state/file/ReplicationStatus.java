package io.github.camelb2.emulator.state.file;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** How far the files of replicating buckets have come: in memory only, for those that replication has to do with. Safe for use by many threads. */
public final class ReplicationStatus {

    public static final String PENDING = "PENDING";
    public static final String COMPLETED = "COMPLETED";
    public static final String FAILED = "FAILED";
    public static final String REPLICA = "REPLICA";

    private final Map<String, String> byFile = new ConcurrentHashMap<>();

    /** The status of a version, or null if replication has nothing to do with it. */
    public @Nullable String find(String fileId) {
        return byFile.isEmpty() ? null : byFile.get(fileId);
    }

    public void set(String fileId, String status) {
        byFile.put(fileId, status);
    }

    /** A version is gone. */
    public void forget(String fileId) {
        byFile.remove(fileId);
    }
}
