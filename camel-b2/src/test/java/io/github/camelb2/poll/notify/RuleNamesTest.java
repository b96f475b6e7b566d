// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll.notify;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RuleNamesTest {
    @Test
    void nameIsOneThatB2Takes() {
        assertThat(RuleNames.of("in/", "https://example.com/b2")).matches("(?!b2-)[A-Za-z0-9-]{6,63}");
    }

    /** Texts whose 32-bit hash codes are equal had one rule. */
    @Test
    void prefixesWithOneHashCodeHaveTwoNames() {
        assertThat("Aa").hasSameHashCodeAs("BB");
        assertThat(RuleNames.of("Aa", "https://example.com/b2"))
                .isNotEqualTo(RuleNames.of("BB", "https://example.com/b2"));
    }

    @Test
    void oneBucketSentToTwoAddressesHasTwoNames() {
        assertThat(RuleNames.of("in/", "https://example.com/one"))
                .isNotEqualTo(RuleNames.of("in/", "https://example.com/two"))
                .isEqualTo(RuleNames.of("in/", "https://example.com/one"));
    }
}
