// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.sync.scrub;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.api.B2CapExceededException;
import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.B2NotFoundException;
import io.github.camelb2.sync.action.BucketSide;
import io.github.camelb2.sync.action.failure.ErrorClass;
import io.github.camelb2.sync.plan.actions.ShellQuoting;
import io.github.camelb2.sync.plan.item.RemoteVersion;
import io.github.camelb2.sync.scrub.ScrubBudget.Answer;

/** Reads one version, compares what came with the recorded digest, and repairs it where that was asked for. Thread-safe. */
final class VersionReader {
    /** What reading a version came to. */
    sealed interface Outcome {
        /** It holds what its digest says, in this run or then. */
        record Good(long millis, boolean isRead) implements Outcome {}

        /**
         * It does not, or cannot be read; in the first case when that was found, else 0.
         *
         * @param isStoredAbove whether what the name shows has the same content, if that is good
         */
        record Bad(Damage damage, long millis, boolean isStoredAbove) implements Outcome {}

        /** It does not, when that was found, and may be repaired. */
        record Found(Turn turn, String what, long millis) implements Outcome {}

        /** The answer was not about its content, so nobody knows. */
        record Unread(String why, long lastMillis) implements Outcome {}

        /** There was no money for another try. */
        record Later(long lastMillis) implements Outcome {}

        /** It was deleted meanwhile, or its turn comes later. */
        record Nothing(long lastMillis) implements Outcome {}
    }

    /**
     * A version whose turn it is.
     *
     * @param lastMillis    what the memory knows of it
     * @param isStoredAbove whether what the name shows has the same content
     */
    record Turn(String path, RemoteVersion version, long lastMillis, boolean isStoredAbove) {
        /** Why every other version would fail, too, is not about this one. */
        Outcome untouched() {
            return new Outcome.Nothing(lastMillis);
        }

        Outcome bad(String what, long foundMillis) {
            return new Outcome.Bad(damage(what, Damage.State.LEFT), foundMillis, isStoredAbove);
        }

        /** What was found damaged is told in each run, also where nothing is left to look again. */
        Outcome known() {
            return known("there was no room to read it again");
        }

        Outcome known(String why) {
            String what = shown() + "was found damaged at " + Instant.ofEpochMilli(-lastMillis) + ", and " + why;
            return bad(what, -lastMillis);
        }

        String shown() {
            return ShellQuoting.quote(path) + " (" + version.fileId() + ") ";
        }

        Damage damage(String what, Damage.State state) {
            return new Damage(path, version.fileId(), version.size(), version.sha1(), what, state);
        }
    }

    private final BucketSide bucket;
    private final @Nullable Repairer repairer;
    private final ScrubBudget budget;
    private final InstantSource clock;
    /** So many refusals in a row, and nothing else, are about the key or the line. */
    private static final int MOST_REFUSED = 100;

    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean wasRead;
    private volatile String fatal = "";
    /** Why nothing is repaired any more; empty as long as it may be. */
    private volatile String noRepair = "";

    /** @param repairer null where damage is only told */
    VersionReader(BucketSide bucket, @Nullable Repairer repairer, ScrubBudget budget, InstantSource clock) {
        this.bucket = bucket;
        this.repairer = repairer;
        this.budget = budget;
        this.clock = clock;
    }

    /** Why every other version would fail, too; empty as long as it would not. */
    String fatal() {
        return fatal;
    }

    /** Asks the budget for all that {@link #read} is certain to use. */
    Answer take(Turn turn) {
        return isProvidedFor(turn) && repairer != null
                ? budget.take(2 + repairer.readings(), turn.version().size(), repairer.calls())
                : budget.take(1, turn.version().size(), 0);
    }

    /** What is known to be damaged gets its repair at once, or first looks would leave no room for any. */
    private boolean isProvidedFor(Turn turn) {
        return repairer != null && turn.lastMillis() < 0 && !turn.isStoredAbove();
    }

    /** Reads a version that {@link #take} has taken. */
    Outcome read(Turn turn) {
        try {
            Optional<String> came = readTwice(turn.version(), isProvidedFor(turn));
            wasRead = true;
            if (came.isEmpty()) {
                return new Outcome.Good(clock.millis(), true);
            }
            String what = turn.shown() + came.get();
            return turn.isStoredAbove()
                    ? turn.bad(what, clock.millis())
                    : new Outcome.Found(turn, what, clock.millis());
        } catch (B2NotFoundException e) {
            // Without B2's code it is another one's page.
            return e.code().isEmpty() || isListed(turn) ? unreadable(turn, e) : new Outcome.Nothing(0);
        } catch (IOException | B2Exception e) {
            return unreadable(turn, e);
        }
    }

