// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.B2Error;
import io.github.camelb2.emulator.state.Core;
import io.github.camelb2.emulator.state.Records;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.bucket.BucketContents;
import io.github.camelb2.emulator.state.file.ChangeListener.Change;
import io.github.camelb2.emulator.state.file.FileVersion.Action;
import io.github.camelb2.emulator.store.Content;

/** The file versions of all buckets. Safe for use by many threads. */
public final class Files implements BucketContents {

    private final Core core;
    /** By bucket id; guarded by {@code core}. */
    private final Map<String, StoredVersions> stored = new HashMap<>();
    /** By bucket id; guarded by {@code core}. */
    private final Map<String, SyntheticVersions> synthetic = new HashMap<>();

    private final Dictionary dictionary = new Dictionary();
    private final PackedVersions packing = new PackedVersions(dictionary);
    /** Guarded by {@code core}. */
    private ChangeListener listener = change -> {};

    public Files(Core core) {
        this.core = core;
    }

    /** From now on this listener, too, hears of every change to a file. */
    public void onChange(ChangeListener newListener) {
        synchronized (core) {
            ChangeListener before = listener;
            listener = change -> {
                before.changed(change);
                newListener.changed(change);
            };
        }
    }

    private void tell(Change change) {
        listener.changed(change);
    }

    @Override
    public void addBucket(Bucket bucket) {
        if (bucket.isSynthetic()) {
            synthetic.put(bucket.id(), new SyntheticVersions(bucket.id(), bucket.syntheticFiles()));
        } else {
            stored.put(bucket.id(), new StoredVersions(bucket.id(), bucket.name(), packing));
        }
    }

    @Override
    public void removeBucket(String bucketId) {
        stored.remove(bucketId);
    }

    @Override
    public boolean isEmpty(String bucketId) {
        return index(bucketId).isEmpty();
    }

    /** Adds a whole file; {@code event} is the kind of creation that listeners hear of. */
    public FileVersion add(NewFile file, String event) {
        synchronized (core) {
            SyntheticVersions generated = synthetic.get(file.bucket().id());
            FileVersion version = generated == null ? put(make(file, Action.UPLOAD)) : generated.add(file);
            if (version == null) {
                throw unchangeable();
            }
            tell(new Change("ObjectCreated:" + event, version));
            return version;
        }
    }

    public FileVersion start(NewFile file) {
        synchronized (core) {
            return put(make(file, Action.START));
        }
    }

    private FileVersion make(NewFile file, Action action) {
        Bucket bucket = file.bucket();
        requireWritable(bucket.id());
        long now = core.now();
        VersionKey key = file.timestamp() == null
                ? nextKey(bucket.id(), file.name(), now)
                : new VersionKey(file.name(), file.timestamp(), core.nextSequence());
        Protection protection = ObjectLock.onCreation(bucket, file.protection(), key.timestamp());
        String id = FileIds.format(bucket.id(), key.sequence(), key.timestamp());
        return new FileVersion(
                id, bucket.id(), key, action, file.contentType(), file.info(), file.stored(), protection);
    }

    /** Times of one name never repeat and never run backwards, so that "newest first" means one thing. */
    private VersionKey nextKey(String bucketId, String name, long now) {
        FileVersion newest = newestOf(bucketId, name);
        long time = newest == null ? now : Math.max(now, newest.timestamp() + 1);
        return new VersionKey(name, time, core.nextSequence());
    }

    public FileVersion finish(FileVersion started, UnaryOperator<FileVersion> change) {
        synchronized (core) {
            FileVersion finished = put(change.apply(started));
            core.store().dropCard(finished.content(), started.content());
            tell(new Change("ObjectCreated:MultipartUpload", finished));
            return finished;
        }
    }

    /** {@code cause} is the kind of hiding that listeners hear of. */
    public FileVersion hide(String bucketId, String name, String cause) {
        synchronized (core) {
            FileVersion newest = find(bucketId, name);
            if (newest == null) {
                throw new B2Error(400, "no_such_file", "File not present: " + name);
            }
            if (newest.action() == Action.HIDE) {
                throw new B2Error(400, "already_hidden", "File already hidden: " + name);
            }
            SyntheticVersions generated = synthetic.get(bucketId);
            FileVersion marker = generated == null ? newMarker(bucketId, name) : generated.hide(name);
            if (marker == null) {
                throw unchangeable();
            }
            tell(new Change("HideMarkerCreated:" + cause, marker));
            return marker;
        }
    }

