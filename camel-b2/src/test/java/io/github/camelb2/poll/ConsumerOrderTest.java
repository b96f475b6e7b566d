// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.poll;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Where a sweep begins, and the order in which it delivers. */
class ConsumerOrderTest extends ConsumerTestSupport {
    /** U+FF5E is three bytes in UTF-8 and sorts before the emoji, which is four, though its UTF-16 units sort behind. */
    @Test
    void whatSortsBeforeTheFirstNameIsNeitherListedNorConsumed() throws Exception {
        put("in/a", "a");
        put("in/\uff5e", "three bytes");
        put("in/\ud83d\ude00", "four bytes");
        consume("prefix=in/&startFromFileName=in/\ud83d\ude00&includeVersions=all");

        assertThat(polled()).containsExactly("in/\ud83d\ude00=four bytes");
        assertThat(b2Consumer().lastSweep().versions()).isEqualTo(1);
        put("in/\uff5e", "again");
        put("in/\ud83d\ude01", "behind");
        assertThat(polled()).containsExactly("in/\ud83d\ude01=behind");
    }

    @Test
    void firstNameIsConsumedItselfAndNoneNeedHaveIt() throws Exception {
        put("a", "a");
        put("b", "b");
        consume("startFromFileName=b");
        assertThat(polled()).containsExactly("b=b");

        context().removeRoute(stopped());
        consume("startFromFileName=aa&fileName=a");
        assertThat(polled()).isEmpty();
    }

    private String stopped() throws Exception {
        context().getRouteController().stopRoute(ROUTE);
        return ROUTE;
    }

    @Test
    void firstNameBehindEverythingIsRefused() {
        assertThatThrownBy(() -> consume("prefix=in/&startFromFileName=z"))
                .hasMessageContaining("startFromFileName=z cannot be")
                .hasMessageContaining("prefix=in/");
    }
}
