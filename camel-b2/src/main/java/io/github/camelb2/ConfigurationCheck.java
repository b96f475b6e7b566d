// Copyright The Camel B2 authors. SPDX-License-Identifier: Apache-2.0
package io.github.camelb2;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.jspecify.annotations.Nullable;

import io.github.camelb2.client.Realm;
import io.github.camelb2.client.api.Address;
import io.github.camelb2.client.model.file.Digits;
import io.github.camelb2.client.transfer.plan.WorkerCount;

/**
 * Refuses options that cannot work, before an endpoint starts: each message names the option, its value and what to
 * write. Secrets are named, not shown.
 */
public final class ConfigurationCheck {
    static final String AUTO = "auto";

    private static final long MAX_PART_SIZE = 5_000_000_000L;
    private static final long MAX_STREAM_MEMORY = 1L << 30;
    private static final int MAX_CONCURRENCY = 100;
    private static final int MOST_DIGITS = 9;
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int CUSTOMER_KEY_BYTES = 32;

    private ConfigurationCheck() {}

    /** @throws IllegalArgumentException if an option has a value that cannot work */
    static void check(B2Configuration options) {
        bucket(options);
        account(options);
        transfers(options);
        encryption(options.getServerSideEncryption(), options.getCustomerKey());
        times(options);
        BandwidthOption.parse(options.getMaxBytesPerSecond());
        if (options.getAsOf() != null) {
            Moment.ofOption("asOf", options.getAsOf());
        }
        if (options.getIfModifiedSince() != null) {
            Moment.ofOption("ifModifiedSince", options.getIfModifiedSince());
        }
        if (options.getIfSha1Differs() != null && !Digits.areSha1(options.getIfSha1Differs())) {
            throw wrong("ifSha1Differs", options.getIfSha1Differs(), "write 40 hex digits");
        }
        if (options.getLimit() < 0) {
            throw wrong("limit", options.getLimit(), "write a number of entries, or 0 for all");
        }
    }

    /**
     * Looks at the texts of a URI before Camel turns them into numbers and durations.
     *
     * @throws IllegalArgumentException if one is neither: it would be taken for another value
     */
    public static void checkTexts(Map<String, Object> parameters, PropertyConfigurer types) {
        parameters.forEach((option, value) ->
                checkText(option, value, ((PropertyConfigurerGetter) types).getOptionType(option, true)));
    }

    /** The same for one option of that type, which is null where there is no such option. */
    static void checkText(String option, Object value, @Nullable Class<?> type) {
        // A reference to a bean is looked up later.
        if (!(value instanceof String text) || text.startsWith("#")) {
            return;
        }
        Optional<Long> number = ExactValue.number(text);
        if (type == int.class && number.filter(it -> it == it.intValue()).isEmpty()) {
            throw wrong(option, text, "write a whole number");
        }
        if (type == long.class && number.isEmpty() && ExactValue.duration(text).isEmpty()) {
            throw wrong(option, text, "write a number, which for times is ms, or a time as 7d, 1h30m, 10s or PT1H");
        }
    }

    private static void bucket(B2Configuration options) {
        String name = options.getBucketName();
        if (name.isEmpty() || name.contains("/")) {
            throw wrong(
                    "bucketName",
                    name,
                    "write b2:bucketName, or b2:* for operations on the account; file names go"
                            + " into the option fileName or the header " + B2Constants.FILE_NAME);
        }
        if (name.contains("@")) {
            throw wrong(
                    "bucketName",
                    Address.shown(name),
                    "write b2:bucketName; the key goes into the component's options"
                            + " applicationKeyId and applicationKey");
        }
        oneOf("bucketType", options.getBucketType(), List.of("allPrivate", "allPublic"));
    }

    private static void account(B2Configuration options) {
        realm("realm", options.getRealm());
        String downloads = options.getDownloadUrl();
        if (downloads != null && (!downloads.contains("://") || !Realm.isValid(downloads))) {
            throw wrong("downloadUrl", Address.shown(downloads), "write an address like https://cdn.example.com");
        }
        if (options.getHttpComponent().isBlank()) {
            throw wrong("httpComponent", "", "write the name of a Camel HTTP component, as https");
        }
    }

    /**
     * Looks at an option that names a B2 service.
     *
     * @throws IllegalArgumentException if it names none; a password in it is not shown
     */
    public static void realm(String option, @Nullable String realm) {
        if (realm != null && !Realm.isValid(realm)) {
            throw wrong(
                    option,
                    Address.shown(realm),
                    "write production, or the URL of a B2 service, without a user and a password: the key says who it is");
        }
    }