    private FileVersion newMarker(String bucketId, String name) {
        VersionKey key = nextKey(bucketId, name, core.now());
        String id = FileIds.format(bucketId, key.sequence(), key.timestamp());
        return put(FileVersion.hideMarker(id, bucketId, key));
    }

    /** Deletes a version that exists and has this name; {@code cause} is the kind of deletion that listeners hear of. */
    public FileVersion delete(String name, String fileId, Protection.Bypass bypass, String cause) {
        synchronized (core) {
            FileVersion version = get(name, fileId);
            SyntheticVersions generated = synthetic.get(version.bucketId());
            if (generated != null) {
                generated.remove(version);
                tell(new Change("ObjectDeleted:" + cause, version));
                return version;
            }
            if (!version.protection().allowsDelete(core.now(), bypass)) {
                throw B2Error.accessDenied(401, "the file version is protected by object lock");
            }
            remove(version);
            if (version.action() != Action.START) {
                tell(new Change("ObjectDeleted:" + cause, version));
            }
            return version;
        }
    }

    /** Replaces retention or legal hold of a version that exists and has this name. */
    public FileVersion protect(String name, String fileId, UnaryOperator<Protection> change) {
        synchronized (core) {
            FileVersion version = get(name, fileId);
            FileVersion changed = put(version.withProtection(change.apply(version.protection())));
            core.store().dropCard(changed.content(), version.content());
            return changed;
        }
    }

    /** The version with this id and name, or {@code 400 file_not_present}. */
    public FileVersion get(String name, String fileId) {
        FileIds.check(fileId);
        FileVersion version = find(fileId);
        if (version == null || !version.name().equals(name)) {
            throw new B2Error(400, "file_not_present", "File not present: " + name + " " + fileId);
        }
        return version;
    }

    /** The version with this id, or {@code 404 not_found}. */
    public FileVersion get(String fileId) {
        FileIds.check(fileId);
        FileVersion version = find(fileId);
        if (version == null) {
            throw B2Error.notFound("File with id " + fileId + " does not exist");
        }
        return version;
    }

    public @Nullable FileVersion find(String fileId) {
        synchronized (core) {
            String bucketId = FileIds.bucketOf(fileId).orElse("");
            StoredVersions versions = stored.get(bucketId);
            if (versions != null) {
                return versions.find(fileId, FileIds.sequenceOf(fileId));
            }
            SyntheticVersions generated = synthetic.get(bucketId);
            return generated == null ? null : generated.byId(fileId);
        }
    }

    /** The stored version with this number in a bucket, or null. */
    @Nullable
    FileVersion find(String bucketId, long sequence) {
        synchronized (core) {
            StoredVersions versions = stored.get(bucketId);
            return versions == null ? null : versions.find(sequence);
        }
    }

    /** The newest version of a name that is not an unfinished large file, or null. */
    public @Nullable FileVersion find(String bucketId, String name) {
        synchronized (core) {
            FileVersion newest = newestOf(bucketId, name);
            return newest == null ? null : Listing.settled(index(bucketId), newest);
        }
    }

    /** The version as it is now, with one more user of its bytes, which the caller releases; or null if it is gone. */
    public @Nullable FileVersion lease(String fileId) {
        synchronized (core) {
            FileVersion version = find(fileId);
            if (version != null) {
                core.store().retain(version.stored().content());
            }
            return version;
        }
    }

    public Page listNames(String bucketId, Listing listing) {
        synchronized (core) {
            return listing.names(bucketId, index(bucketId));
        }
    }

    /** A page of versions; {@code startFileId}, if given, is the version of the listing's first name at which it starts. */
    public Page listVersions(String bucketId, Listing listing, @Nullable String startFileId) {
        synchronized (core) {
            Listing from = startFileId == null
                    ? listing
                    : new Listing(
                            listing.prefix(),
                            listing.delimiter(),
                            FileIds.position(listing.start().name(), startFileId),
                            listing.count());
            return from.versions(bucketId, index(bucketId));
        }
    }

