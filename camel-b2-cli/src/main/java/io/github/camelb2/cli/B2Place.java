// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.cli;

import org.jspecify.annotations.Nullable;

/**
 * A place in B2 as a user writes it: {@code b2://bucket}, {@code b2://bucket/path}, or {@code b2id://fileId} for one version.
 * Nothing is decoded.
 *
 * @param bucket the bucket; {@code *} for a version by its id
 * @param path   what stands behind the bucket and its slash; empty for the bucket
 * @param fileId the version; null for a place by name
 */
record B2Place(String bucket, String path, @Nullable String fileId) {
    private static final String BY_NAME = "b2://";
    private static final String BY_ID = "b2id://";

    /** Whether the user means a place in B2. */
    static boolean isOne(String text) {
        return text.startsWith(BY_NAME) || text.startsWith(BY_ID);
    }

    /** @throws IllegalArgumentException if it names none; the message says what to write */
    static B2Place parse(String text) {
        if (text.startsWith(BY_ID)) {
            String id = text.substring(BY_ID.length());
            if (id.isEmpty() || id.contains("/")) {
                throw new IllegalArgumentException(text + " names no version: write b2id:// and a file id");
            }
            return new B2Place("*", "", id);
        }
        String rest = text.startsWith(BY_NAME) ? text.substring(BY_NAME.length()) : "";
        int slash = rest.indexOf('/');
        String bucket = slash < 0 ? rest : rest.substring(0, slash);
        if (!bucket.matches("[A-Za-z0-9._-]{1,63}")) {
            throw new IllegalArgumentException(text + " is no place in B2: write b2://bucket or b2://bucket/path");
        }
        return new B2Place(bucket, slash < 0 ? "" : rest.substring(slash + 1), null);
    }

    /** Whether it is a bucket or, by its slash, a folder. */
    boolean isFolder() {
        return fileId == null && (path.isEmpty() || path.endsWith("/"));
    }

    /** What the names in it begin with. */
    String prefix() {
        return isFolder() ? path : path + "/";
    }

    /** The file of that name in it. */
    B2Place with(String name) {
        return new B2Place(bucket, path + name, null);
    }

    /** What stands behind the last slash. */
    String lastName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return fileId == null ? BY_NAME + bucket + (path.isEmpty() ? "" : "/" + path) : BY_ID + fileId;
    }
}
