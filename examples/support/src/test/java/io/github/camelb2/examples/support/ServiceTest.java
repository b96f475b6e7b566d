// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.examples.support;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ServiceTest {
    @Test
    void halfOfTheCredentialsForRealB2AreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Service.of(Map.of("B2_APPLICATION_KEY_ID", "id"), "bucket", "run"))
                .withMessageContaining("B2_BUCKET");
    }

    @Test
    void allOfTheCredentialsMeanRealB2() {
        Map<String, String> environment =
                Map.of("B2_APPLICATION_KEY_ID", "id", "B2_APPLICATION_KEY", "the-key", "B2_BUCKET", "mine");

        try (Service service = Service.of(environment, "bucket", "run")) {
            assertThat(service.realm()).isEqualTo("production");
            assertThat(service.remote()).isEqualTo("b2://mine/run");
            assertThat(service).asString().doesNotContain("the-key");
        }
    }
}