    private static void transfers(B2Configuration options) {
        if (!AUTO.equals(options.getPartSize())) {
            long bytes = ByteSize.parse("partSize", options.getPartSize());
            if (bytes < 1 || bytes > MAX_PART_SIZE) {
                throw wrong("partSize", options.getPartSize(), "write auto, or a size from 5MB to 5GB");
            }
        }
        concurrency(options.getMaxConcurrency());
        if (options.getMaxConnections() < 0 || options.getMaxConnections() > MAX_CONNECTIONS) {
            throw wrong(
                    "maxConnections",
                    options.getMaxConnections(),
                    "write a number from 1 to " + MAX_CONNECTIONS + ", or 0 to have it follow maxConcurrency");
        }
        oneOf("largeFileSha1", options.getLargeFileSha1(), List.of(AUTO, "always", "never"));
        oneOf("lostUpload", options.getLostUpload(), List.of("lookUp", "repeat", "fail"));
        oneOf("verifyChecksum", options.getVerifyChecksum(), List.of("strict", "warn", "off"));
        oneOf("fsync", options.getFsync(), List.of(AUTO, "always", "never"));
        long stream = ByteSize.parse("streamMemory", options.getStreamMemory());
        if (stream > MAX_STREAM_MEMORY) {
            throw wrong("streamMemory", options.getStreamMemory(), "write a size up to 1GiB");
        }
        ByteSize.parse("streamMemoryTotal", options.getStreamMemoryTotal());
        if (options.getMaxMessagesPerPoll() < 0) {
            throw wrong("maxMessagesPerPoll", options.getMaxMessagesPerPoll(), "write a number, or 0 for no limit");
        }
    }

    /** How many parts of a file are in flight; refused if it is no such number. */
    static WorkerCount concurrency(String maxConcurrency) {
        if (AUTO.equals(maxConcurrency)) {
            return WorkerCount.AUTO;
        }
        boolean isNumber = !maxConcurrency.isEmpty()
                && maxConcurrency.length() <= MOST_DIGITS
                && maxConcurrency.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        int count = isNumber ? Integer.parseInt(maxConcurrency) : 0;
        if (count < 1 || count > MAX_CONCURRENCY) {
            throw wrong("maxConcurrency", maxConcurrency, "write a number from 1 to " + MAX_CONCURRENCY + ", or auto");
        }
        return WorkerCount.of(count);
    }

    private static void encryption(String mode, @Nullable String customerKey) {
        oneOf("serverSideEncryption", mode, List.of("default", "none", "SSE-B2", "SSE-C"));
        boolean isCustomer = "SSE-C".equals(mode);
        if (isCustomer && customerKey != null && !isKey(customerKey)) {
            throw new IllegalArgumentException(
                    "Option customerKey is not a key of SSE-C: write " + CUSTOMER_KEY_BYTES + " bytes in base64");
        }
        if (!isCustomer && customerKey != null) {
            throw wrong("serverSideEncryption", mode, "write SSE-C, which customerKey belongs to, or take it away");
        }
    }

    private static boolean isKey(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length == CUSTOMER_KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static void times(B2Configuration options) {
        atLeast("retryTimeout", options.getRetryTimeout(), 0);
        atLeast("initialBackoff", options.getInitialBackoff(), 1);
        atLeast("maxBackoff", options.getMaxBackoff(), options.getInitialBackoff());
        atLeast("connectTimeout", options.getConnectTimeout(), 1);
        atLeast("clientLinger", options.getClientLinger(), 0);
        atLeast("requestTimeout", options.getRequestTimeout(), 1);
        atLeast("bodyIdleTimeout", options.getBodyIdleTimeout(), 1);
        atLeast("bodyHoldTimeout", options.getBodyHoldTimeout(), 1);
    }

    private static void atLeast(String option, long millis, long least) {
        if (millis < least) {
            throw wrong(option, millis, "write a duration of at least " + least + " ms, as 30s or 15m");
        }
    }

    private static void oneOf(String option, String value, List<String> allowed) {
        if (!allowed.contains(value)) {
            throw wrong(
                    option,
                    value,
                    "write " + String.join(", ", allowed.subList(0, allowed.size() - 1)) + " or "
                            + allowed.get(allowed.size() - 1));
        }
    }

    private static IllegalArgumentException wrong(String option, Object value, String advice) {
        return new IllegalArgumentException("Option " + option + "=" + value + " cannot be: " + advice);
    }
}
