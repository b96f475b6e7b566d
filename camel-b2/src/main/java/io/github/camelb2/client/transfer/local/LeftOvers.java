// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.local;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes temporary files that processes have left which were killed. What cannot be deleted stays. */
final class LeftOvers {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOvers.class);

    /** Where files cannot be locked, one that nobody has written to for so long belongs to nobody. */
    private static final Duration ABANDONED = Duration.ofDays(2);

    private LeftOvers() {}

    /** Deletes those of the directory whose names only this client makes. */
    static void delete(Path directory, Predicate<String> isOurs, InstantSource clock) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                directory, file -> isOurs.test(file.getFileName().toString()))) {
            files.forEach(file -> deleteIfLeft(file, clock));
        } catch (NoSuchFileException | NotDirectoryException e) {
            LOG.debug("{} is not there", directory, e);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("Cannot look for temporary files in {} that were left over", directory, e);
        }
    }

    /**
     * The name has to stand for the same file before the lock and after it, and the lock is held until the file is
     * gone: otherwise, a file that took the name meanwhile would be taken for one that is left over.
     */
    private static void deleteIfLeft(Path path, InstantSource clock) {
        try {
            BasicFileAttributes before = attributes(path);
            if (!before.isRegularFile()) {
                return;
            }
            Optional<ProcessLock> lock = ProcessLock.tryLock(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            if (lock.isEmpty()) {
                return;
            }
            try (ProcessLock held = lock.get()) {
                // One without its final name may be about to be locked by whoever makes it.
                boolean isNamed = !path.getFileName().toString().startsWith(".camel-b2-");
                boolean isAbandoned = (held.isReal() && isNamed) || isOld(before, clock);
                if (isAbandoned && Objects.equals(key(before), key(attributes(path)))) {
                    LOG.info("Deleting {}, which a transfer left that was cut off", path);
                    Files.deleteIfExists(path);
                }
            }
        } catch (NoSuchFileException e) {
            LOG.trace("{} is gone", path, e);
        } catch (IOException e) {
            LOG.warn("Cannot find out whether {} was left over, or delete it", path, e);
        }
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static @Nullable Object key(BasicFileAttributes file) {
        return file.fileKey();
    }

    private static boolean isOld(BasicFileAttributes file, InstantSource clock) {
        return file.lastModifiedTime().toInstant().plus(ABANDONED).isBefore(clock.instant());
    }
}
