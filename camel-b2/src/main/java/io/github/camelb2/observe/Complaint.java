// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.observe;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells something to an observer whose failures are logged, the first one with its trace. Thread-safe. */
final class Complaint {
    private static final Logger LOG = LoggerFactory.getLogger(Complaint.class);

    private final String observer;
    private final AtomicBoolean isMade = new AtomicBoolean();

    Complaint(Object observer) {
        this.observer = observer.getClass().getName();
    }

    void tell(Runnable event) {
        ask(
                () -> {
                    event.run();
                    return observer;
                },
                observer);
    }

    /** @param otherwise the answer where there is none */
    <T> T ask(Supplier<T> question, T otherwise) {
        try {
            return question.get();
        } catch (RuntimeException | LinkageError e) {
            if (isMade.compareAndSet(false, true)) {
                LOG.warn(
                        "Observer {} failed, which changes nothing else; further failures are logged at DEBUG",
                        observer,
                        e);
            } else {
                LOG.debug("Observer {} failed", observer, e);
            }
            return otherwise;
        }
    }
}
