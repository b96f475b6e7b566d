// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NotificationSignatureTest {
    private static final byte[] BODY = "{\"events\":[]}".getBytes(StandardCharsets.UTF_8);
    // printf '{"events":[]}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    private static final String SIGNATURE = "v1=b8e5e1612f52653b9177d6a1b25773f910e9317fb1f3df63f0d0cf2efdfc02a3";

    private final NotificationSignature signature = new NotificationSignature("0123456789abcdef0123456789abcdef");

    @Test
    void signatureMadeWithTheSecretIsValid() {
        assertThat(signature.isValid(SIGNATURE, BODY)).isTrue();
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() {
        String stranger = "v1=" + "0".repeat(64);

        assertThat(signature.isValid(stranger + "," + SIGNATURE, BODY)).isTrue();
        assertThat(signature.isValid(SIGNATURE + ", " + stranger, BODY)).isTrue();
    }

    @Test
    void oneChangedByteMakesItInvalid() {
        byte[] changed = "{\"events\":[ ]}".getBytes(StandardCharsets.UTF_8);

        assertThat(signature.isValid(SIGNATURE, changed)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1=", "v1=zz", "v2=00", "v1", ",", "v1=00"})
    void anythingElseIsInvalid(String header) {
        assertThat(signature.isValid(header, BODY)).isFalse();
    }
}
