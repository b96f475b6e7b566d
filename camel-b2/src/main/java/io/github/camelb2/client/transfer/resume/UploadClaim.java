package io.github.camelb2.client.transfer.resume;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
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

    private UploadClaim(@Nullable Path file, @Nullable ProcessLock lock, @Nullable String fileId) {
        this.file = file;
        this.lock = lock;
        this.fileId = fileId;
    }

    /** A claim that nobody sees. */
    static UploadClaim none() {
        return new UploadClaim(null, null, null);
    }

    static UploadClaim create(Path file) throws IOException {
        return new UploadClaim(file, ProcessLock.create(file), null);
    }

    /** Takes over a claim whose holder has died; empty when it lives, in this process or another, or is gone. */
    static Optional<UploadClaim> tryTake(Path file) {
        try {
            Optional<ProcessLock> lock = ProcessLock.tryLock(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
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
                taken = Optional.of(
                        new UploadClaim(file, lock, read(lock.channel()).orElse(null)));
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
            Optional<ProcessLock> own = ProcessLock.held(file);
            if (own.isPresent()) {
                return read(own.get().channel());
            }
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
                return read(channel);
            }
        } catch (IOException e) {
            LOG.debug("The claim {} is gone", file, e);
            return Optional.empty();
        }
    }

    private static Optional<String> read(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(LONGEST_ID);
        channel.read(content, 0);
        String id = new String(content.array(), 0, content.position(), StandardCharsets.UTF_8);
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    /** The large file that it is for; empty before {@link #startedAs}. */
    Optional<String> fileId() {
        return Optional.ofNullable(fileId);
    }

    boolean isIn(Path otherFile) {
        return otherFile.equals(file);
    }

    /** Says which large file it is for. */
    public void startedAs(String id) {
        fileId = id;
        ProcessLock held = lock;
        if (held == null) {
            return;
        }
        try {
            held.channel().truncate(0).write(ByteBuffer.wrap(id.getBytes(StandardCharsets.UTF_8)), 0);
        } catch (IOException e) {
            LOG.warn("Cannot write {}; the upload goes on, but is not resumed at once if it is cut off", file, e);
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
