// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2.emulator.cap;

import java.util.List;

/**
 * Upper limits of what an account uses; {@link #UNLIMITED} for none of them. Days end at midnight UTC.
 *
 * @param storage bytes of all versions and parts together; an upload that would go beyond is {@code 403 cap_exceeded}
 * @param transactions calls of the classes B and C on one day, each class for itself; {@code 403 transaction_cap_exceeded}, for downloads {@code
 *     403 download_cap_exceeded}
 * @param downloads bytes of downloads on one day; the download after them is {@code 403 download_cap_exceeded}
 * @param calls calls of one name in one minute; {@code 429 too_many_requests}
 * @param retryAfter whether a 429 says how long to wait: B2 was never seen to, and says that it may
 */
public record Caps(long storage, long transactions, long downloads, long calls, RetryAfter retryAfter) {

    /** No limits. */
    public static final Caps UNLIMITED =
            new Caps(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, RetryAfter.ABSENT);

    private static final List<String> NAMES = List.of("storage", "transactions", "downloads", "calls");

    public Caps {
        if (storage < 0 || transactions < 0 || downloads < 0 || calls < 0) {
            throw new IllegalArgumentException("a cap must not be negative");
        }
    }

    /** Whether a 429 carries {@code Retry-After}. */
    public enum RetryAfter {
        ABSENT,
        GIVEN
    }

    public Caps withStorage(long bytes) {
        return new Caps(bytes, transactions, downloads, calls, retryAfter);
    }

    public Caps withTransactions(long aDay) {
        return new Caps(storage, aDay, downloads, calls, retryAfter);
    }

    public Caps withDownloads(long bytesADay) {
        return new Caps(storage, transactions, bytesADay, calls, retryAfter);
    }

    public Caps withCalls(long aMinute) {
        return new Caps(storage, transactions, downloads, aMinute, retryAfter);
    }

    public Caps withRetryAfter(RetryAfter header) {
        return new Caps(storage, transactions, downloads, calls, header);
    }

    /** These caps and one more, as the command line has it: {@code storage=1000000}; anything else is an {@link IllegalArgumentException}. */
    public Caps with(String text) {
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        if (!NAMES.contains(name) || !text.substring(equals + 1).matches("\\d{1,18}")) {
            throw new IllegalArgumentException(
                    "--cap takes storage=BYTES, transactions=N, downloads=BYTES or calls=N, not " + text);
        }
        long value = Long.parseLong(text.substring(equals + 1));
        return switch (name) {
            case "storage" -> withStorage(value);
            case "transactions" -> withTransactions(value);
            case "downloads" -> withDownloads(value);
            default -> withCalls(value);
        };
    }
}