    /** What does not fit, or fails, is read once more, if the budget allows it: a line may have been bad, and not the disk. */
    private Optional<String> readTwice(RemoteVersion version, boolean isProvidedFor) throws IOException {
        String came = "";
        try {
            came = bucket.sha1OfContent(version);
        } catch (IOException | B2Exception e) {
            if (ErrorClass.of(e) != ErrorClass.FILE || !(isProvidedFor || hasRoom(version))) {
                throw e;
            }
            return judged(version, bucket.sha1OfContent(version), "");
        }
        if (came.equals(version.sha1()) || !(isProvidedFor || hasRoom(version))) {
            return judged(version, came, " (read once: the budget has no room for a second look)");
        }
        return judged(version, bucket.sha1OfContent(version), "");
    }

    private boolean hasRoom(RemoteVersion version) {
        return budget.take(1, version.size(), 0) == Answer.TAKEN;
    }

    private static Optional<String> judged(RemoteVersion version, String came, String note) {
        return came.equals(version.sha1())
                ? Optional.empty()
                : Optional.of("holds content of SHA-1 " + came + ", and was stored with " + version.sha1() + note);
    }

    /** B2 may say that it is not there, and list it: then it is not there for a restore either. */
    private boolean isListed(Turn turn) {
        if (budget.take(0, 0, 1) != Answer.TAKEN) {
            // It was, when the listing came there.
            return true;
        }
        try {
            return bucket.versions(turn.path()).stream()
                    .anyMatch(one -> one.fileId().equals(turn.version().fileId()));
        } catch (B2Exception e) {
            // Nobody knows, so it counts.
            return true;
        }
    }

    private Outcome unreadable(Turn turn, Exception e) {
        if (e instanceof B2CapExceededException && budget.hasNoMoneyLeft()) {
            return turn.lastMillis() < 0 ? turn.known() : new Outcome.Later(turn.lastMillis());
        }
        if (ErrorClass.of(e) != ErrorClass.FILE) {
            fatal = String.valueOf(e.getMessage());
            return turn.untouched();
        }
        if (e instanceof B2Exception answer && !isAboutContent(answer)) {
            return unread(turn, answer);
        }
        String what = turn.shown() + "is listed and cannot be read: " + e.getMessage();
        return turn.bad(what, 0);
    }

    /** Whether B2 says of the version itself that it has none: any other refusal is about the key, the request or the line. */
    private static boolean isAboutContent(B2Exception answer) {
        return answer instanceof B2NotFoundException && !answer.code().isEmpty();
    }

    private Outcome unread(Turn turn, B2Exception answer) {
        if (refused.incrementAndGet() >= MOST_REFUSED && !wasRead) {
            fatal = "none of " + MOST_REFUSED + " versions could be read: " + answer.getMessage();
        }
        String why = "could not be read: " + answer.getMessage();
        return turn.lastMillis() < 0 ? turn.known(why) : new Outcome.Unread(turn.shown() + why, turn.lastMillis());
    }

    /** Repairs what {@link #read} has found, if that was asked for; one at a time, so that each one knows of those before. */
    Outcome repair(Outcome.Found found) {
        return new Outcome.Bad(repair(found.turn(), found.what()), found.millis(), false);
    }

    private Damage repair(Turn turn, String what) {
        if (repairer == null) {
            return turn.damage(what, Damage.State.LEFT);
        }
        if (!noRepair.isEmpty()) {
            return turn.damage(what + "; not repaired: " + noRepair, Damage.State.LEFT);
        }
        long size = turn.version().size();
        if (!isProvidedFor(turn) && budget.take(repairer.readings(), size, repairer.calls()) != Answer.TAKEN) {
            return turn.damage(
                    what + "; not repaired: what is left of scrubBytes or scrubCost has no room for "
                            + repairer.readings() + " more readings of its " + size + " bytes",
                    Damage.State.LEFT);
        }
        try {
            String stored = repairer.repair(turn.path(), turn.version());
            return turn.damage(what + "; its content was stored again as " + stored, Damage.State.REPAIRED);
        } catch (Repairer.LineException e) {
            noRepair = "after what was found at " + ShellQuoting.quote(turn.path()) + ", this run repairs nothing more";
            return turn.damage(what + "; not repaired: " + e.getMessage(), Damage.State.LEFT);
        } catch (IOException | B2Exception e) {
            return turn.damage(what + "; not repaired: " + e.getMessage(), Damage.State.LEFT);
        }
    }
}
