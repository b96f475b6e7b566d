// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.upkeep;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
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
import io.github.camelb2.emulator.state.file.ReplicationStatus.Status;

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
    /** Copies that earlier emulators made, each of one file; of the one thread that runs. */
    private final Set<String> resumed = new HashSet<>();

    /** One file on its way to other buckets. */
    private record Task(String fileId, String kind, List<String> destinations, String sourceKey, Begun begun) {}

    /** Whether an emulator before this one may have been on the way with a file. */
    private enum Begun {
        NOW,
        BEFORE
    }

    /** {@code wakeUp} is called when there is something to do, under the account's lock. */
    Replication(Account account, Runnable wakeUp) {
        this.account = account;
        this.wakeUp = wakeUp;
        account.onChange(this::changed);
    }

    /** Goes on with what an emulator before this one left. */
    void resume() {
        account.replication().pending().forEach(this::resume);
    }

    /** A file that was on its way when an emulator before this one ended, and may have come to some of the buckets. */
    private void resume(FileVersion file) {
        Bucket bucket = account.buckets().get(file.bucketId());
        note(file, bucket, kind(file), Begun.BEFORE);
    }

    private static String kind(FileVersion file) {
        return file.stored().sha1().equals("none") ? "MultipartReplica" : "Replica";
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
            note(file, bucket, change.type().endsWith("MultipartUpload") ? "MultipartReplica" : "Replica", Begun.NOW);
        }
    }

    private void note(FileVersion file, Bucket bucket, String kind, Begun begun) {
        JsonNode source = bucket.replication().path("asReplicationSource");
        Set<String> destinations = new LinkedHashSet<>();
        for (JsonNode rule : source.path("replicationRules")) {
            if (isFor(rule, file)) {
                destinations.add(rule.get("destinationBucketId").textValue());
            }
        }
        if (!destinations.isEmpty()) {
            // Of markers nobody is told, but a process that is killed must find those that are left.
            account.replication().set(file, Status.PENDING);
            synchronized (tasks) {
                tasks.addLast(new Task(
                        file.id(),
                        kind,
                        List.copyOf(destinations),
                        source.get("sourceApplicationKeyId").textValue(),
                        begun));
            }
            wakeUp.run();
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
                    if (file.action() == Action.UPLOAD && account.replication().find(file) == null) {
                        note(file, bucket, kind(file), Begun.NOW);
                    }
                });
            }
        }
    }

    /** Brings the file to every bucket; if one of them does not get it, it has failed. */
    private void replicate(Task task) {
        FileVersion file = account.files().find(task.fileId());
        if (file == null) {
            return;
        }
        Status status = Status.COMPLETED;
        for (String destination : task.destinations()) {
            try {
                replicate(file.id(), destination, task);
            } catch (B2Error e) {
                LOG.debug("replication of {}: {}", file.name(), e.reason());
                status = Status.FAILED;
            }
        }
        account.replication().set(file, status);
    }

    private void replicate(String fileId, String destinationId, Task task) {
        FileVersion file = account.files().lease(fileId);
        if (file == null) {
            return;
        }
        boolean kept = false;
        try {
            kept = copy(file, destination(destinationId, task), task);
        } finally {
            if (!kept) {
                account.store().release(file.stored().content());
            }
        }
    }

    /** The bucket, if the keys are mapped to write there. */
    private Bucket destination(String bucketId, Task task) {
        Bucket destination = account.buckets().get(bucketId);
        String key = destination
                .replication()
                .at("/asReplicationDestination/sourceToDestinationKeyMapping")
                .path(task.sourceKey())
                .asText();
        if (account.keys().find(key) == null || account.keys().find(task.sourceKey()) == null) {
            throw B2Error.unauthorized("no keys are mapped from bucket to bucket");
        }
        return destination;
    }

    /** Returns whether the copy took over the user of the content. */
    private boolean copy(FileVersion file, Bucket destination, Task task) {
        FileVersion there = task.begun() == Begun.BEFORE ? findReplica(file, destination) : null;
        if (there != null) {
            markReplica(there);
            return false;
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
        markReplica(replica);
        return true;
    }

    private void markReplica(FileVersion there) {
        if (there.action() == Action.UPLOAD) {
            account.replication().set(there, Status.REPLICA);
        }
    }

    /** The copy that an emulator made which ended before it could say so, or null. */
    private @Nullable FileVersion findReplica(FileVersion file, Bucket destination) {
        List<FileVersion> found = new ArrayList<>();
        AllVersions.of(account, destination.id(), file.name(), there -> {
            if (isReplicaOf(file, there) && !resumed.contains(there.id())) {
                found.add(there);
            }
        });
        if (found.isEmpty()) {
            return null;
        }
        // Files go on in the order in which they were made.
        FileVersion oldest = found.get(found.size() - 1);
        resumed.add(oldest.id());
        return oldest;
    }

    private static boolean isReplicaOf(FileVersion file, FileVersion there) {
        return there.name().equals(file.name())
                && there.action() == file.action()
                && there.timestamp() >= file.timestamp()
                && there.length() == file.length()
                && there.stored().sha1().equals(file.stored().sha1())
                && there.info().equals(file.info());
    }
}
