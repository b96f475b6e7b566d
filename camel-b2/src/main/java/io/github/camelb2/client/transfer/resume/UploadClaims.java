// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.transfer.resume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelb2.client.transfer.local.PrivateDirectory;

/**
 * Knows which unfinished large files this machine is working on, and which ones it was working on when a process died.
 *
 * <p>B2 does not say who is uploading a large file. So every large upload holds, from before its file is started until
 * it has ended, the operating system's lock on a small file in one directory. The lock goes with the process, also when
 * that is killed: a claim that can be locked belongs to nobody any more, and its large file is certainly ours to go on
 * with or to cancel. Claims name a hash of bucket and file name and the id of the large file, nothing else.
 *
 * <p>Thread-safe, also between processes. Where the directory cannot be used, uploads work without claims: what they
 * leave is then adopted only after its parts have rested for a while, as the files of other machines are.
 */
public final class UploadClaims {
    private static final Logger LOG = LoggerFactory.getLogger(UploadClaims.class);
    private static final String SUFFIX = ".claim";
    private static final int HASH_BYTES = 16;

    /** After this time a claim of a dead process tells nothing that the age of its parts does not tell. */
    private static final Duration FORGET_AFTER = Duration.ofDays(7);

    private final Path directory;
    private final InstantSource clock;

    public UploadClaims(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** A new claim on that name, for a large file that is going to be started; other claims on it do not matter. */
    public UploadClaim open(String bucketId, String fileName) {
        try {
            PrivateDirectory.prepare(directory);
            return UploadClaim.create(directory.resolve(hash(bucketId, fileName) + "-" + UUID.randomUUID() + SUFFIX));
        } catch (IOException e) {
            LOG.warn(
                    "Cannot write to {}, so that a large upload that is cut off now is resumed only after its parts"
                            + " have rested; make the directory writable",
                    directory,
                    e);
            return UploadClaim.none();
        }
    }

    /** All claims on that name: those of living uploads, and those of dead ones, which the caller holds from now on. */
    public Found find(String bucketId, String fileName) {
        String prefix = hash(bucketId, fileName) + "-";
        List<String> alive = new ArrayList<>();
        List<UploadClaim> dead = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = claimFiles()) {
                for (Path file : files) {
                    if (file.getFileName().toString().startsWith(prefix)) {
                        UploadClaim.tryTake(file).ifPresentOrElse(dead::add, () -> UploadClaim.fileIdIn(file)
                                .ifPresent(alive::add));
                    } else {
                        forgetIfOld(file);
                    }
                }
            } catch (IOException e) {
                LOG.warn("Cannot read {}, so that no large upload is resumed by its claim", directory, e);
            }
        }
        return new Found(List.copyOf(alive), List.copyOf(dead));
    }

    /** Those that can be trusted. */
    private DirectoryStream<Path> claimFiles() throws IOException {
        PrivateDirectory.check(directory);
        return Files.newDirectoryStream(directory, "*" + SUFFIX);
    }

    /** Whether an upload other than that of the claim works on its large file. */
    public boolean isShared(String bucketId, String fileName, UploadClaim own) {
        String prefix = hash(bucketId, fileName) + "-";
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, prefix + "*" + SUFFIX)) {
            for (Path file : files) {
                if (!own.isIn(file) && UploadClaim.fileIdIn(file).equals(own.fileId())) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            LOG.warn("Cannot read {}, so that no large upload is resumed", directory, e);
            return true;
        }
    }

    private void forgetIfOld(Path file) throws IOException {
        Instant limit = clock.instant().minus(FORGET_AFTER);
        try {
            if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
                UploadClaim.tryTake(file).ifPresent(UploadClaim::release);
            }
        } catch (NoSuchFileException e) {
            LOG.trace("The claim {} was released or named meanwhile", file, e);
        }
    }

    private static String hash(String bucketId, String fileName) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((bucketId + '/' + fileName).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
        }
    }

    /**
     * The claims on one name.
     *
     * @param alive ids of the large files that living uploads of this machine work on
     * @param dead claims whose process or upload has ended; the caller holds them and gives each up
     */
    public record Found(List<String> alive, List<UploadClaim> dead) {
        boolean isEmpty() {
            return alive.isEmpty() && dead.isEmpty();
        }

        Optional<UploadClaim> deadClaimOf(String fileId) {
            return dead.stream()
                    .filter(claim -> claim.fileId().equals(Optional.of(fileId)))
                    .findFirst();
        }
    }
}
