// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.after;

import java.util.List;

import io.github.camelb2.B2Configuration;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.poll.scan.PolledBucket;

/**
 * What becomes of a file version after its exchange: exactly of that version, whatever the route did to the message and
 * whatever came to its name meanwhile.
 *
 * <p>Performing it again after a failure is allowed and ends in the same state. A version that somebody else has
 * removed meanwhile is none of its business. Thread-safe.
 */
public sealed interface AfterRead {
    /** Whether the version stays in the bucket, so that it has to be remembered. */
    boolean keeps();

    /** Whether it does anything at all. */
    default boolean acts() {
        return true;
    }

    /** What it does, for messages: {@code Moving}. */
    String doing();

    /** Checks, before anything is consumed, that it can be done. */
    default void check() {}

    /** Does it. */
    void perform(FileVersion version);

    /**
     * What the options ask for after success.
     *
     * @throws IllegalArgumentException if they ask for two things, or for a move that would be consumed again
     */
    static AfterRead onSuccess(B2Configuration options, PolledBucket bucket, NameExpressions names) {
        if (options.isDeleteAfterRead()) {
            return new Delete(bucket);
        }
        if (options.isHideAfterRead()) {
            return new Hide(bucket);
        }
        return options.isMoveAfterRead() ? new Move(bucket, Destination.afterRead(options), names) : new Keep();
    }

    /** What the options ask for after a failure. */
    static AfterRead onFailure(B2Configuration options, PolledBucket bucket, NameExpressions names) {
        String moveFailed = options.getMoveFailed();
        return moveFailed == null ? new Keep() : new Move(bucket, Destination.afterFailure(options, moveFailed), names);
    }

    /** Leaves it where it is. */
    record Keep() implements AfterRead {
        @Override
        public boolean keeps() {
            return true;
        }

        @Override
        public boolean acts() {
            return false;
        }

        @Override
        public String doing() {
            return "Keeping";
        }

        @Override
        public void perform(FileVersion version) {}
    }

    /** Deletes it for ever; an older version of the name shows again. */
    record Delete(PolledBucket bucket) implements AfterRead {
        @Override
        public boolean keeps() {
            return false;
        }

        @Override
        public String doing() {
            return "Deleting";
        }

        @Override
        public void perform(FileVersion version) {
            bucket.delete(version);
        }
    }

    /** Hides its name, unless a newer version has come, which must not be hidden unread. */
    record Hide(PolledBucket bucket) implements AfterRead {
        @Override
        public boolean keeps() {
            return true;
        }

        @Override
        public String doing() {
            return "Hiding";
        }

        @Override
        public void perform(FileVersion version) {
            List<FileVersion> before = bucket.newest(version.fileName(), 1);
            if (before.isEmpty() || !isSame(before.get(0), version)) {
                return;
            }
            FileVersion marker = bucket.hide(version.fileName());
            List<FileVersion> after = bucket.newest(version.fileName(), 2);
            boolean isOnTop = after.size() == 2 && isSame(after.get(0), marker);
            if (isOnTop && isNewer(after.get(1), version)) {
                // It arrived between our look and our marker.
                bucket.delete(marker);
            }
        }

        private static boolean isSame(FileVersion one, FileVersion other) {
            return one.fileId().equals(other.fileId());
        }

        private static boolean isNewer(FileVersion one, FileVersion other) {
            return !isSame(one, other) && one.uploadTimestamp() >= other.uploadTimestamp();
        }
    }

    /** Copies it inside B2, whatever its size, and deletes it here once the copy is complete. */
    record Move(PolledBucket bucket, Destination destination, NameExpressions names) implements AfterRead {
        @Override
        public boolean keeps() {
            return false;
        }

        @Override
        public String doing() {
            return "Moving";
        }

        /** @throws IllegalArgumentException if the destination bucket does not exist and is not to be created */
        @Override
        public void check() {
            bucket.ensureDestination(destination.bucket());
        }

        /** @throws B2NotFoundException if the destination bucket does not exist, or the version is gone uncopied */
        @Override
        public void perform(FileVersion version) {
            bucket.copy(version, destination.bucket(), destination.nameFor(version, names));
            bucket.delete(version);
        }
    }
}
