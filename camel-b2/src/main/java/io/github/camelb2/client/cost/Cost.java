// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.cost;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * An amount of money at the prices of a day.
 *
 * @param amount exact, not rounded
 * @param currency its name, for example {@code USD}
 * @param pricesOf since when those prices hold
 */
public record Cost(BigDecimal amount, String currency, LocalDate pricesOf) {
    private static final int SHOWN_DIGITS = 4;

    /** {@code 0.0123 USD}, rounded up to a hundredth of a hundredth. */
    @Override
    public String toString() {
        return amount.setScale(SHOWN_DIGITS, RoundingMode.UP).toPlainString() + " " + currency;
    }
}
