package io.github.camelb2.client.http;

import java.io.IOException;

/** A whole answer arrived, and is not what B2 answers: tells a broken service from a broken connection. */
final class UnusableAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableAnswerException(String message) {
        super(message);
    }

    UnusableAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
