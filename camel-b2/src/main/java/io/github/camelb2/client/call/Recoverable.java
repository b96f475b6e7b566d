package io.github.camelb2.client.call;

import java.time.Instant;
import java.util.Optional;

import io.github.camelb2.client.api.B2Exception;
import io.github.camelb2.client.api.Repeat;

/** A call that must not simply be repeated when its answer was lost, because the first one may have worked. */
public interface Recoverable<T> extends JsonCall<T> {
    /**
     * Finds out whether an earlier try did the work.
     *
     * @param failure how the answer was lost, or the error with which B2 answered the repetition
     * @param firstTry when the first try began, by this machine's clock
     * @param calls asks B2
     * @return the answer of the try that worked; empty when none is known to have worked
     */
    Optional<T> lookUp(B2Exception failure, Instant firstTry, Calls calls);

    @Override
    default Repeat repeat() {
        return Repeat.LOOK_UP_FIRST;
    }
}
