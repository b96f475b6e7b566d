// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.api;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class B2ExceptionTest {
    private static final ErrorDetails DETAILS = new ErrorDetails(
            "b2_hide_file",
            "\"a.txt\" in bucket 4a48",
            503,
            "service_unavailable",
            "too busy",
            "wait",
            Duration.ofSeconds(7),
            Delivery.REFUSED);

    static Stream<B2Exception> all() {
        return Stream.of(
                new B2Exception(DETAILS),
                new B2CapExceededException(DETAILS),
                new B2ChecksumException(DETAILS),
                new B2ConflictException(DETAILS),
                new B2LocalContentException(DETAILS),
                new B2NotFoundException(DETAILS),
                new B2ThrottledException(DETAILS),
                new B2TransportException(DETAILS),
                new B2UnauthorizedException(DETAILS));
    }

    /** As Camel does with an exchange that is kept in a database or sent over JMS. */
    @ParameterizedTest
    @MethodSource("all")
    void exceptionSurvivesSerialisationWithAllItsFields(B2Exception original) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        B2Exception copy;
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            copy = (B2Exception) in.readObject();
        }

        assertThat(copy).hasSameClassAs(original).hasMessage(original.getMessage());
        assertThat(copy.details()).isEqualTo(DETAILS);
        assertThat(copy.call()).isEqualTo("b2_hide_file");
        assertThat(copy.subject()).isEqualTo("\"a.txt\" in bucket 4a48");
        assertThat(copy.status()).isEqualTo(503);
        assertThat(copy.code()).isEqualTo("service_unavailable");
        assertThat(copy.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(copy.delivery()).isEqualTo(Delivery.REFUSED);
    }

    @ParameterizedTest
    @MethodSource("all")
    void exceptionOfTheSameKindIsCausedByTheFirst(B2Exception original) {
        B2Exception other = original.with(DETAILS.withMessage("unknown"));

        assertThat(other).hasSameClassAs(original).hasCause(original).hasMessageContaining("unknown");
    }
}
