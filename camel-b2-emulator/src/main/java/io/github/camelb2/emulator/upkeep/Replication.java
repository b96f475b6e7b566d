package io.github.camelb2.emulator.upkeep;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.ChangeListener.Change;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.FileVersion.Action;
import io.github.camelb2.emulator.state.file.NewFile;
import io.github.camelb2.emulator.state.file.Protection;
import io.github.camelb2.emulator.state.file.ReplicationStatus;

/**
 * Copies what is new in a bucket with replication rules into the buckets that they name. Replicas are not replicated in turn, deletions not at all.
 *
 * @see <a href="https://www.backblaze.com/docs/cloud-storage-cloud-replication">Cloud Replication</a>
 */
final class Replication {

    private static final Logger LOG = LoggerFactory.getLogger(Replication.class);

    private final Account account;
    private final Runnable wakeUp;
    /** Guarded by itself. */
    private final Deque<Task> tasks = new ArrayDeque<>();
    /** Rules whose existing files were looked at; of the one thread that runs. */
    private final Set<String> begun = new HashSet<>();

    /** One file on its way to one bucket. */
    private record Task(String fileId, String kind, String destination, String sourceKey) {}

    /** {@code wakeUp} is called when there is something to do, under the account's lock. */
    Replication(Account account, Runnable wakeUp) {
        this.account = account;
        this.wakeUp = wakeUp;
        account.onChange(this::changed);
    }

    // Called under the account's lock: takes note and returns.
    private void changed(Change change) {
        FileVersion file = change.version();
        if (change.type().startsWith("ObjectDeleted:")) {
            account.replication().forget(file.id());
            return;
        }
        boolean isCopied =
                change.type().startsWith("ObjectCreated:") && !change.type().endsWith("Replica");
        Bucket bucket = account.buckets().find(file.bucketId());
        if (bucket != null && (isCopied || change.type().equals("HideMarkerCreated:Hide"))) {
            note(file, bucket, change.type().endsWith("MultipartUpload") ? "MultipartReplica" : "Replica");
        }
    }

    private void note(FileVersion file, Bucket bucket, String kind) {
        JsonNode source = bucket.replication().path("asReplicationSource");
        for (JsonNode rule : source.path("replicationRules")) {
            if (isFor(rule, file)) {
                if (file.action() == Action.UPLOAD) {
                    account.replication().set(file.id(), ReplicationStatus.PENDING);
                }
                synchronized (tasks) {
                    tasks.addLast(new Task(
                            file.id(),
                            kind,
                            rule.get("destinationBucketId").textValue(),
                            source.get("sourceApplicationKeyId").textValue()));
                }
                wakeUp.run();
            }
        }
    }

    private static boolean isFor(JsonNode rule, FileVersion file) {
        return rule.get("isEnabled").booleanValue()
                && file.name().startsWith(rule.get("fileNamePrefix").textValue());
    }

    /** Does what there is to do; one thread at a time. */
    void run() {
        account.buckets().list().forEach(this::noteExisting);
        for (Task task = next(); task != null; task = next()) {
            replicate(task);
        }
    }

    private @Nullable Task next() {
        synchronized (tasks) {
            return tasks.pollFirst();
        }
    }

    private void noteExisting(Bucket bucket) {
        for (JsonNode rule : bucket.replication().at("/asReplicationSource/replicationRules")) {
            boolean isWanted = rule.get("includeExistingFiles").booleanValue()
                    && rule.get("isEnabled").booleanValue();
            if (isWanted && begun.add(bucket.id() + rule)) {
                AllVersions.of(account, bucket.id(), rule.get("fileNamePrefix").textValue(), file -> {
                    boolean isNew = account.replication().find(file.id()) == null;
                    if (file.action() == Action.UPLOAD && isNew && !isThere(file, rule)) {
                        note(file, bucket, file.stored().sha1().equals("none") ? "MultipartReplica" : "Replica");
                    }
                });
            }
        }
    }

    /** Whether an emulator before this one has copied it: what was replicated is not written down. */
    private boolean isThere(FileVersion file, JsonNode rule) {
        String bucketId = rule.get("destinationBucketId").textValue();
        if (account.buckets().find(bucketId) == null) {
            return false;
        }
        FileVersion there = account.files().find(bucketId, file.name());
        return there != null
                && there.length() == file.length()
                && there.stored().sha1().equals(file.stored().sha1());
    }

    private void replicate(Task task) {
        FileVersion file = account.files().lease(task.fileId());
        if (file == null) {
            return;
        }
        boolean kept = false;
        try {
            kept = copy(file, task);
            if (file.action() == Action.UPLOAD) {
                account.replication().set(file.id(), ReplicationStatus.COMPLETED);
            }
        } catch (B2Error e) {
            LOG.debug("replication of {}: {}", file.name(), e.reason());
            if (file.action() == Action.UPLOAD) {
                account.replication().set(file.id(), ReplicationStatus.FAILED);
            }
        } finally {
            if (!kept) {
                account.store().release(file.stored().content());
            }
        }
    }

    /** Returns whether the copy took over the user of the content. */
    private boolean copy(FileVersion file, Task task) {
        Bucket destination = account.buckets().get(task.destination());
        String key = destination
                .replication()
                .at("/asReplicationDestination/sourceToDestinationKeyMapping")
                .path(task.sourceKey())
                .asText();
        if (account.keys().find(key) == null || account.keys().find(task.sourceKey()) == null) {
            throw B2Error.unauthorized("no keys are mapped from bucket to bucket");
        }
        if (file.action() == Action.HIDE) {
            account.files().hide(destination.id(), file.name(), "Hide");
            return false;
        }
        if (file.stored().encryption().isCustomer()) {
            throw B2Error.badRequest("files with customer keys are not replicated");
        }
        FileVersion.Stored stored = new FileVersion.Stored(
                file.stored().content(), file.stored().sha1(), file.stored().md5(), destination.defaultEncryption());
        Protection protection = destination.isLockEnabled() ? file.protection() : Protection.NONE;
        FileVersion replica = account.files()
                .add(
                        new NewFile(
                                destination, file.name(), file.contentType(), file.info(), stored, protection, null),
                        task.kind());
        account.replication().set(replica.id(), ReplicationStatus.REPLICA);
        return true;
    }
}
