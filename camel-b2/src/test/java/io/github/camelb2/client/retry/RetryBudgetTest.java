// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.retry;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.camelb2.client.ManualTime;

import static org.assertj.core.api.Assertions.assertThat;

class RetryBudgetTest {
    private final ManualTime time = new ManualTime();
    private final RetryBudget budget = new RetryBudget(time);

    private void takeAll() {
        for (int i = 0; i < RetryBudget.CAPACITY; i++) {
            assertThat(budget.take()).isZero();
        }
    }

    @Test
    void whoFindsNoneWaitsForHisTurn() {
        takeAll();

        assertThat(budget.take()).isEqualTo(RetryBudget.EACH);
        assertThat(budget.take()).isEqualTo(RetryBudget.EACH.multipliedBy(2));
    }

    @Test
    void someComeBackWithTime() {
        takeAll();
        time.pass(RetryBudget.EACH.multipliedBy(3));

        assertThat(budget.take()).isZero();
        assertThat(budget.take()).isZero();
        assertThat(budget.take()).isZero();
        assertThat(budget.take()).isEqualTo(RetryBudget.EACH);
    }

    @Test
    void callThatWorksAfterAllGivesBackWhatItTook() {
        takeAll();
        budget.giveBack(2);

        assertThat(budget.take()).isZero();
        assertThat(budget.take()).isZero();
        assertThat(budget.take()).isEqualTo(RetryBudget.EACH);
    }

    @Test
    void moreThanAllNeverComesBack() {
        budget.giveBack(1_000);
        time.pass(Duration.ofDays(1));
        takeAll();

        assertThat(budget.take()).isPositive();
    }
}
