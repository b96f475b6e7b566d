// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.actions;

import java.util.function.UnaryOperator;

import io.github.camelb2.sync.plan.item.ScanItem;

/** What the destination held when a path was planned. Whoever acts on it checks it again. */
public sealed interface Expected permits Expected.Nothing, Expected.Newest, Expected.LocalCopy {

    /** Nothing of that name. */
    record Nothing() implements Expected {}

    /**
     * A name in a bucket whose newest version (perhaps a hide marker) is this one, of this size and these times;
     * {@code sha1} is empty where nobody knows it.
     */
    record Newest(String fileId, long size, long modifiedMillis, long uploadMillis, String sha1) implements Expected {
        /** A version of which nobody knows the content. */
        public Newest(String fileId, long size, long modifiedMillis, long uploadMillis) {
            this(fileId, size, modifiedMillis, uploadMillis, "");
        }

        /** A version of which nobody knows when it was stored. */
        public Newest(String fileId, long size, long modifiedMillis) {
            this(fileId, size, modifiedMillis, 0);
        }

        /** A version of which only the id is known. */
        public Newest(String fileId) {
            this(fileId, -1, -1);
        }

        /** What it holds. */
        public StoredContent content() {
            return new StoredContent(size, modifiedMillis, uploadMillis, sha1);
        }
    }

    /** A local file of this size and time; {@code mark} tells it from others of the same, empty where nobody knows. */
    record LocalCopy(long size, long modifiedMillis, String mark) implements Expected {
        /** A file of which only size and time are known. */
        public LocalCopy(long size, long modifiedMillis) {
            this(size, modifiedMillis, "");
        }
    }

    /** What a scanned file of the destination amounts to; {@code marks} are asked for local ones. */
    static Expected of(ScanItem.SyncFile file, UnaryOperator<String> marks) {
        return file instanceof ScanItem.RemoteFile remote
                ? new Newest(
                        remote.newest().fileId(),
                        remote.newest().size(),
                        remote.newest().modifiedMillis(),
                        remote.newest().uploadMillis(),
                        remote.newest().sha1())
                : new LocalCopy(file.size(), file.modifiedMillis(), marks.apply(file.path()));
    }
}
