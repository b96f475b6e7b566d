// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.util.Optional;

import io.github.camelb2.client.api.B2Exception;

/**
 * Something that {@link Retrier} tries until it works. Its methods are called by one thread, one after the other.
 *
 * @param <T> what it answers
 */
@FunctionalInterface
public interface Attempt<T> {
    /**
     * Tries once. An upload that is not the first try takes a fresh upload URL.
     *
     * @throws B2Exception if it failed; the retrier decides what happens next
     */
    T run(Try current);

    /**
     * Gets a new account token, because B2 refused the one that the last try used; the next try uses it.
     *
     * @throws B2Exception if there is none to be had; this ends the retrying
     */
    default void reauthorize(B2Exception failure) {
        throw failure;
    }

    /** Whether this attempt knows that another try would be in vain: the failure stands then, whatever the table says. */
    default boolean isHopeless(B2Exception failure) {
        return false;
    }

    /**
     * Finds out what a try did whose answer was lost, before it is tried again.
     *
     * @return the answer, if the work was done; empty if it has to be tried again
     * @throws B2Exception if that could not be found out; this ends the retrying
     */
    default Optional<T> lookUp(LostAnswer lost) {
        return Optional.empty();
    }

    /**
     * One try.
     *
     * @param number counts from 1
     * @param settings those of the call, with what is left of its time: for the calls that this try makes itself
     */
    record Try(int number, CallSettings settings) {
        /** Whether nothing was tried before. */
        public boolean isFirst() {
            return number == 1;
        }
    }
}
