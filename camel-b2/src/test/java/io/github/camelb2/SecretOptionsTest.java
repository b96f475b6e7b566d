// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SecretOptionsTest {
    private static final SecretOptions SECRETS = B2Component.secretOptions();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b2://media?applicationKey=K005tops&realm=production",
                "b2://media?applicationkey=K005tops&realm=production",
                "b2://media?application-key=K005tops&realm=production",
                "b2://media?applicationKey=RAW(K005tops)&realm=production",
                "b2://media?applicationKey=RAW(K005tops&K005tops)K005tops)&realm=production",
                "b2://media?applicationKey=RAW{K005tops&K005tops}&realm=production",
                "b2://media?realm=production&customerKey=K005tops",
                "b2://media?notificationSecret=K005tops"
            })
    void secretsAreMaskedHoweverTheyAreWritten(String uri) {
        assertThat(SECRETS.mask(uri)).doesNotContain("K005tops").contains(SecretOptions.MASK);
        assertThat(SECRETS.literalsIn(uri)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "b2://media?realm=production&applicationKeyId=0051",
        "b2://media",
        "b2://applicationKey",
    })
    void theRestOfTheUriStays(String uri) {
        assertThat(SECRETS.mask(uri)).isEqualTo(uri);
        assertThat(SECRETS.literalsIn(uri)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"b2://media?applicationKey=#bean:key", "b2://media?applicationKey=%23property:b2.key"})
    void referencesAreNoLiterals(String uri) {
        assertThat(SECRETS.literalsIn(uri)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b2://media?customerKey={{?key}}",
                "b2://media?customerKey=RAW({{?key}})",
                "b2://media?customerKey=RAW(%7B%7B?key%7D%7D)&realm=production"
            })
    void placeholdersThatAreLeftAreNoLiteralsButMayDiffer(String uri) {
        assertThat(SECRETS.literalsIn(uri)).isEmpty();
        assertThat(SECRETS.hasOwnIn(uri)).isTrue();
    }
}
