// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RealmTest {
    @ParameterizedTest
    @CsvSource({
        "production, https://api.backblazeb2.com",
        "staging, https://api.backblaze.net",
        "dev, http://api.backblazeb2.xyz:8180",
        "http://127.0.0.1:8080, http://127.0.0.1:8080",
        "https://b2.example.com/, https://b2.example.com",
        "https://b2.example.com//, https://b2.example.com",
        "http://b2_emulator:8080, http://b2_emulator:8080",
        "http://127.0.0.1:65535/b2/, http://127.0.0.1:65535/b2",
        "http://[::1]:8080, http://[::1]:8080"
    })
    void realmIsAnAddress(String realm, String url) {
        assertThat(Realm.url(realm)).isEqualTo(url);
    }

    @Test
    void withoutOneItIsProduction() {
        assertThat(Realm.url(null)).isEqualTo("https://api.backblazeb2.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Production",
                "stage",
                "ftp://x",
                "api.backblazeb2.com",
                "http://",
                "http:///path",
                "https:/b2.example.com",
                "http://:8080",
                "ht tp://x",
                "http://127.0.0.1:65536",
                "http://x?y",
                "http://x#y"
            })
    void anythingElseIsRefused(String realm) {
        assertThatThrownBy(() -> Realm.url(realm))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("realm " + realm);
    }

    @ParameterizedTest
    @CsvSource({
        "https://user:pa@ss@b2.example.com, https://xxxxxx@b2.example.com",
        "user:pass@b2.example.com, xxxxxx@b2.example.com",
        "ftp://pass@b2.example.com/@x, ftp://xxxxxx@b2.example.com/@x"
    })
    void aPasswordInItIsRefusedAndNotShown(String realm, String shown) {
        assertThatThrownBy(() -> Realm.url(realm))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("realm " + shown + " is")
                .hasMessageNotContaining("pass");
    }
}
