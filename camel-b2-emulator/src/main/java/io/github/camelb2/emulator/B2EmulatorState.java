// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.Names;
import io.github.camelb2.emulator.state.account.Account;
import io.github.camelb2.emulator.state.bucket.Bucket;
import io.github.camelb2.emulator.state.file.ContentTypes;
import io.github.camelb2.emulator.state.file.FileVersion;
import io.github.camelb2.emulator.state.file.NewFile;
import io.github.camelb2.emulator.state.file.Protection;
import io.github.camelb2.emulator.store.Content;

/** A look behind the API, for tests: what is stored, and a way to store it without a client. Safe for use by many threads. */
public final class B2EmulatorState {

    private final Account account;

    B2EmulatorState(Account account) {
        this.account = account;
    }

    /**
     * A stored version.
     *
     * @param name the file name
     * @param fileId its id
     * @param action {@code upload}, {@code hide}, or {@code start} for an unfinished large file
     * @param length bytes
     * @param sha1 as {@code contentSha1} says it: hex, {@code unverified:} and hex, or {@code none}
     * @param contentType as stored
     * @param info file info
     * @param uploadTimestamp milliseconds since 1970
     */
    public record StoredVersion(
            String name,
            String fileId,
            String action,
            long length,
            String sha1,
            String contentType,
            Map<String, String> info,
            long uploadTimestamp) {

        static StoredVersion of(FileVersion file) {
            return new StoredVersion(
                    file.name(),
                    file.id(),
                    file.action().word(),
                    file.length(),
                    file.stored().sha1(),
                    file.contentType(),
                    file.info(),
                    file.timestamp());
        }
    }

    /** The names of all buckets in order. */
    public List<String> buckets() {
        return account.buckets().list().stream().map(Bucket::name).toList();
    }

    /** The id of a bucket, if there is one of this name. */
    public Optional<String> bucketId(String bucketName) {
        return Optional.ofNullable(account.buckets().findByName(bucketName)).map(Bucket::id);
    }

    /** Every version of a bucket in listing order: names by UTF-8 bytes, newest first. Not for synthetic buckets. */
    public List<StoredVersion> versions(String bucketName) {
        return account.files().all(bucket(bucketName).id()).stream()
                .map(StoredVersion::of)
                .toList();
    }

    /** Every version of one name, newest first. */
    public List<StoredVersion> versions(String bucketName, String fileName) {
        return versions(bucketName).stream()
                .filter(version -> version.name().equals(fileName))
                .toList();
    }

    /** Names that are visible: those whose newest version, unfinished ones aside, is an upload. */
    public List<String> names(String bucketName) {
        String bucketId = bucket(bucketName).id();
        return versions(bucketName).stream()
                .map(StoredVersion::name)
                .distinct()
                .filter(name -> {
                    FileVersion newest = account.files().find(bucketId, name);
                    return newest != null && newest.action() == FileVersion.Action.UPLOAD;
                })
                .toList();
    }

    /** The bytes of the newest version of a visible file. */
    public byte[] bytes(String bucketName, String fileName) {
        FileVersion file = account.files().find(bucket(bucketName).id(), fileName);
        if (file == null || file.action() != FileVersion.Action.UPLOAD) {
            throw new IllegalArgumentException("no file " + fileName + " in bucket " + bucketName);
        }
        return bytes(file.id());
    }

    /** The bytes of a version. */
    public byte[] bytes(String fileId) {
        FileVersion file = account.files().lease(fileId);
        if (file == null) {
            throw new IllegalArgumentException("no file version " + fileId);
        }
        try {
            return account.store().readAll(file.stored().content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            account.store().release(file.stored().content());
        }
    }

    /** The names of unfinished large files in a bucket, the oldest first. */
    public List<String> unfinishedLargeFiles(String bucketName) {
        return account.largeFiles().unfinished(bucket(bucketName).id(), "", null, Integer.MAX_VALUE).files().stream()
                .map(FileVersion::name)
                .toList();
    }

    /** How many parts an unfinished large file has. */
    public int parts(String fileId) {
        return account.largeFiles().parts(fileId).size();
    }

    /** How many bodies are being received, or were left on disk: 0 when nothing is under way. */
    public int temporaryFiles() {
        return account.store().incomingFiles();
    }

    /** How many files of the store hold accepted content: 0 when there are no versions and no parts. */
    public int contentFiles() {
        return account.store().storedFiles();
    }

    /** Makes a private bucket and returns its id. */
    public String createBucket(String bucketName) {
        return account.buckets()
                .create(
                        bucketName,
                        Bucket.defaultSettings("allPrivate", account.limits().defaultEncryption()))
                .id();
    }

    /** Uploads a file behind the API's back, with the content type of its extension, and returns its version. */
    public StoredVersion put(String bucketName, String fileName, byte[] bytes, Map<String, String> info) {
        Names.checkFile(fileName, account.limits().names());
        try {
            Content content = account.store().put(new ByteArrayInputStream(bytes));
            return put(bucketName, fileName, content, hex("SHA-1", bytes), hex("MD5", bytes), info);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Stores a file of any length behind the API's back that takes no room and cannot be read, as with {@link B2Emulator.Builder#discardContent}.
     */
    public StoredVersion putUnkept(String bucketName, String fileName, long length) {
        Names.checkFile(fileName, account.limits().names());
        return put(bucketName, fileName, Content.unkept(length), "none", null, Map.of());
    }

    private StoredVersion put(
            String bucketName,
            String fileName,
            Content content,
            String sha1,
            @Nullable String md5,
            Map<String, String> info) {
        FileVersion.Stored stored =
                new FileVersion.Stored(content, sha1, md5, bucket(bucketName).defaultEncryption());
        NewFile file = new NewFile(
                bucket(bucketName),
                fileName,
                ContentTypes.resolve(ContentTypes.AUTO, fileName),
                Names.checkInfo(info),
                stored,
                Protection.NONE,
                null);
        return StoredVersion.of(account.files().add(file, "Upload"));
    }

    /** Uploads a file without info. */
    public StoredVersion put(String bucketName, String fileName, byte[] bytes) {
        return put(bucketName, fileName, bytes, Map.of());
    }

    /** Puts a hide marker on a file. */
    public StoredVersion hide(String bucketName, String fileName) {
        return StoredVersion.of(account.files().hide(bucket(bucketName).id(), fileName, "Hide"));
    }

    private Bucket bucket(String name) {
        Bucket bucket = account.buckets().findByName(name);
        if (bucket == null) {
            throw new IllegalArgumentException("no bucket " + name);
        }
        return bucket;
    }

    private static String hex(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
