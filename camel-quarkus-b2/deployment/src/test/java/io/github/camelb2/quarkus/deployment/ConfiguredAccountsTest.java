// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.quarkus.deployment;

import java.util.Map;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("full")
class ConfiguredAccountsTest {
    @ParameterizedTest
    @CsvSource({
        "camel.component.b2.application-key-id, id",
        "camel.component.b2.applicationKeyId, id",
        "camel.component.b2.applicationKey, ${NO_SUCH_VARIABLE}",
        "CAMEL_COMPONENT_B2_APPLICATIONKEYID, id",
        "CAMEL_COMPONENT_B2_APPLICATION_KEY, secret",
        "camel.component.b2.realm, production",
        "camel.component.b2.use-default-credentials, true",
        "camel.component.b2.account-info-repository, #bean:login",
        "camel.component.b2.b2-client, #bean:client",
        "camel.component.b2.download-url, https://files.example.com",
        "camel.component.b2.configuration, #bean:mine",
        "%dev.camel.component.b2.application-key-id, id"
    })
    void aPropertyThatNamesAnAccountIsFoundInEachSpelling(String property, String value) {
        assertThat(new ConfiguredAccounts(config(property, value)).of("b2")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "camel.component.b2.retry-timeout, 1m",
        "camel.component.b2.auto-create-bucket, true",
        "camel.component.b2.use-default-credentials, false",
        "camel.component.archive.application-key-id, id",
        "camel.component.b2-sync.workers, 3",
        "%prod.camel.component.b2.application-key-id, id"
    })
    void othersNameNone(String property, String value) {
        assertThat(new ConfiguredAccounts(config(property, value)).of("b2")).isEmpty();
    }

    @Test
    void eachComponentHasItsOwn() {
        Config config = config("camel.component.archive.application-key-id", "id");

        assertThat(new ConfiguredAccounts(config).of("archive")).contains("camel.component.archive.application-key-id");
    }

    private static Config config(String property, String value) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withProfile("dev")
                .withSources(new PropertiesConfigSource(Map.of(property, value), "test", 250))
                .build();
    }
}
