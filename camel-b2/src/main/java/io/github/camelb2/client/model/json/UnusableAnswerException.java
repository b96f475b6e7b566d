// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.model.json;

import java.io.IOException;

/** A whole answer arrived, and is not what B2 answers: tells a broken service from a broken connection. */
public final class UnusableAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What is said of an answer that is not to what was asked. */
    public static final String ABOUT_SOMETHING_ELSE = "the answer is about something else than was asked for";

    public UnusableAnswerException(String message) {
        super(message);
    }

    public UnusableAnswerException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The answer is one of B2, and not to what was asked. */
    public static UnusableAnswerException aboutSomethingElse() {
        return new UnusableAnswerException(ABOUT_SOMETHING_ELSE);
    }
}
