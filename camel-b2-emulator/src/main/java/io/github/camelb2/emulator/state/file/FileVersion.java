// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.state.file;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.emulator.state.Encryption;
import io.github.camelb2.emulator.store.Content;

/**
 * One version of a file, immutable.
 *
 * @param id the file id; empty for a folder
 * @param bucketId the bucket
 * @param key name, time and place in listings
 * @param action what it is
 * @param contentType already resolved
 * @param info file info, keys in lower case
 * @param stored the bytes and what is known of them
 * @param protection retention and legal hold
 */
public record FileVersion(
        String id,
        String bucketId,
        VersionKey key,
        Action action,
        String contentType,
        Map<String, String> info,
        Stored stored,
        Protection protection) {

    public static final String HIDE_MARKER_TYPE = "application/x-bz-hide-marker";

    public FileVersion {
        info = java.util.Collections.unmodifiableMap(new TreeMap<>(info));
    }

    /** What a version is; a folder is made by listings with a delimiter. */
    public enum Action {
        UPLOAD,
        START,
        HIDE,
        FOLDER;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * The bytes of a version.
     *
     * @param content where they are
     * @param sha1 what {@code contentSha1} says: 40 hex digits, {@code none}, or {@code unverified:} and 40 hex digits
     * @param md5 32 hex digits, or null
     * @param encryption how they are said to be encrypted
     */
    public record Stored(
            Content content, String sha1, @Nullable String md5, Encryption encryption) {

        public static final Stored NOTHING = new Stored(Content.EMPTY, "none", null, Encryption.NONE);
    }

    static FileVersion folder(String bucketId, String name) {
        VersionKey key = new VersionKey(name, 0, 0);
        return new FileVersion("", bucketId, key, Action.FOLDER, "", Map.of(), Stored.NOTHING, Protection.NONE);
    }

    /** A marker shows the digests of no bytes. */
    private static final Stored MARKER = new Stored(
            Content.EMPTY,
            "da39a3ee5e6b4b0d3255bfef95601890afd80709",
            "d41d8cd98f00b204e9800998ecf8427e",
            Encryption.NONE);

    static FileVersion hideMarker(String id, String bucketId, VersionKey key) {
        return new FileVersion(id, bucketId, key, Action.HIDE, HIDE_MARKER_TYPE, Map.of(), MARKER, Protection.NONE);
    }

    /** The same version with its bytes elsewhere. */
    public FileVersion withContent(Content content) {
        Stored changed = new Stored(content, stored.sha1(), stored.md5(), stored.encryption());
        return new FileVersion(id, bucketId, key, action, contentType, info, changed, protection);
    }

    public FileVersion finished(Content content) {
        Stored whole = new Stored(content, "none", null, stored.encryption());
        return new FileVersion(id, bucketId, key, Action.UPLOAD, contentType, info, whole, protection);
    }

    FileVersion withProtection(Protection changed) {
        return new FileVersion(id, bucketId, key, action, contentType, info, stored, changed);
    }

    public String name() {
        return key.name();
    }

    public long timestamp() {
        return key.timestamp();
    }

    public Content content() {
        return stored.content();
    }

    public long length() {
        return stored.content().length();
    }
}
