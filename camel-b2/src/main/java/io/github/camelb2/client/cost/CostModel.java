// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.client.cost;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Properties;

/**
 * The prices of a day, without free allowances, which depend on what else an account does: what it tells is the most that
 * something costs.
 *
 * @param date since when these prices hold
 * @param currency its name, for example {@code USD}
 * @param classA for 10,000 transactions
 * @param classB for 10,000 transactions
 * @param classC for 10,000 transactions
 * @param download for 1,000,000,000 bytes
 * @param storage for 1,000,000,000 bytes a month
 */
public record CostModel(
        LocalDate date,
        String currency,
        BigDecimal classA,
        BigDecimal classB,
        BigDecimal classC,
        BigDecimal download,
        BigDecimal storage) {
    private static final String RESOURCE = "prices.properties";
    private static final int DIGITS_OF_TRANSACTIONS = 4;
    private static final int DIGITS_OF_BYTES = 9;

    /** What Backblaze published for pay-as-you-go accounts when this version was made. */
    public static final CostModel PUBLISHED = published();

    /**
     * Reads properties with the names of the components: {@code date=2026-01-31}, {@code currency=USD}, {@code classA},
     * {@code classB}, {@code classC}, {@code download}, {@code storage}.
     *
     * @throws IllegalArgumentException if one is missing, unknown or cannot be read; the message names it
     * @throws IOException if they cannot be read at all
     */
    public static CostModel read(Reader text) throws IOException {
        Properties found = new Properties();
        found.load(text);
        CostModel model = new CostModel(
                date(found),
                text(found, "currency"),
                price(found, "classA"),
                price(found, "classB"),
                price(found, "classC"),
                price(found, "download"),
                price(found, "storage"));
        if (!found.isEmpty()) {
            throw new IllegalArgumentException("prices know no " + found.stringPropertyNames()
                    + ": write date, currency, classA, classB, classC, download and storage");
        }
        return model;
    }

    private static CostModel published() {
        try (InputStream prices = CostModel.class.getResourceAsStream(RESOURCE)) {
            if (prices == null) {
                throw new IllegalStateException(RESOURCE + " is not beside " + CostModel.class.getName()
                        + ": it was lost when jars were packed into one");
            }
            return read(new InputStreamReader(prices, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Properties found, String name) {
        Object value = found.remove(name);
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException("prices lack " + name);
        }
        return value.toString().strip();
    }

    private static LocalDate date(Properties found) {
        String value = text(found, "date");
        try {
            return LocalDate.parse(value);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("the date of prices cannot be " + value + ": write it as 2026-01-31", e);
        }
    }

    private static BigDecimal price(Properties found, String name) {
        String value = text(found, name);
        try {
            BigDecimal price = new BigDecimal(value);
            if (price.signum() >= 0) {
                return price;
            }
        } catch (NumberFormatException e) {
            throw wrong(name, value);
        }
        throw wrong(name, value);
    }

    private static IllegalArgumentException wrong(String name, String value) {
        return new IllegalArgumentException(
                "the price " + name + " cannot be " + value + ": write a number, not below 0, as 0.004");
    }

    /** What the transactions and downloads of a bill cost at most. */
    public Cost of(Bill bill) {
        BigDecimal transactions = classA.multiply(BigDecimal.valueOf(bill.classA()))
                .add(classB.multiply(BigDecimal.valueOf(bill.classB())))
                .add(classC.multiply(BigDecimal.valueOf(bill.classC())))
                .movePointLeft(DIGITS_OF_TRANSACTIONS);
        return cost(transactions.add(gigabytes(download, bill.downloadedBytes())));
    }

    /** What it costs at most to store so many bytes for a month. */
    public Cost ofStorage(long bytes) {
        return cost(gigabytes(storage, bytes));
    }

    private static BigDecimal gigabytes(BigDecimal price, long bytes) {
        return price.multiply(BigDecimal.valueOf(bytes)).movePointLeft(DIGITS_OF_BYTES);
    }

    private Cost cost(BigDecimal amount) {
        return new Cost(amount.stripTrailingZeros(), currency, date);
    }
}
