// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.resume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.transfer.local.ProcessLock;

/**
 * One large upload's hold on a name; see {@link UploadClaims}. Given up in one of two ways: {@link #release} when its
 * large file is finished or cancelled, {@link #abandon} when the next upload shall find it. For one thread at a time.
 */
public final class UploadClaim {
    private static final Logger LOG = LoggerFactory.getLogger(UploadClaim.class);
    private static final int LONGEST_ID = 1024;

    private final @Nullable Path file;
    private final @Nullable ProcessLock lock;
    private @Nullable String fileId;
    private boolean doubted;

    private UploadClaim(@Nullable Path file, @Nullable ProcessLock lock, Content content) {
        this.file = file;
        this.lock = lock;
        this.fileId = content.fileId();
        this.doubted = content.doubted();
    }

    /** A claim that nobody sees. */
    static UploadClaim none() {
        return new UploadClaim(null, null, Content.EMPTY);
    }

    static UploadClaim create(Path file) throws IOException {
        ProcessLock lock = ProcessLock.create(file);
        if (!lock.isReal()) {
            // Nobody could tell whether its holder lives.
            lock.close();
            Files.deleteIfExists(file);
            throw new FileSystemException(file.toString(), null, "its file system has no locks");
        }
        return new UploadClaim(file, lock, Content.EMPTY);
    }

    /** Takes over a claim whose holder has died; empty when it lives, in this process or another, or is gone. */
    static Optional<UploadClaim> tryTake(Path file) {
        try {
            Optional<ProcessLock> lock = ProcessLock.tryLock(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (lock.isPresent() && !lock.get().isReal()) {
                lock.get().close();
                return Optional.empty();
            }
            return lock.isEmpty() ? Optional.empty() : take(file, lock.get());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("Cannot lock {}; the upload that it stands for is left alone", file, e);
            return Optional.empty();
        }
    }

    private static Optional<UploadClaim> take(Path file, ProcessLock lock) throws IOException {
        Optional<UploadClaim> taken = Optional.empty();
        try {
            // Its holder may have released it between the look at the directory and the lock.
            if (Files.exists(file)) {
                taken = Optional.of(new UploadClaim(file, lock, Content.read(lock.channel())));
            }
            return taken;
        } finally {
            if (taken.isEmpty()) {
                lock.close();
            }
        }
    }

    /** The id that the claim in that file holds; empty when none was written yet, or the claim is gone. */
    static Optional<String> fileIdIn(Path file) {
        try {
            return Optional.ofNullable(ProcessLock.read(file, Content::read).fileId());
        } catch (IOException e) {
            LOG.debug("The claim {} is gone", file, e);
            return Optional.empty();
        }
    }

    /**
     * What the file of a claim says: the id of the large file, and behind it a mark if the service refused to go on
     * with it.
     */
    private record Content(@Nullable String fileId, boolean doubted) {
        static final Content EMPTY = new Content(null, false);
        private static final String DOUBTED = "\ndoubted";

        static Content read(FileChannel channel) throws IOException {
            ByteBuffer bytes = ByteBuffer.allocate(LONGEST_ID);
            channel.read(bytes, 0);
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            boolean doubted = text.endsWith(DOUBTED);
            String id = doubted ? text.substring(0, text.length() - DOUBTED.length()) : text;
            return new Content(id.isEmpty() ? null : id, doubted);
        }

        void write(FileChannel channel) throws IOException {
            String text = (fileId == null ? "" : fileId) + (doubted ? DOUBTED : "");
            channel.truncate(0).write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        }
    }

    /** The large file that it is for; empty before {@link #startedAs}. */
    Optional<String> fileId() {
        return Optional.ofNullable(fileId);
    }

    boolean isIn(Path otherFile) {
        return otherFile.equals(file);
    }

    /** Whether the service refused to go on with the large file while the upload that holds this claim tried. */
    boolean isDoubted() {
        return doubted;
    }

    /** Says which large file it is for. */
    public void startedAs(String id) {
        fileId = id;
        write();
    }

    /** The service refuses to go on with it: the next upload tries another one first. */
    void doubt() {
        doubted = true;
        write();
    }

    /** Another file had no better luck, so that nothing speaks against this one. */
    void trust() {
        doubted = false;
        write();
    }

    private void write() {
        ProcessLock held = lock;
        if (held == null) {
            return;
        }
        // A thread that was interrupted would close the channel instead, and nobody would find the file.
        boolean interrupted = Thread.interrupted();
        try {
            new Content(fileId, doubted).write(held.channel());
        } catch (IOException e) {
            LOG.warn("Cannot write {}; the upload goes on, but is not resumed at once if it is cut off", file, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The large file is finished or cancelled: nothing is left to find. */
    void release() {
        Path claimed = file;
        if (claimed != null) {
            try {
                Files.deleteIfExists(claimed);
            } catch (IOException e) {
                LOG.warn("Cannot delete {}; it does no harm and is forgotten after some days", claimed, e);
            }
        }
        abandon();
    }

    /** Lets the next upload of that name find what is left. */
    public void abandon() {
        ProcessLock held = lock;
        if (held == null) {
            return;
        }
        try {
            held.close();
        } catch (IOException e) {
            LOG.warn("Cannot close {}", file, e);
        }
    }
}
