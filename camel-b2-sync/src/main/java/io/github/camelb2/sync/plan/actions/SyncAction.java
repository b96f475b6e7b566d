// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.plan.actions;

import java.util.Objects;

import io.github.camelb2.sync.plan.item.ContentKey;

/** One thing to do to one relative path. An action is data: it knows how it reads, not how it is done. */
public sealed interface SyncAction
        permits SyncAction.Transfer, SyncAction.Hide, SyncAction.Delete, SyncAction.DeleteLocal {

    /** The relative path. */
    String path();

    /** Which kind of action it is. */
    ActionKind kind();

    /** How many bytes it moves; 0 for hides and deletes. */
    long bytes();

    /** The line that b2sdk prints when the action is done. */
    String line();

    /** Calls the method of {@code visitor} for this kind of action. */
    <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X;

    /**
     * One method for each kind of action, so that a new kind does not compile until everybody handles it.
     *
     * @param <R> what the methods return
     * @param <X> what they throw
     */
    interface Visitor<R, X extends Exception> {
        /** Uploads a whole file. */
        R upload(Upload action) throws X;

        /** Uploads what was appended. */
        R incrementalUpload(IncrementalUpload action) throws X;

        /** Downloads a version. */
        R download(Download action) throws X;

        /** Lets B2 copy a version. */
        R copy(Copy action) throws X;

        /** Lets B2 copy a version of another name of the destination. */
        R rename(Rename action) throws X;

        /** Hides a name. */
        R hide(Hide action) throws X;

        /** Deletes a version. */
        R delete(Delete action) throws X;

        /** Deletes a local file. */
        R deleteLocal(DeleteLocal action) throws X;
    }

    /** Stores a file of the source at the destination. */
    sealed interface Transfer extends SyncAction permits Upload, IncrementalUpload, Download, Copy, Rename {
        /** The time of the file that it stores. */
        long modifiedMillis();
    }

    /** Uploads a local file that has this size and time; with another size or time it fails. */
    record Upload(String path, long bytes, long modifiedMillis) implements Transfer {
        @Override
        public ActionKind kind() {
            return ActionKind.UPLOAD;
        }

        @Override
        public String line() {
            return "upload " + ShellQuoting.quote(path);
        }

        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.upload(this);
        }
    }

    /**
     * Uploads the end of a local file behind a copy of the version it grew from; the whole file when its beginning
     * turns out not to be that version.
     */
    record IncrementalUpload(
            String path, long bytes, long modifiedMillis, String baseFileId, long baseSize, String baseSha1)
            implements Transfer {
        @Override
        public ActionKind kind() {
            return ActionKind.UPLOAD;
        }

        @Override
        public String line() {
            return "upload " + ShellQuoting.quote(path);
        }

        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.incrementalUpload(this);
        }
    }

    /** Downloads one version into the local tree and gives it the version's time. */
    record Download(String path, String fileId, long bytes, long modifiedMillis, ContentKey key) implements Transfer {
        /** Of a version of which nobody knows whose key it is encrypted with. */
        public Download(String path, String fileId, long bytes, long modifiedMillis) {
            this(path, fileId, bytes, modifiedMillis, ContentKey.UNKNOWN);
        }

        @Override
        public ActionKind kind() {
            return ActionKind.DOWNLOAD;
        }

        @Override
        public String line() {
            return "dnload " + path;
        }

        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.download(this);
        }
    }

    /** Copies one version of the source under the same relative path of the destination. */
    record Copy(String path, String fileId, long bytes, long modifiedMillis, Metadata metadata) implements Transfer {
        /** What the copy is told of the source. */
        public enum Metadata {
            /** All that is stored with the source, its time among it. */
            KEPT,
            /** All that is stored with the source, and its upload time, because no other is: else the copy is newer. */
            TIME_ADDED
        }

        @Override
        public ActionKind kind() {
            return ActionKind.COPY;
        }

        @Override
        public String line() {
            return "copy " + path;
        }

        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.copy(this);
        }
    }

    /**
     * Copies, inside the destination, the version of a name that the source no longer has to one that came; uploads the file
     * where that cannot be done, or would be wrong.
     *
     * @param fromPath the name that vanished
     * @param fileId   its version
     * @param sha1     what both contents are known by; empty where size and time alone say so
     * @param mark     tells the local file from others of its size and time; empty where nobody knows
     */
    record Rename(
            String path, String fromPath, String fileId, long bytes, long modifiedMillis, String sha1, String mark)
            implements Transfer {
        /** What it comes to where nothing can be copied. */
        public Upload asUpload() {
            return new Upload(path, bytes, modifiedMillis);
        }

        @Override
        public ActionKind kind() {
            return sha1.isEmpty() ? ActionKind.RENAME_BY_TIME : ActionKind.RENAME;
        }

        @Override
        public String line() {
            return "rename " + ShellQuoting.quote(fromPath) + " " + ShellQuoting.quote(path);
        }

        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.rename(this);
        }
    }

    /** Puts a hide marker on the destination's name. */
    record Hide(String path) implements SyncAction {
        @Override
        public ActionKind kind() {
            return ActionKind.HIDE;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public String line() {
            return "hide   " + ShellQuoting.quote(path);
        }

        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.hide(this);
        }
    }

    /** Deletes one version at the destination, which holds that. */
    record Delete(String path, String fileId, Note note, StoredContent content) implements SyncAction {
        /** Of a version of which nobody knows what it holds. */
        public Delete(String path, String fileId, Note note) {
            this(path, fileId, note, StoredContent.UNKNOWN);
        }

        /** What the line says about the version. */
        public enum Note {
            /** The newest version, of a name that the source does not have. */
            NEWEST(""),
            /** A version below the newest. */
            OLD_VERSION("(old version)"),
            /** A hide marker. */
            HIDE_MARKER("(hide marker)");

            private final String text;

            Note(String text) {
                this.text = text;
            }

            /** The text in the line; may be empty. */
            public String text() {
                return text;
            }
        }

        /** Refuses an action without an id: it would delete nothing, or the wrong thing. */
        public Delete {
            Objects.requireNonNull(fileId, "fileId");
            Objects.requireNonNull(content, "content");
        }

        @Override
        public ActionKind kind() {
            return ActionKind.DELETE;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public String line() {
            // An empty note leaves its space: so b2sdk prints it, and scripts compare lines.
            return "delete " + ShellQuoting.quote(path) + " " + note.text();
        }

        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.delete(this);
        }
    }

    /** Deletes a local file of the destination if it still has this size and time. */
    record DeleteLocal(String path, long size, long modifiedMillis) implements SyncAction {
        @Override
        public ActionKind kind() {
            return ActionKind.DELETE_LOCAL;
        }

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public String line() {
            return "delete " + ShellQuoting.quote(path);
        }

        @Override
        public <R, X extends Exception> R accept(Visitor<R, X> visitor) throws X {
            return visitor.deleteLocal(this);
        }
    }
}
