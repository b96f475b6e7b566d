package io.github.camelb2.client.retry;

import java.time.Duration;

/** What to do after a failed try. */
public sealed interface RetryDecision {
    /** How long to wait before doing it; zero for at once. */
    Duration pause();

    /** Calls the method of the visitor that belongs to this decision. */
    <R> R accept(Visitor<R> visitor);

    /** One method for each decision. */
    interface Visitor<R> {
        R retry(Retry decision);

        R freshUploadUrl(FreshUploadUrl decision);

        R reauthorize(Reauthorize decision);

        R lookUpOutcome(LookUpOutcome decision);

        R fail(Fail decision);
    }

    /** Try the same again after the pause. */
    record Retry(Duration pause) implements RetryDecision {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.retry(this);
        }
    }

    /** Try again with another upload URL; the one that failed must not be used any more. */
    record FreshUploadUrl(Duration pause) implements RetryDecision {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.freshUploadUrl(this);
        }
    }

    /** Get a new account token, then try again. */
    record Reauthorize() implements RetryDecision {
        @Override
        public Duration pause() {
            return Duration.ZERO;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.reauthorize(this);
        }
    }

    /**
     * Ask B2 whether an earlier try did the work.
     *
     * @param pause the wait before asking
     * @param repeatable whether to try again when it did not; else the failure stands
     */
    record LookUpOutcome(Duration pause, boolean repeatable) implements RetryDecision {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.lookUpOutcome(this);
        }
    }

    /** Give up. */
    record Fail() implements RetryDecision {
        @Override
        public Duration pause() {
            return Duration.ZERO;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fail(this);
        }
    }
}
