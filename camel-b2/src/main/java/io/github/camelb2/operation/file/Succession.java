// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.operation.file;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Lock;
import java.util.function.BiFunction;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2ConflictException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2TransportException;
import io.github.camelb2.client.api.ErrorDetails;
import io.github.camelb2.client.call.FileCalls.DeleteFileVersion;
import io.github.camelb2.client.call.FileCalls.ListFileVersions;
import io.github.camelb2.client.model.file.FileNames;
import io.github.camelb2.client.model.file.FileVersion;
import io.github.camelb2.operation.request.KeptAttributes;
import io.github.camelb2.operation.step.OperationScope;

/**
 * Stores a version that is made of the one before it, so that nothing that others store meanwhile is buried.
 *
 * <p>B2 has no condition on names. So it is looked afterwards whether the new version lies directly upon the one that it
 * was made of. If another one came in between, the new one is taken away again and made anew of that; the older versions
 * are never touched. Each new version says what it was made of, so that a process which finds one that is about to be taken
 * away waits for that. Threads of one client take turns for each name.
 */
final class Succession {
    /** Stands for no version. */
    private static final String NOTHING = "none";

    private static final int TRIES = 10;
    private static final int PAGE = 100;

    /** So long a version whose entry does not fit may be about to be taken away; an older one is a copy of such a one. */
    private static final Duration IN_DOUBT = Duration.ofSeconds(30);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final String call;
    private final String bucketId;
    private final String fileName;
    private final OperationScope scope;

    Succession(String call, String bucketId, String fileName, OperationScope scope) {
        this.call = call;
        this.bucketId = bucketId;
        this.fileName = fileName;
        this.scope = scope;
    }

    /**
     * Stores a version made of the current one.
     *
     * @param mayRepeat whether it can be made more than once
     * @param make makes it; is given the current version, or nothing where the name has none or is hidden, and what the
     *     new version must say in {@link KeptAttributes#MADE_OF}
     * @throws B2ConflictException if others stored versions in between each time
     */
    FileVersion store(boolean mayRepeat, BiFunction<Optional<FileVersion>, String, FileVersion> make) {
        Lock lock = scope.client().names().of(bucketId, fileName);
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            for (int i = 1; ; i++) {
                Optional<FileVersion> base = settledBase();
                FileVersion made = make.apply(base.filter(FileVersion::hasContent), idOf(base.orElse(null)));
                Optional<B2ConflictException> conflict = check(base, made);
                if (conflict.isEmpty()) {
                    return made;
                }
                if (!mayRepeat || i == TRIES) {
                    throw conflict.get();
                }
                pause(i);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The newest version or hide marker, when no other process is about to take it away. */
    private Optional<FileVersion> settledBase() {
        for (int i = 1; ; i++) {
            Neighbours newest = neighbours(null);
            FileVersion base = newest.found();
            if (base == null || isSettled(base, newest.below())) {
                return Optional.ofNullable(base);
            }
            pause(i);
        }
    }

    private static String idOf(@Nullable FileVersion version) {
        return version == null ? NOTHING : version.fileId();
    }

    private boolean isSettled(FileVersion base, @Nullable FileVersion below) {
        String madeOf = base.fileInfo().get(KeptAttributes.MADE_OF);
        return madeOf == null
                || madeOf.equals(idOf(below))
                || scope.now().minus(IN_DOUBT).toEpochMilli() > base.uploadTimestamp();
    }

    /** What is wrong with the place of the new version; it is gone then, unless the exception says otherwise. */
    private Optional<B2ConflictException> check(Optional<FileVersion> base, FileVersion made) {
        Neighbours place = neighbours(made.fileId());
        FileVersion above = place.above();
        FileVersion below = place.below();
        if (place.found() == null) {
            throw conflict("the version that was stored, " + made.fileId() + ", was deleted meanwhile");
        }
        boolean isUponBase = idOf(base.orElse(null)).equals(idOf(below));
        boolean isBuried =
                above != null && !made.fileId().equals(above.fileInfo().get(KeptAttributes.MADE_OF));
        // A large file has the time of its start, so that what was stored since lies upon it.
        boolean wasStoredBefore = isBuried && made.verifiedSha1().isEmpty();
        if (isUponBase && !wasStoredBefore) {
            return Optional.empty();
        }
        FileVersion other = isUponBase ? above : below;
        B2ConflictException conflict = conflict("somebody else changed the name meanwhile"
                + (other == null ? "" : " (version " + other.fileId() + ")"));
        if (above != null && !isBuried) {
            throw conflict("version " + above.fileId() + " was made of " + made.fileId()
                    + ", which was not made of the one before it; compare the versions of the name");
        }
        takeAway(made, conflict);
        return Optional.of(conflict);
    }

    private void takeAway(FileVersion made, B2ConflictException conflict) {
        try {
            scope.call(DeleteFileVersion.of(made.fileName(), made.fileId()));
        } catch (B2Exception e) {
            B2ConflictException left = conflict("somebody else changed the name meanwhile, and the version that was"
                    + " stored, " + made.fileId() + ", could not be taken away again");
            left.addSuppressed(e);
            left.addSuppressed(conflict);
            throw left;
        }
    }

    private B2ConflictException conflict(String what) {
        return new B2ConflictException(ErrorDetails.local(call, FileNames.quote(fileName), what)
                .withAdvice("no other version was touched; send it again, and let one process write the name"));
    }

    /** A version, and what lies next to it. */
    private record Neighbours(
            @Nullable FileVersion above,
            @Nullable FileVersion found,
            @Nullable FileVersion below) {}

    /** That version of the name, or the newest; one page of a long chain is in memory at a time. */
    private Neighbours neighbours(@Nullable String fileId) {
        ListFileVersions listing = ListFileVersions.of(bucketId)
                .withStartFileName(fileName)
                .withPrefix(fileName)
                .withMaxFileCount(PAGE);
        Iterator<FileVersion> all =
                scope.client().listFileVersions(listing, scope.settings()).withoutReadingAhead();
        FileVersion above = null;
        FileVersion found = null;
        while (all.hasNext()) {
            FileVersion version = all.next();
            if (!version.fileName().equals(fileName)) {
                break;
            }
            if (version.unfinished()) {
                continue;
            }
            if (found != null) {
                return new Neighbours(above, found, version);
            }
            if (fileId == null || version.fileId().equals(fileId)) {
                found = version;
            } else {
                above = version;
            }
        }
        return new Neighbours(above, found, null);
    }

    private void pause(int round) {
        long most = Math.min(LONGEST_PAUSE.toMillis(), 50L << Math.min(round, 10));
        try {
            if (!scope.client()
                    .pause(Duration.ofMillis(ThreadLocalRandom.current().nextLong(most / 2, most)))) {
                throw new B2TransportException(
                        ErrorDetails.local(call, FileNames.quote(fileName), "the client was closed"), null);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private B2TransportException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new B2TransportException(ErrorDetails.local(call, FileNames.quote(fileName), "it was interrupted"), e);
    }
}
