// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.http.call;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.FileVersion.Action;
import io.github.camelb2.emulator.state.file.ReplicationStatus;
import io.github.camelb2.emulator.state.key.ApplicationKey;
import io.github.camelb2.emulator.state.large.Part;

/** Buckets, files, parts and keys as answers show them to the key that asks. */
public final class Views {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Views() {}

    public static ObjectNode bucket(Bucket bucket, Invocation in) {
        JsonNode settings = bucket.settings();
        ObjectNode view = JSON.objectNode()
                .put("accountId", in.account().id())
                .put("bucketId", bucket.id())
                .put("bucketName", bucket.name())
                .put("bucketType", bucket.type())
                .put("revision", bucket.revision());
        view.set("bucketInfo", settings.get("bucketInfo"));
        view.set("corsRules", settings.get("corsRules"));
        view.set("lifecycleRules", settings.get("lifecycleRules"));
        view.putArray("options").add("s3");
        ApplicationKey key = in.key();
        view.set(
                "defaultServerSideEncryption",
                guarded(key.can("readBucketEncryption"), settings.get("defaultServerSideEncryption")));
        view.set("fileLockConfiguration", guarded(key.can("readBucketRetentions"), lock(settings)));
        view.set(
                "replicationConfiguration",
                guarded(key.can("readBucketReplications"), settings.get("replicationConfiguration")));
        return view;
    }

    private static ObjectNode lock(JsonNode settings) {
        ObjectNode lock = JSON.objectNode();
        lock.set("defaultRetention", settings.get("defaultRetention"));
        lock.set("isFileLockEnabled", settings.get("fileLockEnabled"));
        return lock;
    }

    /** A value that not every key may see. */
    private static ObjectNode guarded(boolean authorized, @Nullable JsonNode value) {
        ObjectNode view = JSON.objectNode().put("isClientAuthorizedToRead", authorized);
        view.set("value", authorized && value != null ? value : JSON.nullNode());
        return view;
    }

    public static ObjectNode file(FileVersion file, Invocation in) {
        return file(file, file.action().word(), in);
    }

    public static ObjectNode file(FileVersion file, String action, Invocation in) {
        return file(file, action, in.account(), in.key(), in.version());
    }

    /** Members are added in alphabetical order, in which they are written: listings have ten thousand of these. */
    public static ObjectNode file(FileVersion file, String action, Account account, ApplicationKey key, int version) {
        boolean folder = file.action() == Action.FOLDER;
        boolean lockable = file.action() == Action.UPLOAD || file.action() == Action.START;
        FileVersion.Stored stored = file.stored();
        ObjectNode view = JSON.objectNode()
                .put("accountId", account.id())
                .put("action", action)
                .put("bucketId", file.bucketId())
                .put("contentLength", file.length())
                .put("contentMd5", stored.md5())
                .put("contentSha1", folder ? null : stored.sha1())
                .put("contentType", folder ? null : file.contentType())
                .put("fileId", folder ? null : file.id());
        ObjectNode info = view.putObject("fileInfo");
        file.info().forEach(info::put);
        view.put("fileName", file.name());
        if (lockable) {
            String hold = file.protection().legalHold();
            view.set("fileRetention", guarded(key.can("readFileRetentions"), retention(file)));
            view.set("legalHold", guarded(key.can("readFileLegalHolds"), JSON.textNode(hold)));
            ReplicationStatus.Status replication = account.replication().find(file);
            if (replication != null) {
                view.put("replicationStatus", replication.name());
            }
            view.set("serverSideEncryption", EncryptionJson.json(stored.encryption()));
        }
        if (version == 1) {
            view.put("size", file.length());
        }
        return view.put("uploadTimestamp", file.timestamp());
    }

    public static ObjectNode retention(FileVersion file) {
        return JSON.objectNode()
                .put("mode", file.protection().mode())
                .put("retainUntilTimestamp", file.protection().retainUntil());
    }

    public static ObjectNode part(String fileId, Part part, FileVersion file) {
        ObjectNode view = JSON.objectNode()
                .put("contentLength", part.content().length())
                .put("contentMd5", part.md5())
                .put("contentSha1", part.sha1())
                .put("fileId", fileId)
                .put("partNumber", part.number())
                .put("uploadTimestamp", part.timestamp());
        return view.set(
                "serverSideEncryption", EncryptionJson.json(file.stored().encryption()));
    }

    public static ObjectNode key(ApplicationKey key, Invocation in) {
        ObjectNode view = JSON.objectNode()
                .put("accountId", in.account().id())
                .put("applicationKeyId", key.id())
                .put("expirationTimestamp", key.expires())
                .put("keyName", key.name())
                .put("namePrefix", key.namePrefix());
        key.capabilities().forEach(view.putArray("capabilities")::add);
        view.putArray("options").add("s3");
        List<String> buckets = key.buckets();
        if (in.version() < 4) {
            view.put("bucketId", buckets == null ? null : buckets.get(0));
        } else if (buckets == null) {
            view.putNull("bucketIds");
        } else {
            buckets.forEach(view.putArray("bucketIds")::add);
        }
        return view;
    }

    /** An uploaded part has one member more than a copied or a listed one. */
    public static ObjectNode uploadedPart(String fileId, Part part, FileVersion file) {
        return part(fileId, part, file).putNull("b2Checksum");
    }

    /** A listed part shows its time in whole seconds. */
    public static ObjectNode listedPart(String fileId, Part part, FileVersion file) {
        return part(fileId, part, file).put("uploadTimestamp", part.timestamp() / 1_000 * 1_000);
    }

    /** The files of a page, under {@code files}. */
    public static ObjectNode files(List<FileVersion> files, Invocation in) {
        ObjectNode view = JSON.objectNode();
        var array = view.putArray("files");
        files.forEach(file -> array.add(file(file, in)));
        return view;
    }
}
