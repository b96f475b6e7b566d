// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.claim;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentKeysTest {
    @Test
    void keyIsNewOnce() {
        RecentKeys keys = new RecentKeys(2);

        assertThat(keys.add("a")).isTrue();
        assertThat(keys.add("a")).isFalse();
        assertThat(keys.contains("a")).isTrue();
        assertThat(keys.remove("a")).isTrue();
        assertThat(keys.contains("a")).isFalse();
    }

    @Test
    void keyThatWasAskedForOutlivesOneThatWasNot() {
        RecentKeys keys = new RecentKeys(2);
        keys.add("exists");
        keys.add("gone");

        keys.contains("exists");
        keys.add("new");

        assertThat(keys.contains("exists")).isTrue();
        assertThat(keys.contains("gone")).isFalse();
    }
}
