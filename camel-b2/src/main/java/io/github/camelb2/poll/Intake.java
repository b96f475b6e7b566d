package io.github.camelb2.poll;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import org.apache.camel.spi.IdempotentRepository;

import io.github.camelb2.client.model.FileVersion;
import io.github.camelb2.poll.VersionScanner.Finding;
import io.github.camelb2.poll.VersionScanner.Standing;

/**
 * Turns what a scan finds into claims on what is new. Not thread-safe.
 *
 * <p>Nothing is downloaded for it. Either it gives a list whose claims the caller closes, or it fails and has closed
 * them itself.
 */
final class Intake {
    private final NewVersionFilter filter;
    private final DoneFiles doneFiles;
    private final PolledBucket bucket;
    private final VersionMemory memory;
    private final IdempotentRepository inProgress;
    private final Epilogue epilogue;
    private final boolean keeps;
    private final Room room;

    Intake(
            NewVersionFilter filter,
            DoneFiles doneFiles,
            PolledBucket bucket,
            VersionMemory memory,
            IdempotentRepository inProgress,
            Epilogue epilogue,
            AfterRead afterRead,
            Room room) {
        this.filter = filter;
        this.doneFiles = doneFiles;
        this.bucket = bucket;
        this.memory = memory;
        this.inProgress = inProgress;
        this.epilogue = epilogue;
        this.keeps = afterRead.keeps();
        this.room = room;
    }

    /**
     * Claims the next versions that are new, until there are {@code limit} of them or the sweep is at its end; of one
     * name the oldest comes first.
     *
     * @param goOn false ends it early, with an empty list
     */
    List<Claim> gather(VersionScanner scanner, int limit, BooleanSupplier goOn) {
        scanner.refresh();
        VersionScanner.Mark start = scanner.mark();
        long taken = room.taken();
        List<Claim> claims = new ArrayList<>();
        boolean isComplete = false;
        try {
            // A name is consumed only after its older versions are passed over, or they would turn up once it is gone.
            while (claims.size() < limit || scanner.isInsideName()) {
                if (!goOn.getAsBoolean()) {
                    return List.of();
                }
                Optional<Finding> finding = scanner.next();
                if (finding.isEmpty()) {
                    room.sweepEnded();
                    break;
                }
                consider(finding.get()).ifPresent(claims::add);
            }
            isComplete = true;
            return oldestFirst(claims);
        } finally {
            if (!isComplete) {
                scanner.rewind(start);
                room.backTo(taken);
                Claim.closeAll(claims);
            }
        }
    }

    private Optional<Claim> consider(Finding finding) {
        FileVersion version = finding.version();
        if (!filter.accepts(version)) {
            return Optional.empty();
        }
        if (finding.standing() == Standing.SUPERSEDED) {
            room.take();
            memory.passOver(version);
            return Optional.empty();
        }
        if (memory.isSettled(version)) {
            room.take();
            epilogue.resume(version);
            return Optional.empty();
        }
        if (keeps) {
            room.take();
        }
        return claim(version);
    }

    private Optional<Claim> claim(FileVersion version) {
        Optional<String> doneName = doneFiles.doneFileOf(version.fileName());
        if (doneName.isEmpty()) {
            return Claim.take(version, null, memory, inProgress);
        }
        return bucket.visible(doneName.get()).flatMap(done -> Claim.take(version, done, memory, inProgress));
    }

    /** The listing gives the newest version of a name first. */
    private static List<Claim> oldestFirst(List<Claim> claims) {
        int start = 0;
        for (int i = 1; i <= claims.size(); i++) {
            if (i == claims.size() || !nameOf(claims.get(i)).equals(nameOf(claims.get(start)))) {
                Collections.reverse(claims.subList(start, i));
                start = i;
            }
        }
        return claims;
    }

    private static String nameOf(Claim claim) {
        return claim.version().fileName();
    }
}
