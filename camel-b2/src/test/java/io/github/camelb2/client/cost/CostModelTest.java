// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.cost;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CostModelTest {
    private static final String PRICES =
            "date=2026-01-31\ncurrency=EUR\nclassA=0\nclassB=0.5\nclassC=2\ndownload=0.25\nstorage=0.125\n";

    private static CostModel read(String text) throws IOException {
        return CostModel.read(new StringReader(text));
    }

    @Test
    void publishedPricesAreThoseOfTheirDay() {
        Cost cost = CostModel.PUBLISHED.of(new Bill(1_000_000, 10_000, 1_000, 1_000_000_000));

        assertThat(cost.amount()).isEqualByComparingTo("0.018");
        assertThat(cost).hasToString("0.0180 USD");
        assertThat(cost.pricesOf()).isEqualTo(LocalDate.of(2023, 10, 3));
        assertThat(CostModel.PUBLISHED.ofStorage(1_000_000_000_000L).amount()).isEqualByComparingTo("6");
    }

    @Test
    void ownPricesAreReadFromProperties() throws IOException {
        CostModel model = read(PRICES);

        assertThat(model.of(new Bill(7, 1, 1, 1)).amount()).isEqualByComparingTo(new BigDecimal("0.00025000025"));
        assertThat(model.of(Bill.NOTHING)).hasToString("0.0000 EUR");
        assertThat(model.ofStorage(8).amount()).isEqualByComparingTo("0.000000001");
    }

    @Test
    void smallAmountsAreNotRoundedToNothing() {
        assertThat(CostModel.PUBLISHED.of(new Bill(0, 0, 1, 0))).hasToString("0.0001 USD");
    }

    @ParameterizedTest
    @CsvSource({
        "classC=2, classC=two, the price classC cannot be two",
        "classC=2, classC=-2, the price classC cannot be -2",
        "classC=2, '', prices lack classC",
        "date=2026-01-31, date=yesterday, the date of prices cannot be yesterday",
        "currency=EUR, currency=, prices lack currency",
        "storage=0.125, 'storage=0.125\ncalss=1', prices know no [calss]"
    })
    void wrongPricesAreNamed(String right, String wrong, String message) {
        assertThatThrownBy(() -> read(PRICES.replace(right, wrong)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