    /** All versions of all buckets as they are kept, for a snapshot; quickly, because the account's lock is held. */
    public PackedFiles packed() {
        synchronized (core) {
            Map<String, List<byte[]>> versions = new LinkedHashMap<>();
            stored.forEach((bucketId, kept) -> {
                List<byte[]> packed = new ArrayList<>();
                kept.forEachPacked(packed::add);
                versions.put(bucketId, packed);
            });
            return new PackedFiles(List.copyOf(dictionary.words()), versions);
        }
    }

    /** Takes in what {@link #packed} gave; the buckets are there, and nothing else is. */
    public void restore(PackedFiles packed) {
        packed.words().forEach(dictionary::add);
        packed.versions().forEach((bucketId, versions) -> {
            StoredVersions target = stored.get(bucketId);
            if (target == null) {
                throw B2Error.badBucketId(bucketId);
            }
            for (byte[] version : versions) {
                target.appendPacked(version);
                core.sequenceAtLeast(PackedVersions.sequence(version));
                core.store().retain(packing.content(version));
            }
        });
    }

    /** How many versions a bucket has, of every kind. */
    public long count(String bucketId) {
        synchronized (core) {
            return index(bucketId).size();
        }
    }

    /** The contents of all versions. */
    public void forEachContent(Consumer<Content> use) {
        synchronized (core) {
            stored.values().forEach(kept -> kept.forEachPacked(packed -> use.accept(packing.content(packed))));
        }
    }

    /** The unfinished large files of all buckets. */
    public List<FileVersion> unfinished() {
        synchronized (core) {
            return stored.values().stream()
                    .flatMap(kept -> kept.unfinished().stream())
                    .toList();
        }
    }

    /** All versions that were stored in a bucket, in listing order. */
    public List<FileVersion> all(String bucketId) {
        synchronized (core) {
            StoredVersions versions = stored.get(bucketId);
            return versions == null ? List.of() : versions.all();
        }
    }

    /** Writes a version down and keeps it, in place of an earlier state of it; what is returned is what is kept. */
    public FileVersion put(FileVersion version) {
        StoredVersions versions = stored.get(version.bucketId());
        if (versions == null) {
            throw B2Error.badBucketId(version.bucketId());
        }
        Content content = core.log(
                version.content(), versions.bucketName(), named -> FileRecord.write(version.withContent(named)));
        FileVersion kept = version.withContent(content);
        core.sequenceAtLeast(kept.key().sequence());
        versions.put(kept);
        return kept;
    }

    /** Writes down that a version is gone, and lets go of it and of its bytes. */
    public void remove(FileVersion version) {
        StoredVersions versions = stored.get(version.bucketId());
        if (versions != null && find(version.id()) != null) {
            core.log(Records.gone("file", version.id()));
            versions.remove(version);
            core.store()
                    .releaseGone(
                            version.content(),
                            version.id(),
                            Core.header(versions.bucketName(), Records.gone("file", version.id())));
        }
    }

    /** The name of a bucket that has stored files. */
    public String bucketName(String bucketId) {
        StoredVersions versions = stored.get(bucketId);
        if (versions == null) {
            throw B2Error.badBucketId(bucketId);
        }
        return versions.bucketName();
    }

    private @Nullable FileVersion newestOf(String bucketId, String name) {
        FileVersion newest = index(bucketId).ceiling(VersionKey.before(name));
        return newest != null && newest.name().equals(name) ? newest : null;
    }

    private void requireWritable(String bucketId) {
        if (synthetic.containsKey(bucketId)) {
            throw unchangeable();
        }
    }

    private static B2Error unchangeable() {
        return B2Error.badRequest(
                "The bucket is synthetic: it can be listed, read, and changed by the copy, the hiding and"
                        + " the deletion of its own files, and not otherwise");
    }

    private VersionIndex index(String bucketId) {
        VersionIndex index = stored.get(bucketId);
        if (index == null) {
            index = synthetic.get(bucketId);
        }
        if (index == null) {
            throw B2Error.badBucketId(bucketId);
        }
        return index;
    }
}
